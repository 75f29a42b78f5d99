"""What ends comes back: at once after a steady life, ever later when it ends again and again."""

import os
import signal
import time
from functools import partial
from multiprocessing.process import BaseProcess

import pytest
from flask import Flask, has_app_context

from storefront.app import supervisor
from storefront.app.supervisor import Service

SLEEPER = partial(time.sleep, 600)


def test_what_ends_after_a_steady_life_comes_back_at_once() -> None:
    service = dying_at_once()

    service.keep_up(0.0)
    first = ended(service)
    service.keep_up(30.0)

    assert service.process is not None
    assert service.process is not first
    ended(service)


def test_what_ends_again_and_again_comes_back_after_1_2_4_up_to_30_seconds() -> None:
    service, now, pauses = dying_at_once(), 0.0, []

    for _ in range(7):
        service.keep_up(now)
        ended(service)
        service.keep_up(now + 1)
        pauses.append(service.pause)
        service.keep_up(service.due - 0.01)
        assert service.process is None
        now = service.due

    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_a_steady_life_makes_good_for_what_was_before() -> None:
    service = dying_at_once()
    service.pause = 30.0

    service.keep_up(0.0)
    ended(service)
    service.keep_up(40.0)
    ended(service)
    service.keep_up(41.0)

    assert service.pause == 1.0


def test_each_end_is_a_line_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    service = dying_at_once()

    service.keep_up(0.0)
    ended(service)
    service.keep_up(2.0)

    [line] = capsys.readouterr().out.splitlines()
    assert "process_ended" in line
    assert "dying" in line


def test_when_it_is_over_every_process_has_ended() -> None:
    services = [Service("one", SLEEPER), Service("other", SLEEPER)]
    end = time.monotonic() + 1.0

    supervisor.supervise(services, lambda: time.monotonic() > end)

    processes = [service.process for service in services]
    assert [one is not None and one.exitcode for one in processes] == [-15, -15]


def test_a_signal_to_end_reaches_a_process_that_has_only_just_begun() -> None:
    """The supervisor's own handler, which only notes the signal, comes along with the fork."""
    for number in supervisor.ENDS:
        before = signal.signal(number, lambda _number, _frame: None)
        service = Service("sleeping", SLEEPER)
        try:
            service.keep_up(0.0)
            assert service.process is not None
            os.kill(service.process.pid or 0, number)
            assert ended(service).exitcode == -number
        finally:
            signal.signal(number, before)


def test_what_its_parent_ignores_a_process_ignores_too() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    service = Service("nohup", lambda: os._exit(signal.getsignal(signal.SIGHUP) == signal.SIG_IGN))
    try:
        service.keep_up(0.0)
    finally:
        signal.signal(signal.SIGHUP, before)

    assert ended(service).exitcode == 1


def test_the_work_begins_in_a_context_of_its_own(app: Flask) -> None:
    with app.app_context():
        service = Service("asking", lambda: os._exit(has_app_context()))
        service.keep_up(0.0)

    assert ended(service).exitcode == 0


def dying_at_once() -> Service:
    return Service("dying", lambda: os._exit(0))


def ended(service: Service) -> BaseProcess:
    assert service.process is not None
    service.process.join(60)
    return service.process
