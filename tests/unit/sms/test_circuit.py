"""When a sender that keeps failing is left alone, and when it is asked again."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.core import clock
from storefront.ports.sms import (
    NumberRefused,
    Receipt,
    SenderMisconfigured,
    SmsUnavailable,
    SmsUnknown,
)
from storefront.sms.circuit_breaker import Circuit
from tests.unit.sms.test_failover import TEXT, TO, Sender

MINUTE = 60
FAILURES = [SmsUnavailable(), SmsUnknown()]


@dataclass
class Hand:
    """The shop's clock, moved by the test."""

    now: datetime = datetime(2026, 12, 1, tzinfo=UTC)

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def hand() -> Iterator[Hand]:
    hand = Hand()
    clock.tell_by(lambda: hand.now)
    yield hand
    clock.tell_by()


def send(circuit: Circuit, ending: Exception | None = None) -> bool:
    """Whether the sender was asked at all."""
    sender = circuit.sender
    assert isinstance(sender, Sender)
    sender.ending, before = ending, len(sender.asked)
    with suppress(SmsUnavailable, SmsUnknown, NumberRefused):
        circuit.send(TO, TEXT, 600)
    return len(sender.asked) > before


def a_circuit() -> Circuit:
    return Circuit(Sender("carrier"))


def an_open_one() -> Circuit:
    circuit = a_circuit()
    for _ in range(3):
        send(circuit, SmsUnavailable())
    assert circuit.is_down
    return circuit


@pytest.mark.parametrize("failure", FAILURES)
def test_three_failures_in_a_row_open_it(failure: Exception) -> None:
    circuit = a_circuit()

    send(circuit, failure)
    send(circuit, failure)
    assert not circuit.is_down
    send(circuit, failure)

    assert circuit.is_down
    assert not send(circuit)


def test_failures_in_a_row_count_however_far_apart(hand: Hand) -> None:
    circuit = a_circuit()

    for _ in range(3):
        send(circuit, SmsUnavailable())
        hand.forward(60 * MINUTE)

    assert circuit.rest is not None


def test_five_of_the_last_ten_open_it() -> None:
    circuit = a_circuit()

    for is_good in (True, False, False, True, False, True, False, True):
        send(circuit, None if is_good else SmsUnknown())
        assert not circuit.is_down
    send(circuit, SmsUnknown())

    assert circuit.is_down


def test_failures_of_more_than_ten_minutes_ago_do_not_add_up(hand: Hand) -> None:
    circuit = a_circuit()

    for is_good in (False, True, False, True, False, True, False, True):
        send(circuit, None if is_good else SmsUnknown())
        hand.forward(2 * MINUTE)
    send(circuit, SmsUnknown())

    assert not circuit.is_down


def test_five_of_more_than_the_last_ten_do_not_open_it() -> None:
    circuit = a_circuit()

    for is_good in [False, True, False, True, False, True, False, *[True] * 5, False]:
        send(circuit, None if is_good else SmsUnknown())

    assert not circuit.is_down


def test_our_own_mistake_opens_it_at_once() -> None:
    circuit = a_circuit()

    send(circuit, SenderMisconfigured())

    assert circuit.is_down


def test_a_refused_number_never_counts() -> None:
    circuit = a_circuit()

    for _ in range(20):
        send(circuit, NumberRefused())
    assert not circuit.is_down
    for ending in (SmsUnknown(), SmsUnknown(), NumberRefused(), SmsUnknown()):
        send(circuit, ending)

    assert circuit.is_down  # it does not make a row shorter either


def test_it_is_tried_after_30_seconds_and_one_success_closes_it(hand: Hand) -> None:
    circuit = an_open_one()

    hand.forward(29.9)
    assert not send(circuit)
    hand.forward(0.1)
    assert not circuit.is_down
    assert send(circuit)

    assert circuit.rest is None
    assert send(circuit, SmsUnavailable())
    assert send(circuit, SmsUnavailable())
    assert not circuit.is_down  # what was before is forgotten


def test_each_failed_try_doubles_the_rest_up_to_ten_minutes(hand: Hand) -> None:
    circuit = an_open_one()

    for seconds in (30, 60, 120, 240, 480, 600, 600):
        hand.forward(seconds - 1)
        assert not send(circuit, SmsUnavailable())
        hand.forward(1)
        assert send(circuit, SmsUnavailable())


def test_one_text_at_a_time_tries_it(hand: Hand) -> None:
    circuit = an_open_one()
    hand.forward(30)
    second: list[bool] = []

    class Trying(Sender):
        def send(self, to: str, text: str, valid_for: int, patience: float = 5) -> Receipt:
            second.append(circuit.is_down)
            with pytest.raises(SmsUnavailable):
                circuit.send(to, text, valid_for)
            return super().send(to, text, valid_for, patience)

    circuit.sender = Trying("carrier")
    circuit.send(TO, TEXT, 600)

    assert second == [True]
    assert not circuit.is_down


@pytest.mark.parametrize("ending", [NumberRefused(), RuntimeError()])
def test_a_try_that_tells_nothing_leaves_the_next_one_free(hand: Hand, ending: Exception) -> None:
    circuit = an_open_one()
    hand.forward(30)

    assert isinstance(circuit.sender, Sender)
    circuit.sender.ending = ending
    with pytest.raises(type(ending)):
        circuit.send(TO, TEXT, 600)

    assert send(circuit)


def test_a_failure_that_began_before_the_rest_does_not_lengthen_it(hand: Hand) -> None:
    circuit = a_circuit()

    class Slow(Sender):
        def send(self, to: str, text: str, valid_for: int, patience: float = 5) -> Receipt:
            circuit.sender = Sender("carrier")
            for _ in range(3):
                send(circuit, SmsUnavailable())
            raise SmsUnknown

    circuit.sender = Slow("carrier")
    with pytest.raises(SmsUnknown):
        circuit.send(TO, TEXT, 600)
    hand.forward(30)

    assert send(circuit)


def test_a_clock_that_was_turned_back_keeps_nothing_shut(hand: Hand) -> None:
    circuit = an_open_one()

    hand.forward(-3600)

    assert send(circuit)


@given(st.lists(st.tuples(st.sampled_from([None, *FAILURES]), st.integers(0, 900))))
def test_it_is_never_shut_for_more_than_ten_minutes(
    story: list[tuple[Exception | None, int]],
) -> None:
    hand = Hand()
    clock.tell_by(lambda: hand.now)
    circuit = a_circuit()

    for ending, seconds in story:
        send(circuit, ending)
        hand.forward(seconds)
    hand.forward(600)

    assert send(circuit)
    assert not circuit.is_down
