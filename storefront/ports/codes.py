"""Proving a phone by a code: what a code is, and who makes it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

DIGITS = 4
LIFETIME = timedelta(seconds=600)  # NIST SP 800-63B-4 §3.1.3.2: at most ten minutes
TRIES = 3
SENDS = 3  # texts in one checkout, the first one counted
WAIT = 30  # seconds before the second text


@dataclass(frozen=True)
class CodeRules:
    """What the owner has set for the shop's own codes of one payment method."""

    tries: int = TRIES
    sends: int = SENDS
    wait: timedelta = timedelta(seconds=WAIT)

    def wait_after(self, texts: int) -> timedelta:
        """From one text to the next; from the second one on it is twice as long."""
        return self.wait if texts <= 1 else 2 * self.wait


USUAL = CodeRules()


@dataclass(frozen=True)
class CodePlan:
    """A code as text, since 0042 is not 42, how long it lives and how many wrong ones it bears.

    Where it says nothing of tries, the owner's rules do.
    """

    code: str
    lifetime: timedelta = LIFETIME
    tries: int | None = None


class CodeSource(Protocol):
    def plan(self, phone: str) -> CodePlan:
        """A new code for a phone in national digits."""

    def may_pass(self, phone: str) -> bool:
        """False where no code is ever right, as for one number of the sandbox."""
