"""How far shoppers came and why they stopped, told by the rows that their checkouts leave."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.checkout import store
from storefront.checkout.models import Checkout, CheckoutCount
from storefront.core import clock
from storefront.core.calendar import Span
from storefront.core.extensions import db, transaction
from storefront.orders.models import LedgerEntry, Order, OrderEvent, OrderLine
from storefront.payments.models import HostedSession
from storefront.reports import checkout_funnel
from storefront.reports.checkout_funnel import End, Reached
from storefront.testing.form_shopper import QuickFormShopper
from storefront.verification.challenges import Ended
from storefront.verification.models import Challenge
from storefront.worker import periodic_tasks
from tests.factories import an_order
from tests.unit.verification.stand_ins import StillClock

HOUR = 3600
PassTime = Callable[[int], None]


def of_late() -> list[End]:
    today = clock.today()
    return checkout_funnel.ends(Span(today - timedelta(days=3), today))


def told() -> list[tuple[str, str, str, str]]:
    return [
        (end.furthest, end.failure, end.failed_by, end.placed_by)
        for end in of_late()
        for _ in range(end.checkouts)
    ]


def test_a_shopper_who_is_still_at_it_is_not_counted(
    shopper: QuickFormShopper, pass_time: PassTime
) -> None:
    shopper.to_sms("090-0000-0000")
    assert told() == []

    pass_time(HOUR + 60)

    assert told() == [("sent", "", "", "")]


def test_an_order_input_that_was_opened_and_left(
    shopper: QuickFormShopper, pass_time: PassTime
) -> None:
    shopper.put_in().get("/checkout")
    pass_time(2 * HOUR)

    assert told() == [("opened", "", "", "")]


def test_an_order_without_code_is_placed_from_the_confirmation(shopper: QuickFormShopper) -> None:
    shopper.put_in().answer("cod").press_confirm()

    assert told() == [("confirmed", "", "", "cod")]


def test_an_order_with_a_code_is_placed_from_its_screen(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0000").guess("1234")

    assert told() == [("proven", "", "", "kuroneko_smartphone")]


@pytest.mark.parametrize(
    ("phone", "furthest", "failure"),
    [
        ("090-0000-0004", "asked", "refused"),
        ("090-0000-0007", "asked", "unavailable"),
    ],
)
def test_a_code_that_reaches_no_phone_and_the_order_is_lost(
    shopper: QuickFormShopper, pass_time: PassTime, phone: str, furthest: str, failure: str
) -> None:
    shopper.to_sms(phone)
    pass_time(2 * HOUR)

    assert told() == [(furthest, failure, "kuroneko_smartphone", "")]


def test_a_shopper_who_finished_by_another_method_is_saved(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0006").guess("9999")
    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.press_confirm()

    assert told() == [("sent", "locked", "kuroneko_smartphone", "cod")]


def test_what_was_counted_is_told_the_same_after_its_rows_are_erased(
    shopper: QuickFormShopper, pass_time: PassTime
) -> None:
    shopper.to_sms("090-0000-0006").guess("9999")
    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.press_confirm()
    before = told()

    stages = []
    for hours in (11, 2, 14, 24):
        pass_time(hours * HOUR)
        periodic_tasks.tidy_up()
        stages.append((told(), count(CheckoutCount), count(Checkout)))

    assert stages == [(before, 0, 1), (before, 1, 1), (before, 1, 0), (before, 1, 0)]


def count(table: Any) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_a_worker_that_was_away_for_days_counts_before_it_erases(
    shopper: QuickFormShopper, pass_time: PassTime
) -> None:
    shopper.to_sms("090-0000-0004")
    pass_time(50 * HOUR)

    periodic_tasks.tidy_up()

    assert told() == [("asked", "refused", "kuroneko_smartphone", "")]
    assert count(Checkout) == count(Challenge) == 0


def test_orders_of_a_test_connection_do_not_count(
    shopper: QuickFormShopper, pass_time: PassTime
) -> None:
    shopper.put_in().answer("cod").press_confirm()
    with transaction():
        db.session.execute(sa.update(Order).values(is_test=True))

    assert told() == []
    pass_time(13 * HOUR)
    periodic_tasks.tidy_up()
    assert told() == []


a_challenge = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["kuroneko_smartphone", "kuroneko_payslip"]),
        "ended": st.none() | st.sampled_from([str(one) for one in Ended]),
        "texts": st.integers(0, 2),
        "generation": st.integers(0, 1),
        "passed": st.booleans(),
    }
)
a_checkout = st.fixed_dictionaries(
    {
        "answered": st.booleans(),
        "placed_by": st.sampled_from(["", "", "cod", "card"]),
        "challenges": st.lists(a_challenge, max_size=3),
        "visit": st.sampled_from(["", "open", "refused", "abandoned", "paid"]),
        "age": st.sampled_from([0, 2, 13, 20]),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(a_checkout, max_size=6))
def test_the_database_tells_what_a_look_at_each_checkout_does(
    app: Flask, still: StillClock, made: list[dict[str, Any]]
) -> None:
    lay_down(made)
    over = [one for one in made if one["age"] or one["placed_by"]]
    by_hand = Counter(map(looked_at, over))

    before = counted()
    with transaction():
        checkout_funnel.fold()

    assert before == by_hand
    assert counted() == by_hand
    assert count(CheckoutCount) > 0 or not any(one["age"] > 12 for one in made)


def counted() -> Counter[tuple[str, ...]]:
    return Counter(told())


def looked_at(one: dict[str, Any]) -> tuple[str, ...]:
    failed = next(
        (each for each in one["challenges"] if each["ended"] not in {None, "replaced", "correct"}),
        None,
    )
    failure = (failed["ended"], failed["method"]) if failed else ("", "")
    pages = {"open": "page-left", "abandoned": "page-left", "refused": "page-refused"}
    if not failed and one["visit"] in pages:
        failure = (pages[one["visit"]], "card")
    return (max(_steps(one), key=list(Reached).index), *failure, one["placed_by"])


def _steps(one: dict[str, Any]) -> set[Reached]:
    steps = {Reached.OPENED}
    if one["answered"] or one["placed_by"] or one["challenges"]:
        steps.add(Reached.CONFIRMED)
    for each in one["challenges"]:
        if each["texts"] or each["ended"] == "too-many":
            steps.add(Reached.ASKED)
        unsent = {"too-many", "refused", "unavailable"}
        if each["texts"] and each["generation"] and each["ended"] not in unsent:
            steps.add(Reached.SENT)
        if each["texts"] and each["passed"]:
            steps.add(Reached.PROVEN)
    return steps


def lay_down(made: list[dict[str, Any]]) -> None:
    with transaction():
        for table in (CheckoutCount, Checkout, Challenge, HostedSession):
            db.session.execute(sa.delete(table))
        for rows in (LedgerEntry, OrderEvent, OrderLine, Order):
            db.session.execute(sa.delete(rows))
    db.session.expunge_all()
    for one in made:
        _lay_down(one)


def _lay_down(one: dict[str, Any]) -> None:
    now = clock.now()
    order = an_order(payment_code=one["placed_by"]) if one["placed_by"] else None
    checkout = store.begin("cart")
    with transaction():
        checkout.touched_at = now - timedelta(hours=one["age"])
        checkout.answered = {"payment": "cod"} if one["answered"] else None
        checkout.order_token = order.token if order else None
        for nth, each in enumerate(one["challenges"]):
            fields = {name: each[name] for name in ("method", "ended", "texts", "generation")}
            at = now - timedelta(hours=1) + timedelta(seconds=nth)
            moments = dict.fromkeys(("created_at", "coded_at", "sent_at", "expires_at"), at)
            name = f"{checkout.id[:28]}{nth}"
            db.session.add(
                Challenge(
                    id=name,
                    idempotency_key=name,
                    checkout_id=checkout.id,
                    phone_digest="",
                    offer_fingerprint="",
                    passed_at=at if each["passed"] else None,
                    **fields,
                    **moments,
                )
            )
        if one["visit"]:
            db.session.add(
                HostedSession(
                    token=checkout.id,
                    checkout_id=checkout.id,
                    order_number="",
                    method="card",
                    means="card",
                    yen=1,
                    locale="ja",
                    outcome=one["visit"],
                    opened_at=now,
                )
            )
