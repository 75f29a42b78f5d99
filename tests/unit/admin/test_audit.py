"""The audit log: only added to, and a change to it shows."""

import pytest
import sqlalchemy as sa
from flask import Flask
from structlog.testing import capture_logs

from storefront.admin.auth import audit, audit_end
from storefront.admin.auth.models import AuditEntry
from storefront.core.extensions import db, transaction
from tests.unit.admin.conftest import Keeper


def three(app: Flask) -> list[AuditEntry]:
    for number in range(3):
        audit.record("shop.change", after={"fee": number}, before={"fee": -1})
    return list(db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)))


def test_an_untouched_log_is_whole(app: Flask) -> None:
    three(app)

    assert audit.first_broken() is None


def test_a_changed_entry_is_found(app: Flask) -> None:
    second = three(app)[1]
    with transaction():
        db.session.execute(
            sa.update(AuditEntry).where(AuditEntry.id == second.id).values(after={"fee": 9})
        )
    db.session.expire_all()

    broken = audit.first_broken()
    assert broken is not None
    assert broken.id == second.id


def test_a_missing_entry_is_found(app: Flask) -> None:
    entries = three(app)
    with transaction():
        db.session.execute(sa.delete(AuditEntry).where(AuditEntry.id == entries[1].id))

    broken = audit.first_broken()
    assert broken is not None
    assert broken.id == entries[2].id


def cut(app: Flask, *numbers: int) -> None:
    """Take entries away, as somebody with the database in hand could."""
    with transaction():
        there = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()
        ids = [there[number].id for number in numbers]
        db.session.execute(sa.delete(AuditEntry).where(AuditEntry.id.in_(ids)))


@pytest.mark.parametrize("gone", [(2,), (1, 2), (0, 1, 2)], ids=["last", "two", "all"])
def test_an_end_that_was_cut_off_is_found_though_the_chain_is_whole(
    app: Flask, gone: tuple[int, ...]
) -> None:
    three(app)
    cut(app, *gone)

    assert audit.first_broken() is None
    end = audit_end.first_gone()
    assert end is not None
    assert end.length == 1 + gone[0]


def test_a_cut_is_found_after_other_entries_have_followed(app: Flask) -> None:
    three(app)
    cut(app, 2)
    audit.record("shop.change", "later")

    assert audit.first_broken() is None
    end = audit_end.first_gone()
    assert end is not None
    assert end.length == 3


def test_each_entry_is_noted_in_the_log_and_in_a_file_of_the_shops_own(app: Flask) -> None:
    with capture_logs() as told:
        made = three(app)

    assert [
        (one["length"], one["seal"]) for one in told if one["event"] == "audit_entry_written"
    ] == [(number, entry.seal) for number, entry in enumerate(made, 1)]
    assert [(end.length, end.seal) for end in audit_end.noted()] == [
        (number, entry.seal) for number, entry in enumerate(made, 1)
    ]
    assert audit_end.path().stat().st_mode & 0o777 == 0o600
    assert audit_end.first_gone() is None


def test_the_page_says_that_the_end_is_gone_or_was_noted_nowhere(app: Flask, owner: Keeper) -> None:
    three(app)
    assert "すべての記録がつながっています" in owner.get("/admin/audit/check").text

    cut(app, 1, 2)
    assert 'data-testid="cut-off"' in owner.get("/admin/audit/check").text
    audit_end.path().unlink()
    assert 'data-testid="not-noted"' in owner.get("/admin/audit/check").text


def test_an_entry_goes_when_its_deed_is_rolled_back(app: Flask) -> None:
    try:
        with transaction():
            audit.record("shop.change")
            raise RuntimeError
    except RuntimeError:
        pass

    assert db.session.query(AuditEntry).count() == 0
    assert audit_end.noted() == []


def test_only_what_differs_is_told() -> None:
    told = audit.changes({"fee": 0, "name": "x"}, {"fee": 330, "name": "x"})

    assert told == {"before": {"fee": 0}, "after": {"fee": 330}}


def test_personal_data_is_masked() -> None:
    assert audit.masked_phone("09012345678") == "090-****-5678"
    assert audit.masked_email("hana@example.com") == "h***@example.com"
    assert audit.masked_text("東京都千代田区丸の内") == "東***"


def test_the_page_shows_who_did_what_and_pages_by_fifty(app: Flask, owner: Keeper) -> None:
    for number in range(60):
        audit.record("shop.change", f"number {number}", who="hana@sakura.example")

    page = owner.get("/admin/audit")
    assert "number 59" in page.text
    assert "number 9<" not in page.text
    older = page.text.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "number 9<" in owner.get(older).text
    assert "number 59" not in owner.get("/admin/audit?who=nobody@sakura.example").text
