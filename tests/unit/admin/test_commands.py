"""storefront admin: the first owner, a lost phone, and whether the audit log is whole."""

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from storefront.admin.auth import accounts, audit
from storefront.admin.auth.models import AuditEntry
from storefront.app.commands.admin import admin
from storefront.core.extensions import db, transaction
from tests.signed_in import OWNER, a_person

PASSWORD = "rhubarb lantern 42 umbrella"


def run(app: Flask, *words: str, typed: str | None = None) -> Result:
    return app.test_cli_runner().invoke(admin, words, input=typed)


def create(app: Flask, password: str = PASSWORD, email: str = "hana@sakura.example") -> Result:
    return run(app, "create", "--email", email, "--name", "花", "--password", password)


def test_the_first_owner_is_made_and_told_where_to_go(app: Flask) -> None:
    done = create(app)

    assert done.exit_code == 0, done.output
    assert "/admin/" in done.output
    person = accounts.by_email("hana@sakura.example")
    assert person is not None
    assert person.is_owner
    assert not person.has_second_factor


def test_a_weak_password_and_a_taken_address_are_refused_with_what_to_do(app: Flask) -> None:
    assert "12 characters" in create(app, "short").output
    assert "easy to guess" in create(app, "password123456").output
    create(app)

    taken = create(app)
    assert taken.exit_code == 1
    assert "forget-phone" in taken.output


@pytest.mark.parametrize(("weak", "why"), [("short", "12 char"), ("password123456", "easy to")])
def test_a_weak_password_is_refused_before_it_is_repeated(app: Flask, weak: str, why: str) -> None:
    typed = f"{weak}\n{PASSWORD}\n{PASSWORD}\n"

    done = run(app, "create", "--email", "hana@sakura.example", "--name", "花", typed=typed)

    assert done.exit_code == 0, done.output
    first, _, rest = done.output.partition(why)
    assert (first.count("Password"), first.count("Repeat")) == (1, 0)
    assert (rest.count("Password"), rest.count("Repeat")) == (1, 1)


def test_two_different_passwords_are_asked_for_again(app: Flask) -> None:
    typed = f"{PASSWORD}\n{PASSWORD}!\n" + f"{PASSWORD}\n" * 2

    done = run(app, "create", "--email", "hana@sakura.example", "--name", "花", typed=typed)

    assert done.exit_code == 0, done.output
    assert done.output.count("not the same") == 1


def test_a_lost_phone_leaves_no_way_in_but_the_password(app: Flask) -> None:
    person = a_person(OWNER)

    assert run(app, "forget-phone", person.email).exit_code == 0
    found = accounts.by_email(person.email)
    assert found is not None
    db.session.refresh(found)
    assert not found.has_second_factor
    assert run(app, "forget-phone", "nobody@sakura.example").exit_code == 1


def test_the_log_is_checked_from_the_shell(app: Flask) -> None:
    for number in range(3):
        audit.record("shop.change", f"{number}")
    assert "whole: 3 entries, noted since entry 1" in run(app, "check-log").output

    with transaction():
        second = sa.select(AuditEntry.id).order_by(AuditEntry.id).offset(1).limit(1)
        changed = sa.update(AuditEntry).where(AuditEntry.id == second.scalar_subquery())
        db.session.execute(changed.values(subject="another"))
    db.session.expire_all()
    broken = run(app, "check-log")
    assert broken.exit_code == 1
    assert "does not fit" in broken.output


def test_a_log_that_was_cut_off_is_told_from_the_shell(app: Flask) -> None:
    for number in range(3):
        audit.record("shop.change", f"{number}")
    with transaction():
        db.session.execute(sa.delete(AuditEntry))

    cut = run(app, "check-log")
    assert cut.exit_code == 1
    assert "cut off" in cut.output
    assert "audit-seals.log has entry 1" in cut.output


def test_what_the_shell_did_stands_in_the_log(app: Flask) -> None:
    create(app)

    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert (entry.who, entry.action, entry.subject) == (
        "shell",
        "person.add",
        "hana@sakura.example",
    )
