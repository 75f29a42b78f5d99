"""Money on the shop's own account: confirmed once, whatever happens at the same moment."""

from datetime import date, timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.cli import group
from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders import fulfilment, owed_back
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import Deposit, LedgerEntry, Order
from storefront.outbox.models import OutboxRow
from storefront.payment_requests import deposits
from storefront.payment_requests.deposits import Differs, NotOnThatDay
from storefront.sandbox.models import SandboxMail
from storefront.worker import periodic_tasks
from tests.at_once import at_once
from tests.factories import a_payment_request, an_order
from tests.proofs.grounds import on_both_databases

BANK = {"payment_code": "bank_transfer"}
OWED = 4290


def today() -> date:
    return clock.today()


def a_transfer(**changes: Any) -> Order:
    return an_order(**{**BANK, **changes})


def kinds_of(order: Order) -> list[str]:
    mine = sa.select(OutboxRow.kind).where(OutboxRow.about == order.id)
    return list(db.session.scalars(mine.order_by(OutboxRow.id)))


def accounts_of(order: Order) -> dict[str, int]:
    sums = sa.select(LedgerEntry.account, sa.func.sum(LedgerEntry.yen))
    found = db.session.execute(
        sums.where(LedgerEntry.order_id == order.id).group_by(LedgerEntry.account)
    )
    return {account: yen for account, yen in found if yen}


def fresh(order: Order) -> Order:
    db.session.expire_all()
    return db.session.get_one(Order, order.id)


def test_a_confirmed_transfer_is_paid_and_its_shopper_is_told(app: Flask) -> None:
    order = a_transfer()

    deposits.confirm(order, today(), OWED)
    periodic_tasks.run_due()

    assert order.payment_status == "paid"
    assert [event.event for event in order.events] == ["placed", "paid"]
    assert accounts_of(order)["cash"] == OWED
    assert "receivable" not in accounts_of(order)
    mail = db.session.scalars(sa.select(SandboxMail)).one()
    assert "お支払いを確認しました" in mail.subject
    assert "4,290円" in mail.text


@pytest.mark.parametrize(("yen", "over", "words"), [(4000, -290, "290円"), (4500, 210, "210円")])
def test_a_difference_is_asked_about_and_then_said_and_noted(
    app: Flask, yen: int, over: int, words: str
) -> None:
    order = a_transfer()

    with pytest.raises(Differs) as refused:
        deposits.confirm(order, today(), yen)
    assert refused.value.over == over
    assert (fresh(order).payment_status, kinds_of(order)) == ("awaiting", [])

    deposits.confirm(order, today(), yen, is_accepted=True)
    periodic_tasks.run_due()

    books = accounts_of(order)
    assert (books["cash"], books["differences"], sum(books.values())) == (yen, -over, 0)
    assert order.deposit
    assert (order.deposit.yen, order.deposit.over) == (yen, over)
    assert words in db.session.scalars(sa.select(SandboxMail.text)).one()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_before_the_order_or_to_come_is_refused(app: Flask, days: int) -> None:
    order = a_transfer()

    with pytest.raises(NotOnThatDay):
        deposits.confirm(order, today() + timedelta(days=days), OWED)
    assert fresh(order).payment_status == "awaiting"


def test_pressed_twice_it_counts_once(app: Flask) -> None:
    order = a_transfer()

    first, second = (deposits.confirm(order, today(), OWED) for _ in range(2))

    assert first.id == second.id
    assert accounts_of(order)["cash"] == OWED
    assert kinds_of(order) == ["paid-mail"]


def test_another_amount_for_a_paid_order_is_refused(app: Flask) -> None:
    order = a_transfer()
    deposits.confirm(order, today(), OWED)

    with pytest.raises(NotNow):
        deposits.confirm(order, today(), 5000, is_accepted=True)
    assert accounts_of(order)["cash"] == OWED


def test_money_for_an_ended_order_is_owed_back_and_counts_once(app: Flask) -> None:
    order = a_transfer()
    fulfilment.cancel(order)

    for _ in range(2):
        deposits.confirm(order, today(), OWED)
    periodic_tasks.run_due()

    assert (order.status, order.payment_status) == ("cancelled", "cancelled")
    assert accounts_of(order) == {"cash": OWED, "owed_back": -OWED}
    assert owed_back.yen_of(order) == OWED
    assert kinds_of(order) == ["cancelled-mail", "late-money-mail"]
    subjects = db.session.scalars(sa.select(SandboxMail.subject).order_by(SandboxMail.id)).all()
    assert "お振込みいただいた代金をご返金します" in subjects[-1]


