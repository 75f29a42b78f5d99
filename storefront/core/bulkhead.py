"""How many calls may wait for one provider, so that threads are left for everything else."""

from threading import Condition
from time import monotonic

LIVELY = 0.5  # seconds from the end of a call in which another is worth waiting for


class Full(Exception):
    """All places are taken by calls without an answer; go on without this provider."""


class Bulkhead:
    """Limits how many calls of a process wait for one provider.

    While calls come to an end, further ones wait for a place; once none has ended for half a
    second, they are refused at once.
    """

    def __init__(self, places: int) -> None:
        self.places = self.free = places
        self.lively_at = 0.0
        self.turn = Condition()

    def enter(self, patience: float) -> None:
        """Take a place within so many seconds, to be given back by leave(); raises Full."""
        end = monotonic() + patience
        with self.turn:
            if self.free == self.places:
                self.lively_at = monotonic()  # nothing is asked, so nothing hangs yet
            while not self.free:
                left = min(end, self.lively_at + LIVELY) - monotonic()
                if left <= 0:
                    raise Full
                self.turn.wait(left)
            self.free -= 1

    def leave(self) -> None:
        with self.turn:
            self.free += 1
            self.lively_at = monotonic()
            self.turn.notify()
