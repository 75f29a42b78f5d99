"""The end of an audit log that is older than the file it is kept in."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from click.testing import Result
from flask import Flask

from storefront.admin.auth import audit, audit_end
from storefront.admin.auth.models import AuditEntry
from storefront.app.commands.admin import admin
from storefront.core import migrate
from storefront.core.extensions import db, transaction
from tests.proofs.grounds import on_both_databases


@pytest.fixture
def old(empty: Flask) -> Flask:
    """A shop of three entries whose version kept no end of them."""
    kept = ScriptDirectory(str(migrate.REVISIONS)).get_revision(audit_end.KEPT_SINCE)
    command.upgrade(migrate.config(), str(kept.down_revision))
    for number in range(3):
        audit.record("shop.change", f"{number}")
    audit_end.path().unlink()
    return empty


def check(app: Flask) -> Result:
    return app.test_cli_runner().invoke(admin, ["check-log"])


def cut() -> None:
    with transaction():
        last = sa.select(sa.func.max(AuditEntry.id)).scalar_subquery()
        db.session.execute(sa.delete(AuditEntry).where(AuditEntry.id == last))


def test_before_the_upgrade_it_is_told_that_no_end_was_kept_yet(old: Flask) -> None:
    told = check(old)

    assert told.exit_code == 0, told.output
    assert "No end was kept yet" in told.output
    assert "whole: 3 entries, last seal" in told.output


@on_both_databases
def test_the_upgrade_keeps_the_first_end(old: Flask) -> None:
    migrate.migrate()

    told = check(old)
    assert told.exit_code == 0, told.output
    assert "whole: 3 entries, noted since entry 3" in told.output
    assert audit_end.path().stat().st_mode & 0o777 == 0o600


def test_an_end_that_is_cut_off_after_the_upgrade_is_found(old: Flask) -> None:
    migrate.migrate()
    cut()

    told = check(old)
    assert told.exit_code == 1
    assert "entry 3 with the seal" in told.output


def test_after_the_upgrade_a_file_that_is_gone_is_no_first_upgrade(old: Flask) -> None:
    migrate.migrate()
    cut()
    audit_end.path().unlink()
    migrate.migrate()

    told = check(old)
    assert told.exit_code == 1
    assert "there is no" in told.output


def test_a_file_that_is_there_already_is_left_as_it_is(old: Flask) -> None:
    audit.record("shop.change", "the fourth")
    migrate.migrate()

    assert [end.length for end in audit_end.noted()] == [4]
