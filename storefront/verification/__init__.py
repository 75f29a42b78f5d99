"""Proving a phone by a code: what a code is, and who makes it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

DIGITS = 4
LIFETIME = timedelta(seconds=600)  # NIST SP 800-63B-4 §3.1.3.2: at most ten minutes
TRIES = 3


@dataclass(frozen=True)
class CodePlan:
    """A code as text, since 0042 is not 42, how long it lives and how many wrong ones it bears."""

    code: str
    lifetime: timedelta = LIFETIME
    tries: int = TRIES


class CodeSource(Protocol):
    def plan(self, phone: str) -> CodePlan:
        """A new code for a phone in national digits."""

    def may_pass(self, phone: str) -> bool:
        """False where no code is ever right, as for one number of the sandbox."""
