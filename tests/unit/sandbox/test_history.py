"""A past for the demo shop: believable, the same every time, and asking nothing of anybody."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from storefront import cli, create_app
from storefront.checkout.models import CheckoutCount
from storefront.core import clock
from storefront.core.calendar import DAY, Span, begin
from storefront.core.extensions import db, transaction
from storefront.gallery.own_shop import hurry
from storefront.orders import receipt
from storefront.orders.models import Order, OrderEvent, PaymentRequest, Shipment
from storefront.orders.queries import listing, search_index
from storefront.orders.status import TRANSITIONS, Transition
from storefront.outbox.models import OutboxRow
from storefront.payments.kinds import KINDS
from storefront.payments.status import PaymentEvent, PaymentState, next_state
from storefront.reports import sales
from storefront.sandbox import demo, history, time
from storefront.sandbox.models import SandboxMail, SandboxText
from storefront.shipping.tracking_numbers import has_check_digit
from storefront.sms.models import TextCount
from storefront.worker import periodic_tasks
from tests import invariants
from tests.app_pool import close, copy_data, keep_templates, own_folder, settings
from tests.conftest import MakeApp
from tests.unit.verification.stand_ins import StillClock

DAYS = 80


@pytest.fixture(scope="module")
def shop_of_months(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A shop of eleven weeks, as it stands on a Tuesday at noon; its tests only look at it."""
    folder = own_folder(seeded, tmp_path_factory.mktemp("past"))
    copy_data(seeded, folder)
    app = create_app(settings(folder))
    hurry(app)
    keep_templates(seeded, app)
    with app.app_context():
        StillClock().start()
        with transaction():
            history.write(DAYS)
        time.install()
        db.session.remove()
    yield app
    close(app)


@pytest.fixture
def past(shop_of_months: Flask) -> Iterator[Flask]:
    with shop_of_months.app_context():
        StillClock().start()
        yield shop_of_months
        time.install()
        db.session.remove()


def orders() -> list[Order]:
    return list(db.session.scalars(sa.select(Order).order_by(Order.id)))


def test_every_day_has_its_orders_and_today_has_none(past: Flask) -> None:
    placed = {order.placed_at.astimezone(clock.JAPAN).date() for order in orders()}

    today = clock.today()
    assert placed == {today - timedelta(days=ago) for ago in range(1, DAYS + 1)}


def test_the_books_balance_and_every_sum_is_that_of_its_lines(past: Flask) -> None:
    invariants.database_is_sound()
    invariants.ledgers_balance()
    for order in orders():
        goods = sum(line.subtotal for line in order.lines)
        assert order.goods == goods
        assert order.total == goods + order.shipping + order.fee
        assert sum(part.total for part in receipt.taxes_of(order)) == order.total


def test_every_way_to_pay_and_every_end_occurs(past: Flask) -> None:
    found = orders()

    assert {order.payment_code for order in found} == set(KINDS)
    assert {order.status for order in found} >= {"delivered", "shipped", "cancelled", "returned"}
    assert {order.payment_status for order in found} == {str(state) for state in PaymentState}


def test_no_order_took_a_way_that_the_rules_do_not_know(past: Flask) -> None:
    for order in orders():
        status, payment = "placed", PaymentState(KINDS[order.payment_code].first_state)
        moments = [event.at for event in order.events]
        assert moments == sorted(moments)
        assert moments[-1] <= clock.now()
        for event in [event.event for event in order.events[1:]]:
            moves = [
                move
                for move in Transition
                if TRANSITIONS[move][1] == event and status in TRANSITIONS[move][0]
            ]
            if moves:
                status = TRANSITIONS[moves[0]][1]
            else:
                payment = next_state(payment, PaymentEvent(event)) or payment
        assert (status, payment) == (order.status, order.payment_status), order.number


def test_parcels_and_requests_stand_where_their_orders_do(past: Flask) -> None:
    for order in orders():
        events = {event.event: event.at for event in order.events}
        parcels = [(one.shipped_at, one.delivered_at) for one in order.shipments]
        expected = [(events["shipped"], events.get("delivered"))] if "shipped" in events else []
        assert parcels == expected
        assert all(has_check_digit(one.slip) for one in order.shipments)
        by_shop = order.payment_code == "kuroneko_smartphone" and "requested" in events
        assert (order.request is not None) == by_shop


