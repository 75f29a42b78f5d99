"""What every sender promises, and how far a message has come."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import product

import pytest

from storefront.ports.sms import (
    DELIVERY_MOVES,
    Delivery,
    NumberRefused,
    Receipt,
    SenderMisconfigured,
    SmsSender,
    SmsUnavailable,
    SmsUnknown,
    moves_forward,
)
from storefront.sms.circuit_breaker import Circuit
from storefront.sms.failover import Failover
from tests.proofs.fault_proxy import TAKEN, Answer, answers, fails, fake_twilio, hangs
from tests.unit.sms.test_failover import Sender
from tests.unit.sms.test_twilio import sender_at

TO = "+819012345678"
TEXT = "認証番号 4821"

Ending = type[Exception] | None

TWILIO: dict[Ending, Answer] = {
    None: answers(201, TAKEN),
    NumberRefused: fails(400, 21211),
    SmsUnavailable: fails(500, 1),
    SenderMisconfigured: fails(401, 20003),
    SmsUnknown: hangs,
}


@contextmanager
def twilio(ending: Ending) -> Iterator[SmsSender]:
    with fake_twilio(TWILIO[ending]) as server:
        yield sender_at(server.url, waits=(0.3, 0.5))


@contextmanager
def failover(ending: Ending) -> Iterator[SmsSender]:
    yield Failover([Sender("first", ending("reason") if ending else None)])


@contextmanager
def circuit(ending: Ending) -> Iterator[SmsSender]:
    yield Circuit(Sender("circuit", ending("reason") if ending else None))


# A new sender joins with one line: how to make one that ends as asked.
SENDERS: dict[str, Callable[[Ending], AbstractContextManager[SmsSender]]] = {
    "twilio": twilio,
    "failover": failover,
    "circuit": circuit,
}

every_sender = pytest.mark.parametrize("sender", SENDERS)


@every_sender
def test_a_sender_has_a_name(sender: str) -> None:
    with SENDERS[sender](None) as sms:
        assert sms.name == sender


@every_sender
def test_a_taken_text_gives_a_receipt(sender: str) -> None:
    with SENDERS[sender](None) as sms:
        receipt = sms.send(TO, TEXT, 600)

    assert isinstance(receipt, Receipt)
    assert receipt.provider
    assert 0 < len(receipt.reference) <= 64


@every_sender
@pytest.mark.parametrize("ending", [NumberRefused, SmsUnavailable, SmsUnknown])
def test_every_bad_ending_is_one_of_the_ports(sender: str, ending: type[Exception]) -> None:
    with SENDERS[sender](ending) as sms, pytest.raises(ending):
        sms.send(TO, TEXT, 600)


@every_sender
@pytest.mark.parametrize("ending", [NumberRefused, SmsUnavailable, SmsUnknown])
def test_no_ending_names_the_number_or_the_text(sender: str, ending: type[Exception]) -> None:
    with SENDERS[sender](ending) as sms, pytest.raises(ending) as failure:
        sms.send(TO, TEXT, 600)

    assert TO[1:] not in str(failure.value)
    assert "4821" not in str(failure.value)


@every_sender
def test_a_senders_own_mistake_lets_another_try(sender: str) -> None:
    with SENDERS[sender](SenderMisconfigured) as sms, pytest.raises(SmsUnavailable):
        sms.send(TO, TEXT, 600)


ORDER = {"queued": 0, "sent": 1, "delivered": 2, "undelivered": 2}


@pytest.mark.parametrize(("old", "new"), list(product(Delivery, Delivery)))
def test_a_delivery_only_moves_forward(old: Delivery, new: Delivery) -> None:
    assert moves_forward(old, new) == (ORDER[new] > ORDER[old])


def test_every_delivery_has_its_moves() -> None:
    assert set(DELIVERY_MOVES) == set(Delivery)
