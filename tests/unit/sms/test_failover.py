"""Who takes a text when the first sender cannot."""

import threading
from time import monotonic

import pytest
from structlog.testing import capture_logs

from storefront.app.web_server import THREADS
from storefront.ports.sms import (
    PATIENCE,
    NumberRefused,
    Receipt,
    SenderMisconfigured,
    SmsUnavailable,
    SmsUnknown,
)
from storefront.sms.failover import ALTOGETHER, AT_ONCE, Failover
from tests.at_once import at_once
from tests.proofs.fault_proxy import fake_twilio, hangs
from tests.unit.sms.test_twilio import sender_at

TO = "+819012345678"
TEXT = "認証番号 4821"


class Sender:
    """Ends each call as it was told to, and remembers the calls."""

    def __init__(self, name: str, ending: Exception | None = None, is_down: bool = False) -> None:
        self.name = name
        self.ending = ending
        self.is_down = is_down
        self.asked: list[tuple[str, str, int]] = []
        self.patience: list[float] = []

    def send(self, to: str, text: str, valid_for: int, patience: float = PATIENCE) -> Receipt:
        self.asked.append((to, text, valid_for))
        self.patience.append(patience)
        if self.ending:
            raise self.ending
        return Receipt(self.name, "1")


def send(*senders: Sender) -> Receipt:
    return Failover(senders).send(TO, TEXT, 600)


def test_the_first_sender_that_takes_the_text_is_the_last_one_asked() -> None:
    first, second = Sender("first"), Sender("second")

    assert send(first, second) == Receipt("first", "1")

    assert first.asked == [(TO, TEXT, 600)]
    assert second.asked == []


@pytest.mark.parametrize("ending", [SmsUnavailable(), SenderMisconfigured(), SmsUnknown()])
def test_the_next_sender_gets_the_same_text(ending: Exception) -> None:
    first, second = Sender("first", ending), Sender("second")

    assert send(first, second) == Receipt("second", "1")

    assert first.asked == second.asked == [(TO, TEXT, 600)]


def test_a_refused_number_is_not_tried_elsewhere() -> None:
    first, second = Sender("first", NumberRefused()), Sender("second")

    with pytest.raises(NumberRefused):
        send(first, second)

    assert second.asked == []


def test_a_number_is_refused_even_after_another_sender_was_down() -> None:
    with pytest.raises(NumberRefused):
        send(Sender("first", SmsUnavailable()), Sender("second", NumberRefused()))


@pytest.mark.parametrize("ending", [SmsUnavailable(), SmsUnknown(), NumberRefused()])
def test_a_text_that_may_arrive_is_never_called_failed(ending: Exception) -> None:
    with pytest.raises(SmsUnknown):
        send(Sender("first", SmsUnknown()), Sender("second", ending))


def test_an_unknown_ending_after_an_outage_is_unknown() -> None:
    with pytest.raises(SmsUnknown):
        send(Sender("first", SmsUnavailable()), Sender("second", SmsUnknown()))


@pytest.mark.parametrize(
    ("waits", "shortest"), [([None, None], None), ([60, None, 5], 5), ([0, 60], 0), ([], None)]
)
def test_the_shortest_wait_is_told(waits: list[int | None], shortest: int | None) -> None:
    senders = [Sender("down", SmsUnavailable(retry_after=wait)) for wait in waits]

    with pytest.raises(SmsUnavailable) as failure:
        send(*senders)

    assert failure.value.retry_after == shortest


@pytest.mark.parametrize(
    ("ending", "level"),
    [(SmsUnavailable(), "warning"), (SmsUnknown(), "warning"), (SenderMisconfigured(), "error")],
)
def test_the_log_names_the_provider_and_nobody_else(ending: Exception, level: str) -> None:
    ending.args = (f"{TO} {TEXT}",)

    with capture_logs() as logs:
        send(Sender("first", ending), Sender("second"))

    assert [(line["provider"], line["log_level"]) for line in logs] == [("first", level)]
    assert TO not in str(logs)
    assert "4821" not in str(logs)


def test_one_sender_gets_five_seconds_and_all_of_them_less_than_the_eight_promised() -> None:
    assert PATIENCE == 5
    assert PATIENCE < ALTOGETHER < 8


def test_a_sender_gets_no_more_than_its_own_time() -> None:
    first = Sender("first")

    send(first)

    assert first.patience == [PATIENCE]


def test_hanging_senders_share_one_time() -> None:
    with fake_twilio(hangs) as twilio:
        senders = [sender_at(twilio.url, waits=(0.5, seconds)) for seconds in (0.5, 9, 9)]
        start = monotonic()
        with pytest.raises(SmsUnknown):
            Failover(senders).send(TO, TEXT, 600, patience=2)

    assert 2 <= monotonic() - start < 9
    assert len(twilio.asked) == 2  # no time was left for the third


class Gate(Sender):
    """Holds every text until it is opened."""

    def __init__(self) -> None:
        super().__init__("gate")
        self.opened = threading.Event()
        self.is_full = threading.Semaphore(0)

    def send(self, to: str, text: str, valid_for: int, patience: float = PATIENCE) -> Receipt:
        self.is_full.release()
        assert self.opened.wait(10)
        return super().send(to, text, valid_for, patience)


def test_hanging_texts_leave_threads_for_others() -> None:
    gate = Gate()
    failover = Failover([gate])

    def one_too_many() -> None:
        for _ in range(AT_ONCE):
            assert gate.is_full.acquire(timeout=10)
        try:
            with pytest.raises(SmsUnavailable):
                failover.send(TO, TEXT, 600)
        finally:
            gate.opened.set()

    at_once([*[lambda: failover.send(TO, TEXT, 600) and None] * AT_ONCE, one_too_many])

    assert len(gate.asked) == AT_ONCE < THREADS
    assert failover.send(TO, TEXT, 600) == Receipt("gate", "1")


@pytest.mark.parametrize(
    ("down", "is_down"), [([True, True], True), ([True, False], False), ([False], False)]
)
def test_texts_are_down_when_every_sender_is(down: list[bool], is_down: bool) -> None:
    assert Failover([Sender("one", is_down=one) for one in down]).is_down is is_down
