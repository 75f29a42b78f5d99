"""The shop's own caps on texts: set within bounds, kept to, and counted."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from storefront.admin.auth.models import AuditEntry
from storefront.core.extensions import db, transaction
from storefront.shop import profile
from storefront.verification import rate_limits
from storefront.verification.rate_limits import Budget
from storefront.verification.usage import Sent, usage
from tests.conftest import MakeApp, entered
from tests.factories import a_requester
from tests.signed_in import OWNER
from tests.unit.admin.conftest import Keeper, keeper

PassTime = Callable[[int], None]
PAGE = "/admin/settings/sms-limits"


ORDERS = {
    "orders_per_hour": "10",
    "orders_per_day": "30",
    "orders_per_person": "5",
    "unpaid_per_person": "2",
}


def typed(burst: str = "30", day: str = "300", yen: str = "10") -> dict[str, str]:
    texts = {"texts_per_10_minutes": burst, "texts_per_day": day, "yen_per_text": yen}
    return {**texts, **ORDERS}


def test_the_caps_are_kept_and_logged(owner: Keeper) -> None:
    answer = owner.post(PAGE, typed("50", "５００", "8"))

    shop = profile.shop()
    assert answer.status_code == 303
    assert (shop.texts_per_10_minutes, shop.texts_per_day, shop.yen_per_text) == (50, 500, 8)
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert entry.before == {"texts_per_10_minutes": 30, "texts_per_day": 300, "yen_per_text": 10}


def test_the_summary_names_each_cap(owner: Keeper) -> None:
    owner.send(PAGE, PAGE, texts_per_day="x", unpaid_per_person="")

    assert owner.summary() == [
        ("texts_per_day", "24時間あたりの上限: 数字で入力してください"),
        (
            "unpaid_per_person",
            "同じメールアドレス・電話番号で、ご入金待ちのまま: 数字で入力してください",
        ),
    ]


def test_the_caps_on_orders_are_kept_and_logged(owner: Keeper) -> None:
    most = {"orders_per_hour": "4", "orders_per_day": "8", "orders_per_person": "3"}

    answer = owner.post(PAGE, {**typed(), **most, "unpaid_per_person": "1"})

    shop = profile.shop()
    assert answer.status_code == 303
    assert (shop.orders_per_hour, shop.orders_per_day) == (4, 8)
    assert (shop.orders_per_person, shop.unpaid_per_person) == (3, 1)
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert entry.after
    assert set(entry.after) == set(ORDERS)


@pytest.mark.parametrize(
    "wrong",
    [
        typed() | {"orders_per_hour": "0"},
        typed() | {"orders_per_hour": "31"},
        typed() | {"orders_per_day": "3001"},
        typed() | {"orders_per_person": "101"},
        typed() | {"unpaid_per_person": ""},
        typed(burst="4"),
        typed(burst="301"),
        typed(day="3001"),
        typed(day="x"),
        typed(burst="50", day="49"),
        typed(yen="0"),
        typed(yen="101"),
    ],
)
def test_a_cap_that_protects_nobody_is_refused(owner: Keeper, wrong: dict[str, str]) -> None:
    answer = owner.post(PAGE, wrong)

    assert answer.status_code == 422
    assert profile.shop().texts_per_10_minutes == 30


def test_the_form_shows_what_is_set(owner: Keeper) -> None:
    page = owner.get(PAGE).text

    assert re.search(r'name="texts_per_day"[^>]* value="300"', page)


def test_a_shop_sends_no_more_texts_than_its_owner_allows(make_app: MakeApp) -> None:
    with entered(make_app(limits="real")):
        sent = []
        for nth in range(7):
            place = f"203.0.{nth}.1"
            requester = a_requester(phone=f"080{nth:04}0000", ip=place, budget=Budget(5, 100))
            with transaction():
                sent.append(rate_limits.spend_text(requester, f"text-{nth}"))

    assert sent == [True] * 5 + [False] * 2


def test_the_cap_of_the_owner_is_the_cap_of_the_checkout(owner: Keeper) -> None:
    owner.post(PAGE, typed("5", "10"))

    owner.to_sms()

    assert usage().in_a_day == Sent(1, 1)


def test_the_page_says_how_many_went_out_and_what_they_cost(owner: Keeper) -> None:
    owner.to_sms()

    page = owner.get(PAGE).text

    row = re.search(r'data-testid="sent-day"[^>]*>(\d+)通</td>.*?>(\d+)通</td>.*?>(\d+円)', page)
    assert row
    assert row.groups() == ("1", "300", "10円")


def test_texts_of_yesterday_count_no_more(owner: Keeper, pass_time: PassTime) -> None:
    owner.to_sms()
    pass_time(700)
    assert (usage().in_ten_minutes.total, usage().in_a_day.total) == (0, 1)

    pass_time(90_000)
    assert usage().in_a_day.total == 0


def test_what_yamato_sends_costs_the_shop_no_text(make_app: MakeApp) -> None:
    with entered(make_app(kuroneko_base_url="")) as app:
        keeper(app, OWNER).to_sms()

        assert usage().in_ten_minutes == Sent(1, 0)


def test_staff_may_not_change_the_caps(staff: Keeper) -> None:
    assert staff.post(PAGE, typed()).status_code == 403
