"""Whoever makes and judges a code: the port, and the shop's own codes behind it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from storefront.ports.codes import LIFETIME
from storefront.verification import code_check, sending
from storefront.verification.code_check import CodeCheckResult
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester
from storefront.verification.sending import CodeRequest, Compose


class Verifier(Protocol):
    """For one checkout's offer; the screen never assumes what is not said here."""

    @property
    def lifetime(self) -> timedelta: ...

    def issue(self, asked: CodeRequest, requester: Requester) -> Challenge:
        """Ask once a press; the challenge says what became of it."""

    def judge(self, challenge: Challenge, typed: str, requester: Requester) -> CodeCheckResult: ...

    def resend(self, challenge: Challenge, requester: Requester) -> None:
        """Raises TooEarly, NoTextsLeft or SmsUnavailable; all leave a running code good."""

    def ask_again(self, challenge: Challenge) -> None:
        """Learn what became of a request whose outcome is unknown, where anybody can be asked."""


@dataclass(frozen=True)
class OwnCodes:
    compose: Compose
    lifetime: timedelta = LIFETIME

    def issue(self, asked: CodeRequest, requester: Requester) -> Challenge:
        return sending.issue(asked, requester)

    def judge(self, challenge: Challenge, typed: str, requester: Requester) -> CodeCheckResult:
        return code_check.judge(challenge, typed, requester)

    def resend(self, challenge: Challenge, requester: Requester) -> None:
        sending.resend(challenge, requester, self.compose)

    def ask_again(self, challenge: Challenge) -> None:
        """No sender of texts can be asked afterwards."""
