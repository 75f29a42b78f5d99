"""The audit log: only added to, and a change to it shows."""

import sqlalchemy as sa
from flask import Flask

from storefront.admin import audit
from storefront.admin.models import AuditEntry
from storefront.extensions import db, transaction
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


def test_an_entry_goes_when_its_deed_is_rolled_back(app: Flask) -> None:
    try:
        with transaction():
            audit.record("shop.change")
            raise RuntimeError
    except RuntimeError:
        pass

    assert db.session.query(AuditEntry).count() == 0


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
