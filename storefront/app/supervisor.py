"""Keeps processes running: one that ends comes back, until all are told to end.

Of our own, as the libraries for it bring a daemon with settings and a protocol of its own
(supervisor, circus) or end everything with the first death (honcho); systemd is not everywhere.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

import structlog

from storefront.core import process

STEADY = 30.0  # seconds of life after which an end is an accident: it comes back at once
ENDS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
FORK = multiprocessing.get_context("fork")
LONGEST = 30.0  # seconds between two starts of what ends again and again
LOOK = 0.1  # seconds between two looks
PATIENCE = (5.0, 3.0)  # seconds for all to end: after being told, and after being told again

log = structlog.get_logger()


@dataclass
class Service:
    """Work that is kept going, in a process that is forked for it: what was loaded is there."""

    name: str
    work: Callable[[], object]
    process: BaseProcess | None = None
    began: float = 0.0
    pause: float = 0.0  # seconds from the last end to the next start
    due: float = 0.0

    @property
    def is_up(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def keep_up(self, now: float) -> None:
        """Start the process when it is due; now is in seconds of a monotonic clock."""
        if self.is_up:
            return
        if self.process is not None:
            self._note_end(self.process.exitcode, now)
        if now >= self.due:
            self.process = FORK.Process(target=self._begin, args=(os.getpid(),))
            before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)  # none is lost in between
            self.process.start()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            self.began = now

    def _begin(self, supervisor: int) -> None:
        """Work in a context of its own, and end as any process does: the supervisor's handlers came
        along with the fork."""
        for number in ENDS:
            if signal.getsignal(number) != signal.SIG_IGN:  # as nohup would have it
                signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
        process.be_named(f"shop {self.name}")
        process.end_with(supervisor)
        Context().run(self.work)

    def _note_end(self, code: int | None, now: float) -> None:
        is_steady = now - self.began >= STEADY
        self.pause = 0.0 if is_steady else min(LONGEST, max(1.0, self.pause * 2))
        self.due = now + self.pause
        self.process = None
        log.warning("process_ended", process=self.name, exit_code=code, again_in_seconds=self.pause)


def supervise(
    services: list[Service],
    is_over: Callable[[], bool],
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Keep the services running until is_over; returns when every process has ended."""
    try:
        while not is_over():
            for service in services:
                service.keep_up(clock())
            time.sleep(LOOK)
    finally:
        _end(services)


def _end(services: list[Service]) -> None:
    """Signal twice: granian may miss a signal while one of its processes ends."""
    for patience in PATIENCE:
        for service in services:
            if service.process and service.is_up:
                service.process.terminate()
        _wait(services, patience)
    for service in services:
        if service.process and service.is_up:
            service.process.kill()
            service.process.join()


def _wait(services: list[Service], patience: float) -> None:
    end = time.monotonic() + patience
    while any(service.is_up for service in services) and time.monotonic() < end:
        time.sleep(LOOK)
