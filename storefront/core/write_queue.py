"""The line in which the writers of a process wait for their turn.

Of many that wait for SQLite's own lock each asks again at random moments, and some never win.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic


class Line:
    """One writer at a time; whoever waits does so for as long as the line moves."""

    def __init__(self, patience: float) -> None:
        self.patience = patience  # seconds without a move
        self._turn = Lock()
        self._moved = monotonic()

    @contextmanager
    def turn(self) -> Iterator[float]:
        """Gives the seconds left to get on; raises TimeoutError when nobody did for too long."""
        came = monotonic()
        self._wait(came)
        try:
            yield self._left(came)
        finally:
            self._turn.release()

    def moves(self) -> None:
        """The one whose turn it is got on: those behind it may hope."""
        self._moved = monotonic()

    def _wait(self, came: float) -> None:
        while not self._turn.acquire(timeout=self._left(came)):
            if self._left(came) <= 0:
                raise TimeoutError

    def _left(self, came: float) -> float:
        return max(0, max(came, self._moved) + self.patience - monotonic())
