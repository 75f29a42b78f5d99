"""Who takes a text when the first sender cannot."""

import pytest
from structlog.testing import capture_logs

from storefront.sms import (
    NumberRefused,
    Receipt,
    SenderMisconfigured,
    SmsUnavailable,
    SmsUnknown,
)
from storefront.sms.failover import Failover

TO = "+819012345678"
TEXT = "認証番号 4821"


class Sender:
    """Ends each call as it was told to, and remembers the calls."""

    def __init__(self, name: str, ending: Exception | None = None) -> None:
        self.name = name
        self.ending = ending
        self.asked: list[tuple[str, str, int]] = []

    def send(self, to: str, text: str, valid_for: int) -> Receipt:
        self.asked.append((to, text, valid_for))
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
