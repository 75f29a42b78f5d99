"""The line in which the writers of a process wait for their turn.

Of many that wait for SQLite's own lock each asks again at random moments, and some never win; of
many that wait for one row of PostgreSQL the last outwait their time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Semaphore
from time import monotonic


class WriteQueue:
    """A fair queue of this process's database writers: so many write, the others wait in turn.

    A writer gives up when no other writer has made progress for patience seconds.
    """

    def __init__(self, patience: float, at_once: int = 1) -> None:
        self.patience = patience  # seconds without a move
        # a lock costs less, and those who come are not let in before those who wait
        self._turn = Lock() if at_once == 1 else Semaphore(at_once)
        self._moved = monotonic()

    @contextmanager
    def turn(self) -> Iterator[float]:
        """Wait for a turn and keep it inside the with block.

        Gives the seconds that are left of this writer's patience; raises TimeoutError where no
        writer before it made progress for that long.
        """
        came = monotonic()
        self._wait(came)
        try:
            yield self._left(came)
        finally:
            self._turn.release()

    def moves(self) -> None:
        """A writer at work has made progress: the patience of those who wait begins anew."""
        self._moved = monotonic()

    def _wait(self, came: float) -> None:
        while not self._turn.acquire(timeout=self._left(came)):
            if self._left(came) <= 0:
                raise TimeoutError

    def _left(self, came: float) -> float:
        return max(0, max(came, self._moved) + self.patience - monotonic())
