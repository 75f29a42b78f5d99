"""The books agree: ledger, sales, first page, fees and files tell of the same yen."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.reports import sales_report
from storefront.core import clock
from storefront.core.calendar import Span, first_of_month
from storefront.core.extensions import db, transaction
from storefront.orders import adjustments, fulfilment, owed_back, refunds
from storefront.orders.models import LedgerEntry, Order, OrderLine
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.queries import csv_export
from storefront.orders.queries.listing import Wanted
from storefront.orders.queries.sales_conditions import IS_LOST
from storefront.payment_requests import deposits, giving_back
from storefront.payments.status import PaymentEvent
from storefront.ports.payments import Carrier, TrackedParcel
from storefront.providers.yamato.fees import fees, monthly
from storefront.reports import dashboard, sales
from tests.at_once import at_once
from tests.factories import an_order
from tests.markup import parsed
from tests.unit.admin.conftest import Keeper

YEAR, ORDERS = 365, 96
SOLD_ACCOUNTS = ("sales_8", "sales_10", "tax_8", "tax_10", "reductions")
KURONEKO = ("kuroneko_smartphone", "kuroneko_payslip")


def ship(order: Order) -> None:
    fulfilment.ship(order, TrackedParcel(Carrier.OTHER, "AB-1", clock.today()))


def deliver(order: Order) -> None:
    ship(order)
    fulfilment.deliver(order)


def pay(order: Order) -> None:
    """By the account, at the door, or later, as its method has it."""
    if order.payment_code == "bank_transfer":
        deposits.confirm(order, clock.today(), order.owed)
        return
    deliver(order)
    if order.payment_code != "cod":
        with transaction():
            apply_payment_event(order, PaymentEvent.REQUESTED)
            apply_payment_event(order, PaymentEvent.PAID)
        db.session.refresh(order)


def pay_too_little(order: Order) -> None:
    if order.payment_code == "bank_transfer":
        deposits.confirm(order, clock.today(), order.owed - 100, is_accepted=True)


def reduce(order: Order) -> None:
    adjustments.reduce(order, order.owed * 2 // 3)


def reduce_and_pay(order: Order) -> None:
    reduce(order)
    pay(order)


def refund(order: Order) -> None:
    reduce_and_pay(order)
    refunds.refund(order)


def cancel_paid(order: Order) -> None:
    if order.payment_code == "bank_transfer":
        pay_too_little(order)
    fulfilment.cancel(order)


def cancel_and_be_paid(order: Order) -> None:
    fulfilment.cancel(order)
    if order.payment_code == "bank_transfer":
        deposits.confirm(order, clock.today(), 1234)


def refund_and_send_back(order: Order) -> None:
    refund(order)
    send_back(order, owed_back.yen_of(order))


def be_paid_late_and_send_some_back(order: Order) -> None:
    cancel_and_be_paid(order)
    if order.payment_code == "bank_transfer":
        send_back(order, 1000)


def send_back(order: Order, yen: int) -> None:
    giving_back.confirm(order, clock.today(), yen)


def take_back(order: Order) -> None:
    reduce_and_pay(order)
    if order.status != "delivered":
        ship(order)
    fulfilment.take_back(order)


def nothing(order: Order) -> None:
    """It stays as it was placed."""


LIVES: tuple[Callable[[Order], None], ...] = (
    nothing,
    pay,
    pay_too_little,
    reduce,
    reduce_and_pay,
    refund,
    cancel_paid,
    cancel_and_be_paid,
    refund_and_send_back,
    be_paid_late_and_send_some_back,
    take_back,
    fulfilment.prepare,
)


def place(draw: random.Random, nth: int) -> Order:
    code = draw.choice(["cod", "bank_transfer", *KURONEKO])
    price, count, tax = draw.randint(101, 9_999), draw.randint(1, 3), draw.choice([800, 1000])
    line = {"variant_id": 1, "sku": f"sku-{nth % 7}", "name": "品", "option": ""}
    shipping, fee = draw.choice([0, 660]), draw.choice([0, 176])
    return an_order(
        payment_code=code,
        payment_status="deferred" if code in KURONEKO else "awaiting",
        placed_at=clock.now() - timedelta(days=draw.choice([0, draw.randint(1, YEAR)])),
        lines=[OrderLine(**line, price=price, quantity=count, tax=tax)],
        goods=price * count,
        shipping=shipping,
        fee=fee,
        total=price * count + shipping + fee,
        is_test=nth % 12 == 0,
    )


def live_a_year() -> None:
    draw = random.Random(39)  # noqa: S311  # a made-up past, no secret
    for nth in range(ORDERS):
        LIVES[nth % len(LIVES)](place(draw, nth))


def span() -> Span:
    return Span(clock.today() - timedelta(days=YEAR + 1), clock.today())


def months() -> Iterator[date]:
    return span().months()


def in_the_ledger() -> int:
    real = sa.select(Order.id).where(Order.is_test.is_(False))
    mine = LedgerEntry.account.in_(SOLD_ACCOUNTS) & LedgerEntry.order_id.in_(real)
    return -(db.session.scalar(sa.select(sa.func.sum(LedgerEntry.yen)).where(mine)) or 0)


def in_the_till(owed: dict[int, int]) -> dict[str, int]:
    """What is owed back, and the cash of lost orders beside what lies there for that alone."""
    lost = sa.select(Order.id).where(IS_LOST)
    mine = LedgerEntry.order_id.in_(lost) & LedgerEntry.account.in_(("cash", "owed_back"))
    sums = sa.select(LedgerEntry.account, sa.func.sum(LedgerEntry.yen)).where(mine)
    books = dict(db.session.execute(sums.group_by(LedgerEntry.account)).all())
    return books | {"cash": books["cash"] - sum(owed.values())}


@pytest.mark.web
def test_a_year_is_the_same_in_every_book(app: Flask, owner: Keeper) -> None:
    live_a_year()
    sold = in_the_ledger()
    assert sold > 0
    assert db.session.scalar(sa.select(sa.func.sum(LedgerEntry.yen))) == 0

    by_method = sales.by_method(span())
    assert sum(one.yen for one in sales.by_day(span())) == sold
    assert sum(one.yen for one in sales.by_month(span())) == sold
    assert sum(one.yen for one in by_method) == sold

    with app.test_request_context():
        totals = {part.name: part.total for part in sales_report.parts(span())}
    assert totals["day"][2] == totals["month"][2] == totals["method"][2] == sold
    assert totals["product"][3] == sold

    deferred = sum(one.yen for one in by_method if one.key in KURONEKO)
    assert sum(monthly.month_of(first_of_month(one)).turnover for one in months()) == deferred
    charged = [sale.total for one in months() for sale in fees.sales_of(first_of_month(one))]
    assert sum(charged) == deferred

    assert sum(int(str(line[-1])) for line in csv_export.lines(Wanted())) == sold

    owed = {order.id: owed_back.yen_of(order) for order in db.session.scalars(sa.select(Order))}
    assert {account: yen for account, yen in in_the_till(owed).items() if yen} == {
        "owed_back": -sum(owed.values())
    }
    assert dashboard.today().owed_back == len([yen for yen in owed.values() if yen]) > 0

    today, last_day = dashboard.today(), sales.by_day(span())[-1]
    assert (today.orders, today.sales) == (last_day.orders, last_day.yen)
    _each_figure_opens_what_it_counts(owner)


def _each_figure_opens_what_it_counts(owner: Keeper) -> None:
    figures = [
        (one["href"], int(one.all("b")[0].text))
        for one in parsed(owner.get("/admin/").text).all("a")
        if "group=" in one.get("href")
    ]
    assert len(figures) == 4
    for address, count in figures:
        page = parsed(owner.client.get(address.replace("&amp;", "&")).text)
        assert page.all(data_testid="order-count")[0].text == f"{count}件"
        assert len(page.all("tr", data_testid="order-row")) == min(count, 50)


def test_a_refunded_order_is_lost_and_not_sold(app: Flask) -> None:
    order = an_order(payment_code="bank_transfer")
    pay(order)
    refunds.refund(order)

    (today,) = [one for one in sales.by_day(span()) if one.orders or one.lost]

    assert (today.orders, today.yen, today.lost) == (0, 0, 1)
    assert dashboard.today().to_ship == 0


def test_two_reductions_at_once_are_entered_as_what_they_take_off(app: Flask) -> None:
    order = an_order(payment_code="bank_transfer")

    def reduce_to(yen: int) -> None:
        with app.app_context():
            mine = db.session.scalars(sa.select(Order).where(Order.id == order.id)).one()
            try:
                adjustments.reduce(mine, yen)
            except (adjustments.NotLess, fulfilment.NotNow):
                return

    at_once([lambda yen=yen: reduce_to(yen) for yen in (4000, 3500, 3000, 2500)])  # type: ignore[misc]  # mypy cannot infer it

    db.session.expire_all()
    mine = (LedgerEntry.order_id == order.id) & (LedgerEntry.account == "receivable")
    owed = db.session.scalar(sa.select(sa.func.sum(LedgerEntry.yen)).where(mine))
    assert owed == db.session.get_one(Order, order.id).owed == 2500
