"""A shopper cancels while others ship, pack, cancel or pay: one end, money and stock once."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.catalogue.models import Variant
from storefront.checkout import hosted_payment
from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders import fulfilment
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import LedgerEntry, Order, Shipment
from storefront.orders.owed_back import yen_of
from storefront.outbox.models import OutboxRow
from storefront.payment_requests import deposits
from storefront.payments import hosted_sessions
from storefront.payments.hosted_sessions import GIVEN_BACK
from storefront.payments.models import HostedSession
from storefront.ports.payments import GatewayRefused, Outcome
from storefront.providers.yamato.simulator import records
from storefront.sandbox.orders import hosted, order_events
from storefront.sandbox.yamato import connection
from storefront.testing.network import client_of
from tests.at_once import at_once
from tests.proofs.burst import Answer, a_shopper, burst, press
from tests.proofs.grounds import YAMATO, on_both_databases
from tests.proofs.plugin import Report
from tests.proofs.scale import SEED, times
from tests.proofs.shop import RunningShop

pytestmark = [
    on_both_databases,
    pytest.mark.parametrize("verifier", [YAMATO], indirect=True, scope="session"),
]

ROUNDS = times(3, 100)
DICE = random.Random(SEED)  # noqa: S311
PACE = [0.1]  # seconds that each press took so far: within these the other begins
CREDIT, TRANSFER, STORE = "kuroneko_smartphone", "bank_transfer", "cvs"
AT_YAMATO = {"cancelled": "cancelled", "shipped": "slip", "preparing": "approved"}
ONE_END = "one end, and money, credit and stock are moved once"

Act = Callable[[Order], object]


@dataclass(frozen=True)
class Meeting:
    """How one round ended."""

    status: str
    had_rival_done_it: bool


@pytest.fixture
def shop(lasting_shop: RunningShop) -> RunningShop:
    lasting_shop.reset()
    return lasting_shop


@pytest.fixture
def beside(shop: RunningShop) -> Iterator[Flask]:
    """The owner's hands: the shop's own rules on the database of the running shop."""
    with shop.database() as app:
        yield app


def meet(shop: RunningShop, app: Flask, payment: str, act: Act | None, presses: int = 1) -> Meeting:
    """So many presses of one shopper, and what another does with the order at about that moment."""
    order = placed(shop, payment)
    shopper = a_shopper(shop)
    assert "cancel-submit" in shopper.get(f"/orders/{order.token}/cancel").text
    form = press(shopper, f"/orders/{order.token}/cancel")
    before = shelf(order)
    answers, done = list[Answer](), list[bool]()

    def send() -> None:
        answers.extend(burst(shop, [form] * presses))

    def rival() -> None:
        if act is not None:
            time.sleep(DICE.uniform(0, PACE[-1]))  # the moment is what is proven
            done.append(attempt(app, act, order.id))

    at_once([send, rival])

    db.session.rollback()  # what was read before is old
    PACE.append(answers[0].seconds)
    check(order, before, answers)
    return Meeting(order.status, had_rival_done_it=done == [True])


def placed(shop: RunningShop, payment: str) -> Order:
    made = client_of(shop.url).post("/sandbox/orders", json={"state": "placed", "payment": payment})
    assert made.status_code == 201, made.text
    db.session.rollback()
    query = sa.select(Order).where(Order.number == (made.json or {})["number"])
    return db.session.scalars(query).one()


def attempt(app: Flask, act: Act, order_id: int) -> bool:
    """Whether the shop let the other do it."""
    with app.app_context():
        try:
            act(db.session.get_one(Order, order_id))
        except (NotNow, GatewayRefused):
            return False
        finally:
            db.session.remove()
        return True


def shelf(order: Order) -> int:
    query = sa.select(Variant.available).where(Variant.id == order.lines[0].variant_id)
    return db.session.scalars(query).one()


def check(order: Order, before: int, answers: list[Answer]) -> None:
    """What the shopper was told is so, and all that belongs to it has happened once."""
    is_cancelled = order.status == "cancelled"
    assert {answer.status for answer in answers} == {303 if is_cancelled else 422}
    assert shelf(order) == before + is_cancelled
    assert rows(order, "cancelled-mail") == is_cancelled
    happened = Counter(event.event for event in order.events)
    assert happened["cancelled-by-shopper"] <= 1
    parcels = sa.select(sa.func.count()).where(Shipment.order_id == order.id)
    assert db.session.scalar(parcels) == (order.status == "shipped")
    if order.payment_reference is not None:
        assert at_yamato(order) == AT_YAMATO[order.status]
    if is_cancelled:
        assert order.payment_status in {"cancelled", "refunded"}
        assert order.claimed_until is None
    sums = sa.select(LedgerEntry.account, sa.func.sum(LedgerEntry.yen))
    booked = dict(
        db.session.execute(sums.where(LedgerEntry.order_id == order.id).group_by("account")).all()
    )
    assert sum(booked.values()) == 0
    if is_cancelled:
        assert {account for account, yen in booked.items() if yen} <= {"cash", "owed_back"}


def rows(order: Order, kind: str) -> int:
    query = sa.select(sa.func.count()).select_from(OutboxRow)
    return db.session.scalar(query.where(OutboxRow.about == order.id, OutboxRow.kind == kind)) or 0


def at_yamato(order: Order) -> str:
    record = records.find(connection.MERCHANT, order.payment_reference or "")
    assert record is not None
    db.session.rollback()
    return record.state


def race(shop: RunningShop, app: Flask, payment: str, act: Act) -> list[Meeting]:
    return [meet(shop, app, payment, act) for _ in range(ROUNDS)]


def told(meetings: list[Meeting]) -> str:
    ends = Counter(one.status for one in meetings)
    return f"{len(meetings)} rounds: " + ", ".join(f"{ends[end]} {end}" for end in sorted(ends))


def test_two_presses_cancel_an_order_once(shop: RunningShop, beside: Flask, figure: Report) -> None:
    meetings = [meet(shop, beside, CREDIT, None, presses=2) for _ in range(ROUNDS)]

    assert {one.status for one in meetings} == {"cancelled"}
    figure(f"A shopper presses to cancel twice at once: {ONE_END}", told(meetings))


def test_cancelling_and_shipping_at_once_have_one_end(
    shop: RunningShop, beside: Flask, figure: Report
) -> None:
    meetings = race(shop, beside, CREDIT, order_events.ship)

    assert all((one.status == "shipped") == one.had_rival_done_it for one in meetings)
    figure(f"A shopper cancels what is being shipped: {ONE_END}", told(meetings))


def test_cancelling_and_packing_at_once_have_one_end(
    shop: RunningShop, beside: Flask, figure: Report
) -> None:
    meetings = race(shop, beside, CREDIT, fulfilment.prepare)

    assert all((one.status == "preparing") == one.had_rival_done_it for one in meetings)
    figure(f"A shopper cancels what is being packed: {ONE_END}", told(meetings))


def test_shopper_and_owner_cancel_an_order_once(
    shop: RunningShop, beside: Flask, figure: Report
) -> None:
    meetings = race(shop, beside, CREDIT, fulfilment.cancel)

    assert {one.status for one in meetings} == {"cancelled"}
    figure(f"Shopper and owner cancel at once: {ONE_END}", told(meetings))


def test_money_that_is_noted_while_its_order_is_cancelled_is_owed_back_once(
    shop: RunningShop, beside: Flask, figure: Report
) -> None:
    def note(order: Order) -> None:
        deposits.confirm(order, clock.today(), order.owed)

    meetings = list[Meeting]()
    for _ in range(ROUNDS):
        meetings.append(meet(shop, beside, TRANSFER, note))
        order = newest()
        assert (order.status, yen_of(order)) == ("cancelled", order.owed)
    assert all(one.had_rival_done_it for one in meetings)
    figure(
        "A shopper cancels while a transfer is noted: cancelled, and all that came is owed back "
        "once",
        told(meetings),
    )


def test_what_is_paid_at_a_store_while_it_is_cancelled_goes_back_once(
    shop: RunningShop, beside: Flask, figure: Report
) -> None:
    def pay(order: Order) -> None:
        visit = hosted_sessions.of_order(order.id)
        assert visit is not None
        known = hosted.find(visit.token)
        assert known is not None
        hosted.end(known, Outcome.PAID)
        hosted_payment.learn(visit)

    meetings = list[Meeting]()
    for _ in range(ROUNDS):
        meetings.append(meet(shop, beside, STORE, pay))
        order = newest()
        mine = sa.select(HostedSession.outcome).where(HostedSession.order_id == order.id)
        [outcome] = db.session.scalars(mine)
        assert order.status == "cancelled"
        assert outcome in GIVEN_BACK
    figure(
        "A shopper cancels while the number is paid at a store: cancelled, and what came goes back",
        told(meetings),
    )


def newest() -> Order:
    db.session.rollback()  # what was read before is old
    return db.session.scalars(sa.select(Order).order_by(Order.id.desc()).limit(1)).one()
