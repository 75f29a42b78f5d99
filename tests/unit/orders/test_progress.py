"""Where an order is on its way."""

from datetime import UTC, datetime

import pytest

from storefront.orders.models import Order, OrderEvent
from storefront.orders.progress import DEFERRED, LATE, PREPAID, STEPS, progress_of

NOON = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)


def an_order_with(*events: str, code: str = "cod", payment: str = "awaiting") -> Order:
    return Order(
        status="placed",
        payment_code=code,
        payment_status=payment,
        events=[OrderEvent(event=event, at=NOON) for event in events],
    )


def path(order: Order) -> tuple[str, ...]:
    return tuple(entry.event for entry in progress_of(order))


@pytest.mark.parametrize(
    ("code", "payment", "expected"),
    [
        ("cod", "awaiting", STEPS),
        ("cod", "paid", STEPS),
        ("bank_transfer", "awaiting", PREPAID),
        ("bank_transfer", "paid", PREPAID),
        ("kuroneko_smartphone", "deferred", DEFERRED),
        ("kuroneko_smartphone", "requested", DEFERRED),
        ("kuroneko_smartphone", "overdue", DEFERRED),
    ],
)
def test_the_path_follows_the_payment(code: str, payment: str, expected: tuple[str, ...]) -> None:
    assert path(an_order_with("placed", code=code, payment=payment)) == expected


def test_a_deferred_order_keeps_its_path_once_it_is_paid() -> None:
    order = an_order_with(*DEFERRED, code="kuroneko_smartphone", payment="paid")

    assert path(order) == DEFERRED
    assert progress_of(order)[-1].is_current


def test_a_transfer_arrives_before_anything_is_prepared() -> None:
    assert PREPAID.index("paid") < PREPAID.index("preparing")


@pytest.mark.parametrize("status", ["cancelled", "returned"])
def test_an_order_that_ended_early_shows_only_its_end(status: str) -> None:
    order = an_order_with("placed", "preparing", status)
    order.status = status

    assert path(order) == ("placed", status)
    assert progress_of(order)[-1].is_current


def test_what_happened_has_its_moment_and_what_did_not_has_none() -> None:
    moments = [entry.at for entry in progress_of(an_order_with("placed", "preparing"))]

    assert moments == [NOON, NOON, None, None]


@pytest.mark.parametrize("happened", range(1, len(STEPS) + 1))
def test_exactly_the_last_step_that_happened_is_current(happened: int) -> None:
    entries = progress_of(an_order_with(*STEPS[:happened]))

    assert [entry.event for entry in entries if entry.is_current] == [STEPS[happened - 1]]


def test_what_went_overdue_says_so_on_its_way_also_once_it_is_paid() -> None:
    events = ("placed", "shipped", "delivered", "requested", "overdue")
    late = an_order_with(*events, code="kuroneko_smartphone", payment="overdue")
    paid = an_order_with(*events, "paid", code="kuroneko_smartphone", payment="paid")

    assert (path(late), path(paid)) == (LATE, LATE)
    assert [entry.event for entry in progress_of(late) if entry.is_current] == ["overdue"]
    assert [entry.event for entry in progress_of(paid) if entry.is_current] == ["paid"]


def test_a_parcel_that_did_not_leave_was_not_shipped() -> None:
    entries = progress_of(an_order_with("placed", "shipped", "unshipped"))

    assert [entry.event for entry in entries if entry.is_current] == ["preparing"]
    assert [entry.at for entry in entries] == [NOON, NOON, None, None]


def test_a_parcel_that_left_after_all_was_shipped() -> None:
    entries = progress_of(an_order_with("placed", "shipped", "unshipped", "shipped"))

    assert [entry.event for entry in entries if entry.is_current] == ["shipped"]


@pytest.mark.parametrize("code", ["card", "cvs", "bank_transfer"])
def test_whatever_is_paid_in_advance_is_paid_before_it_is_prepared(code: str) -> None:
    assert path(an_order_with("placed", code=code)) == PREPAID
