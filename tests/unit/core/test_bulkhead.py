"""Places for calls to one provider."""

import threading
import time

import pytest

from storefront.app.web_server import THREADS
from storefront.core import polling
from storefront.core.bulkhead import LIVELY, Bulkhead, Full
from storefront.providers.yamato.protocol import transport
from storefront.sms import failover
from tests.at_once import at_once

PATIENCE = 30.0  # seconds, never waited for


def test_all_that_may_wait_together_leave_threads_for_pages() -> None:
    assert failover.AT_ONCE + transport.AT_ONCE + polling.AT_ONCE <= THREADS - 8


def test_who_finds_every_place_hanging_is_told_so_at_once() -> None:
    bulkhead = Bulkhead(2)
    for _ in range(2):
        bulkhead.enter(PATIENCE)
    time.sleep(LIVELY)  # nothing comes to an end meanwhile

    start = time.monotonic()
    for _ in range(20):
        with pytest.raises(Full):
            bulkhead.enter(PATIENCE)

    assert time.monotonic() - start < 10 * LIVELY  # twenty waits would take twice that


def test_nobody_waits_longer_for_a_place_than_they_have() -> None:
    bulkhead = Bulkhead(1)
    bulkhead.enter(PATIENCE)

    with pytest.raises(Full):
        bulkhead.enter(0)


def test_a_burst_waits_its_turn_while_calls_come_to_an_end() -> None:
    bulkhead, inside, most = Bulkhead(2), 0, 0
    turn = threading.Lock()

    def call() -> bool:
        nonlocal inside, most
        bulkhead.enter(PATIENCE)
        with turn:
            inside += 1
            most = max(most, inside)
        time.sleep(0.01)  # as a provider takes
        with turn:
            inside -= 1
        bulkhead.leave()
        return True

    assert at_once([call] * 24) == [True] * 24
    assert most <= 2


def test_a_place_that_is_given_back_is_free_again() -> None:
    bulkhead = Bulkhead(1)
    for _ in range(3):
        bulkhead.enter(PATIENCE)
        bulkhead.leave()

    assert bulkhead.free == 1