def test_nothing_was_sent_and_nothing_waits(past: Flask) -> None:
    for table in (OutboxRow, SandboxMail, SandboxText):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_names_are_sealed_and_no_phone_could_be_anybodys(past: Flask) -> None:
    raw = db.session.scalars(sa.text("SELECT customer FROM orders")).all()

    assert not any(b"example.com" in one for one in raw)
    phones = {order.customer["tel"] for order in orders()}
    assert all(phone[3] == "0" and not phone.startswith("0900000") for phone in phones)


def test_each_order_is_found_by_its_person_at_once(past: Flask) -> None:
    for order in orders()[::10]:
        for known in (order.customer["name"], order.customer["email"], order.customer["tel"]):
            found = listing.listed(listing.Wanted(digests=search_index.sought(known)), size=1000)
            assert order in found.orders


def test_more_is_ordered_on_sundays_than_on_thursdays(past: Flask) -> None:
    days = Counter(order.placed_at.astimezone(clock.JAPAN).weekday() for order in orders())

    assert days[6] > days[3]


def test_the_counts_know_as_many_orders_as_there_are(past: Flask) -> None:
    placed = sa.select(sa.func.sum(CheckoutCount.checkouts)).where(CheckoutCount.placed_by != "")
    lost = sa.select(sa.func.sum(CheckoutCount.checkouts)).where(CheckoutCount.placed_by == "")

    assert db.session.scalar(placed) == len(orders())
    assert (db.session.scalar(lost) or 0) > len(orders()) / 2
    purposes = set(db.session.scalars(sa.select(TextCount.purpose)))
    assert purposes == {"code", "payment"}


def snapshot() -> dict[str, tuple[datetime, object]]:
    lines = {order.number: order for order in orders()}
    return {
        number: (
            order.placed_at,
            (order.total, order.customer, [(line.sku, line.quantity) for line in order.lines]),
        )
        for number, order in lines.items()
    }


def test_a_day_is_the_same_whenever_it_is_looked_back_on(app: Flask, still: StillClock) -> None:
    with transaction():
        history.write(20)
    before, since = snapshot(), begin(clock.today() - 15 * DAY)

    demo.reset()
    still.start()
    still.forward(5 * DAY)
    with transaction():
        history.write(20)

    assert snapshot() != before
    assert {k: v for k, v in snapshot().items() if v[0] < begin(clock.today() - 5 * DAY)} == {
        k: v for k, v in before.items() if v[0] >= since
    }


def test_the_worker_asks_nobody_about_it(make_app: MakeApp) -> None:
    app = make_app(kuroneko_base_url="")
    with app.app_context():
        with transaction():
            history.write(60)
        before = states()

        for days in (0, 1, 10, 20):
            time.advance(days * 86_400)
            periodic_tasks.tidy_up()
            periodic_tasks.run_due()

        assert states() == before
        for table in (OutboxRow, SandboxMail, SandboxText):
            assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
        db.session.remove()


def states() -> list[tuple[str, str]]:
    db.session.rollback()
    query = sa.select(Order.status, Order.payment_status, Order.asked_at).order_by(Order.id)
    return [tuple(one) for one in db.session.execute(query)]  # type: ignore[misc]


def test_the_stock_stays_as_it_was(app: Flask) -> None:
    before = invariants.stock()

    with transaction():
        history.write(30)

    assert invariants.stock() == before


def test_a_reset_takes_it_away(app: Flask) -> None:
    with transaction():
        history.write(3)

    demo.reset()

    for table in (Order, OrderEvent, Shipment, PaymentRequest, CheckoutCount, TextCount):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_the_command_writes_it_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_make_app", lambda: app)
    run = CliRunner().invoke

    first = run(cli.seed, ["--history", "--days", "3"])
    again = run(cli.seed, ["--history", "--days", "3"])

    assert (first.exit_code, again.exit_code) == (0, 1)
    assert "storefront reset" in again.output
    assert sum(one.orders for one in sales.by_day(_last_days(3))) > 0


def _last_days(days: int) -> Span:
    return Span(clock.today() - days * DAY, clock.today())
