"""How many orders without a code one address, one mailbox and one phone may place."""

import itertools
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.catalogue.models import Variant
from storefront.checkout import holds, order_limits, placing, staff_orders, store
from storefront.checkout.order_limits import TooManyOrders
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment
from storefront.orders.models import Order
from storefront.orders.payment_events import apply_payment_event
from storefront.outbox.models import OutboxRow
from storefront.payments.status import PaymentEvent
from storefront.sandbox import time
from storefront.shop import profile
from storefront.testing.form_shopper import FormShopper
from storefront.verification.models import LimitSlot
from storefront.worker import periodic_tasks
from tests.at_once import at_once
from tests.conftest import MakeApp, entered
from tests.databases import Databases
from tests.factories import a_requester, some_answers
from tests.proofs.grounds import on_both_databases
from tests.unit.checkout.journeys import BANK, COD, KURONEKO, a_snapshot, again, begun

HOUR, DAY, DAYS = 3_600, 86_400, 3 * 86_400

numbers = itertools.count(1)


@pytest.fixture
def real(make_app: MakeApp) -> Iterator[Flask]:
    with entered(make_app(limits="real")) as app:
        yield app


def order(payment: str = COD, address: str | None = None, **same: str) -> Order:
    """By somebody who has nothing in common with any other but what is given."""
    n = next(numbers)
    who = {"email": f"shopper{n}@example.com", "tel": f"080{n:08}", **same}
    journey = begun(some_answers(payment=payment, **who))
    address = address or f"198.51.{n // 250}.{n % 250}"
    return placing.place(journey, journey.key, a_snapshot(journey), address=address)


def refused(payment: str = COD, **same: str) -> bool:
    try:
        order(payment, **same)
    except TooManyOrders:
        return True
    return False


MINE = {
    "address": {"address": "203.0.113.7"},
    "mailbox": {"email": "victim@example.com"},
    "phone": {"tel": "0312345678"},
}


@pytest.mark.parametrize(
    ("mine", "most", "window"), [("address", 10, HOUR), ("mailbox", 5, DAY), ("phone", 5, DAY)]
)
def test_so_many_orders_without_a_code_are_taken(
    real: Flask, mine: str, most: int, window: int
) -> None:
    for _ in range(most):
        order(**MINE[mine])

    assert refused(**MINE[mine])
    assert not refused()

    time.advance(window + 1)
    assert not refused(**MINE[mine])


def test_an_address_orders_no_more_than_its_day_allows(real: Flask) -> None:
    with transaction():
        profile.renewed().orders_per_day = 12
    for _ in range(10):
        order(**MINE["address"])
    time.advance(HOUR + 1)
    for _ in range(2):
        order(**MINE["address"])

    assert refused(**MINE["address"])


@pytest.mark.parametrize("spelled", ["Victim@Example.com", "victim+shop@example.com"])
def test_a_mailbox_is_one_however_it_is_spelled(real: Flask, spelled: str) -> None:
    for _ in range(5):
        order(**MINE["mailbox"])

    assert refused(email=spelled)


def test_two_orders_may_wait_for_their_money(real: Flask) -> None:
    for _ in range(2):
        order(BANK, **MINE["mailbox"])

    assert refused(BANK, **MINE["mailbox"])
    assert not refused(COD, **MINE["mailbox"])


def test_an_order_waits_for_its_money_for_as_long_as_it_is_open(real: Flask) -> None:
    for _ in range(2):
        order(BANK, **MINE["phone"])
    time.advance(DAYS)
    periodic_tasks.tidy_up()

    assert refused(BANK, **MINE["phone"])


def pay(order: Order) -> None:
    with transaction():
        apply_payment_event(order, PaymentEvent.PAID)


@pytest.mark.parametrize("end", [pay, fulfilment.cancel])
def test_an_order_that_is_paid_or_over_waits_no_more(
    real: Flask, end: Callable[[Order], None]
) -> None:
    end(order(BANK, **MINE["mailbox"]))
    order(BANK, **MINE["mailbox"])

    assert not refused(BANK, **MINE["mailbox"])
    assert refused(BANK, **MINE["mailbox"])


