"""The shop's profile: what is kept, what is refused, and who may."""

import pytest
import sqlalchemy as sa

from storefront.admin.auth.models import AuditEntry
from storefront.core.extensions import db, transaction
from storefront.shop import profile
from tests.unit.admin.conftest import Keeper

PAGE = "/admin/settings/shop"


def fields(**changes: str) -> dict[str, str]:
    shop = profile.shop()
    names = ("name", "name_en", "tagline", "seller", "manager", "address", "phone", "hours")
    kept = {name: getattr(shop, name) for name in (*names, "email", "cancel_terms")}
    return {**kept, "invoice_number": "T9999999999999", **changes}


def last_entry() -> AuditEntry:
    return db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()  # type: ignore[return-value]


def test_what_is_kept_is_what_shoppers_read(owner: Keeper) -> None:
    answer = owner.post(PAGE, fields(seller="合名会社つばき", invoice_number="t-7123456789012"))

    assert (answer.status_code, answer.location) == (303, PAGE)
    page = owner.get("/legal/tokushoho").text
    assert "合名会社つばき" in page
    assert "T7123456789012" in page


def test_what_changed_is_in_the_audit_log(owner: Keeper) -> None:
    owner.post(PAGE, fields(phone="06-1234-5678"))

    entry = last_entry()
    assert (entry.action, entry.before, entry.after) == (
        "shop.profile",
        {"phone": "03-0000-0000", **(entry.before or {})},
        {"phone": "06-1234-5678", **(entry.after or {})},
    )
    assert "seller" not in (entry.after or {})


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "12"}, "phone"),
        ({"email": "shop"}, "email"),
        ({"invoice_number": "T123"}, "invoice_number"),
        ({"invoice_number": "T1999999999999"}, "invoice_number"),
        ({"seller": ""}, "seller"),
        ({"cancel_terms": " "}, "cancel_terms"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(
    owner: Keeper, typed: dict[str, str], field: str
) -> None:
    answer = owner.post(PAGE, fields(tagline="新しいひとこと", **typed))

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert 'value="新しいひとこと"' in answer.text


def test_a_sole_traders_number_has_no_check_digit_to_fail(owner: Keeper) -> None:
    typed = fields(invoice_number="T1999999999999", sole_trader="1")

    assert owner.post(PAGE, typed).status_code == 303


def test_a_closed_shop_may_be_filled_in_bit_by_bit(owner: Keeper) -> None:
    with transaction():
        profile.shop().is_open = False

    assert owner.post(PAGE, fields(seller="")).status_code == 303


def test_without_a_registration_number_none_is_shown(owner: Keeper) -> None:
    owner.post(PAGE, fields(invoice_number=""))

    assert "登録番号" not in owner.get("/legal/tokushoho").text


def test_staff_may_not_see_it(staff: Keeper) -> None:
    assert staff.get(PAGE).status_code == 403


def test_news_stands_on_the_first_page_until_it_is_removed(owner: Keeper) -> None:
    title = "<b>春の新茶</b>"
    owner.post(f"{PAGE}/news", {"day": "2026-12-01", "title": title, "title_en": "New tea"})

    assert "&lt;b&gt;春の新茶&lt;/b&gt;" in owner.get("/").text
    newest = profile.news(1)[0]
    owner.post(f"{PAGE}/news/{newest.id}/remove")

    assert "春の新茶" not in owner.get("/").text


def test_news_needs_a_day_that_exists(owner: Keeper) -> None:
    answer = owner.post(f"{PAGE}/news", {"day": "2026-02-30", "title": "春の新茶"})

    assert answer.status_code == 422
    assert 'value="春の新茶"' in answer.text
