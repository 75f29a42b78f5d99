from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db, transaction
from storefront.outbox import outbox
from storefront.outbox.models import OutboxRow
from tests.unit.verification.stand_ins import StillClock

TICK = timedelta(microseconds=1)


def add(about: int = 1, kind: str = "order-mail") -> int:
    with transaction():
        outbox.add(kind, about)
    key = OutboxRow.dedupe_key == f"{kind}:{about}"
    return db.session.scalars(sa.select(OutboxRow.id).where(key)).one()


def row(row_id: int) -> OutboxRow:
    return db.session.get_one(OutboxRow, row_id, populate_existing=True)


def test_a_new_row_is_due_at_once(still: StillClock) -> None:
    row_id = add()

    assert outbox.due() == [row_id]


def test_a_row_that_was_rolled_back_is_never_due(still: StillClock) -> None:
    with pytest.raises(ZeroDivisionError):
        add_and_fail()

    assert outbox.due() == []


def add_and_fail() -> None:
    with transaction():
        outbox.add("order-mail", 1)
        raise ZeroDivisionError


def test_the_same_thing_twice_is_one_row(still: StillClock) -> None:
    add(1)

    add(1)

    assert len(outbox.due()) == 1


def test_the_same_thing_twice_in_one_transaction_is_one_row(still: StillClock) -> None:
    with transaction():
        outbox.add("order-mail", 1)
        outbox.add("order-mail", 1)

    assert len(outbox.due()) == 1


def test_a_thing_that_was_done_is_not_added_again(still: StillClock) -> None:
    row_id = add(1)
    outbox.claim(row_id)
    outbox.finish(row_id)

    add(1)

    assert outbox.due() == []


def test_rows_come_oldest_first(still: StillClock) -> None:
    first = add(2)
    still.forward(1)
    second = add(1)

    assert outbox.due() == [first, second]


def test_a_claim_says_what_to_do(still: StillClock) -> None:
    row_id = add(7)

    assert outbox.claim(row_id) == ("order-mail", 7, 1, None)


def test_a_claimed_row_is_not_claimed_again(still: StillClock) -> None:
    row_id = add()
    outbox.claim(row_id)

    assert outbox.claim(row_id) is None


def test_a_claimed_row_is_not_due(still: StillClock) -> None:
    outbox.claim(add())

    assert outbox.due() == []


def test_a_lease_lasts_a_minute(still: StillClock) -> None:
    row_id = add()
    outbox.claim(row_id)

    still.forward(60)

    assert outbox.claim(row_id) is None


def test_the_row_of_a_dead_worker_is_due_after_its_lease(still: StillClock) -> None:
    row_id = add()
    outbox.claim(row_id)

    still.forward(timedelta(seconds=60) + TICK)

    assert outbox.due() == [row_id]


def test_the_row_of_a_dead_worker_is_taken_over(still: StillClock) -> None:
    row_id = add(7)
    outbox.claim(row_id)

    still.forward(61)

    assert outbox.claim(row_id) == ("order-mail", 7, 2, None)


def test_a_finished_row_is_neither_due_nor_claimed(still: StillClock) -> None:
    row_id = add()
    outbox.claim(row_id)

    outbox.finish(row_id)

    assert (outbox.due(), outbox.claim(row_id)) == ([], None)


def test_an_unknown_row_is_not_claimed(app: Flask) -> None:
    assert outbox.claim(4_711) is None


@pytest.mark.parametrize(
    ("attempt", "wait"), [(1, 2), (2, 4), (5, 32), (8, 256), (9, 300), (20, 300), (47, 300)]
)
def test_each_wait_is_twice_as_long_up_to_five_minutes(
    still: StillClock, attempt: int, wait: int
) -> None:
    row_id = add()
    take(row_id, attempt)

    outbox.postpone(row_id, attempt)

    assert row(row_id).due_at == still.now + timedelta(seconds=wait)


def take(row_id: int, attempt: int) -> None:
    """Claim it for the given time."""
    with transaction():
        already = sa.update(OutboxRow).where(OutboxRow.id == row_id)
        db.session.execute(already.values(attempts=attempt - 1))
    assert outbox.claim(row_id)


def test_a_row_put_off_is_not_claimed_before_its_time(still: StillClock) -> None:
    row_id = add()
    outbox.claim(row_id)
    outbox.postpone(row_id, 1)

    still.forward(timedelta(seconds=2) - TICK)

    assert outbox.claim(row_id) is None


def test_a_row_put_off_is_claimed_at_its_time(still: StillClock) -> None:
    row_id = add()
    outbox.claim(row_id)
    outbox.postpone(row_id, 1)

    still.forward(2)

    assert outbox.claim(row_id) == ("order-mail", 1, 2, None)


def test_a_row_is_given_up_after_its_last_attempt(still: StillClock) -> None:
    row_id = add()
    take(row_id, outbox.MOST_ATTEMPTS)
    outbox.postpone(row_id, outbox.MOST_ATTEMPTS)

    still.forward(timedelta(days=1))

    assert (row(row_id).gave_up, outbox.due()) == (True, [])


def test_a_row_is_not_given_up_before_its_last_attempt(still: StillClock) -> None:
    row_id = add()
    take(row_id, outbox.MOST_ATTEMPTS - 1)

    outbox.postpone(row_id, outbox.MOST_ATTEMPTS - 1)

    assert not row(row_id).gave_up


def test_a_worker_that_lost_its_row_does_not_put_it_off(still: StillClock) -> None:
    row_id = add()
    outbox.claim(row_id)
    still.forward(61)
    outbox.claim(row_id)  # another worker has it now

    outbox.postpone(row_id, 1)

    assert row(row_id).leased_until == still.now + outbox.LEASE