def test_what_was_over_goes_back_too_when_the_order_is_cancelled(app: Flask) -> None:
    order = a_transfer()
    deposits.confirm(order, today(), 4500, is_accepted=True)

    fulfilment.cancel(order)

    assert owed_back.yen_of(order) == 4500
    assert accounts_of(order) == {"cash": 4500, "owed_back": -4500}


@pytest.mark.parametrize("status", ["requested", "overdue"])
def test_a_transfer_that_the_payment_page_asked_for_is_confirmed_too(
    app: Flask, status: str
) -> None:
    order = an_order(payment_status=status, payment_code="kuroneko_smartphone", status="delivered")
    a_payment_request(order, means="bank", number="1234567")

    deposits.confirm(order, today(), OWED)

    assert fresh(order).payment_status == "paid"


@pytest.mark.parametrize(
    "changes",
    [
        {"payment_code": "cod"},
        {"payment_code": "cvs"},
        {"payment_code": "kuroneko_smartphone", "payment_status": "requested"},
    ],
    ids=["door", "store", "provider"],
)
def test_money_that_comes_another_way_is_not_for_the_account(
    app: Flask, changes: dict[str, str]
) -> None:
    order = an_order(**changes)

    with pytest.raises(NotNow):
        deposits.confirm(order, today(), OWED)
    assert fresh(order).payment_status == changes.get("payment_status", "awaiting")


def tried(app: Flask, act: Any, number: str) -> str:
    """What one of several at once came to."""
    with app.app_context():
        order = db.session.scalars(sa.select(Order).where(Order.number == number)).one()
        try:
            act(order)
        except NotNow:
            return "late"
        return "done"


def confirmed(order: Order) -> None:
    deposits.confirm(order, clock.today(), OWED)


@on_both_databases
def test_confirmed_by_many_at_once_it_counts_once(either_shop: Flask) -> None:
    order = a_transfer()

    ends = at_once([partial(tried, either_shop, confirmed, order.number)] * 8)

    assert ends == ["done"] * 8
    assert accounts_of(order)["cash"] == OWED
    assert kinds_of(order) == ["paid-mail"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Deposit)) == 1


@on_both_databases
@pytest.mark.parametrize("nth", range(6))
def test_of_the_money_and_the_end_of_an_order_exactly_one_wins(
    either_shop: Flask, nth: int
) -> None:
    order = a_transfer()
    acts = [confirmed, fulfilment.cancel]
    if nth % 2:
        acts.reverse()
    have_read = Barrier(len(acts))  # or the second would see the first one's end, and mean it

    def act_on(act: Any, mine: Order) -> None:
        have_read.wait(10)
        act(mine)

    ends = at_once(
        [partial(tried, either_shop, partial(act_on, act), order.number) for act in acts]
    )

    stands = fresh(order)
    books = accounts_of(order)
    assert sum(books.values()) == 0
    if stands.status == "placed":
        assert stands.payment_status == "paid"
        assert ends[acts.index(fulfilment.cancel)] == "late"
        assert owed_back.yen_of(stands) == 0
    else:
        assert (stands.status, stands.payment_status) == ("cancelled", "cancelled")
        assert books == {"cash": OWED, "owed_back": -OWED}
        assert owed_back.yen_of(stands) == OWED


def run(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(group, ["orders", "paid", *words])


def test_the_command_confirms_by_day_and_amount(app: Flask) -> None:
    order = a_transfer()

    short = run(app, order.number, "--yen", "4000")
    assert (short.exit_code, "290 yen short" in short.output) == (1, True)
    assert "from that of the order" in run(app, order.number, "--on", "2001-01-01").output
    taken = run(app, order.number, "--yen", "4000", "--accept", "--on", f"{today()}")
    assert (taken.exit_code, "is paid (290 yen short)" in taken.output) == (0, True)
    assert fresh(order).payment_status == "paid"


def test_the_command_says_what_to_give_back(app: Flask) -> None:
    order = a_transfer()
    fulfilment.cancel(order)

    assert "give 4,290 yen back" in run(app, order.number).output