def test_what_waits_no_more_is_forgotten(real: Flask) -> None:
    fulfilment.cancel(order(BANK))
    kept = order(BANK)

    with transaction():
        order_limits.purge()

    unpaid = LimitSlot.scope.startswith(order_limits.UNPAID)
    slots = db.session.scalars(sa.select(LimitSlot.used_by).where(unpaid))
    assert set(slots) == {kept.checkout_id}


def test_relaxed_limits_take_any_number(app: Flask) -> None:
    same = {**MINE["address"], **MINE["mailbox"], **MINE["phone"]}

    for _ in range(11):
        order(BANK, **same)


def test_the_same_checkout_counts_once(real: Flask) -> None:
    with transaction():
        profile.renewed().orders_per_person = 1
    journey = begun(some_answers(payment="kuroneko_payslip"))
    requester = a_requester(checkout=journey.checkout.id, ip="203.0.113.7")

    for _ in range(3):  # its credit is asked for anew after each refusal
        holds.hold_stock(again(journey), requester)

    store.keep_answers(journey.checkout, some_answers(payment=COD))
    journey = again(journey)
    assert placing.place(journey, journey.key, a_snapshot(journey), address="203.0.113.7")


def test_what_staff_enter_for_callers_counts_for_nobody(real: Flask) -> None:
    goods, _unknown = staff_orders.goods_of({"yunomi": 1})

    with real.test_request_context():
        for _ in range(6):
            staff_orders.enter(goods, some_answers(payment=COD))

    assert not refused(email="taro@example.com")


def to_the_cap(shop: Flask) -> FormShopper:
    """A browser whose next order by cash on delivery is one too many."""
    for _ in range(5):
        order(email="taro@example.com")
    return FormShopper(shop.test_client()).put_in().answer(COD)


def test_who_is_over_a_cap_reads_whom_to_call_and_which_methods_are_left(real: Flask) -> None:
    answer = to_the_cap(real).press_confirm()

    assert answer.status_code == 422
    assert 'data-step="confirm"' in answer.text
    summary, _end, below = answer.text.partition('id="error-summary"')[2].partition("</div>")
    assert "このお支払い方法では、ご注文を確定できません" in summary
    assert f"お電話({profile.shop().phone})でご連絡ください" in below
    assert f'data-testid="switch-to-{KURONEKO}"' in answer.text
    assert f'data-testid="switch-to-{BANK}"' not in answer.text


def test_who_is_over_a_cap_orders_by_a_code(real: Flask) -> None:
    shopper = to_the_cap(real)
    shopper.press_confirm()

    shopper.post("/checkout/other-method", {"payment": KURONEKO})
    shopper.press_confirm()

    assert shopper.guess("1234").location.endswith("/complete")


def test_a_refused_order_sends_no_mail_and_takes_no_piece(real: Flask) -> None:
    initial = stock()

    to_the_cap(real).press_confirm()

    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(OutboxRow.id))) == 5
    assert stock() == initial - 5


def stock() -> int:
    return db.session.scalars(sa.select(Variant.available).where(Variant.sku == "yunomi")).one()


@pytest.fixture
def either(make_app: MakeApp, databases: Databases) -> Flask:
    """The shop with real limits on each database; each thread has a context of its own."""
    return make_app(limits="real", database_url=databases.seeded())


@on_both_databases
@pytest.mark.parametrize(("payment", "most"), [(COD, 5), (BANK, 2)])
def test_orders_at_once_are_no_more_than_the_cap(either: Flask, payment: str, most: int) -> None:
    def confirm() -> bool:
        with either.app_context():
            return not refused(payment, **MINE["mailbox"])

    taken = at_once([confirm] * 8)

    with either.app_context():
        orders = db.session.scalar(sa.select(sa.func.count(Order.id)))
    assert (taken.count(True), orders) == (most, most)
