"""Outside things a test can look into: a sender, a source of codes and a clock."""

import contextvars
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from flask import Flask

from storefront.core import clock
from storefront.ports.codes import LIFETIME, CodePlan
from storefront.ports.registry import Providers
from storefront.ports.sms import PATIENCE, Receipt
from storefront.verification.sending import CodeRequest


@dataclass
class Pocket:
    """A sender that keeps its texts in memory, or fails as the test says."""

    texts: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    seconds: list[int] = field(default_factory=list)
    fails_with: Exception | None = None
    is_down: bool = False
    name = "pocket"

    def send(self, to: str, text: str, valid_for: int, patience: float = PATIENCE) -> Receipt:
        if self.fails_with:
            raise self.fails_with
        self.texts.append(text)
        self.numbers.append(to)
        self.seconds.append(valid_for)
        return Receipt(self.name, f"P{len(self.texts)}")


@dataclass
class KnownCodes:
    """The codes 1001, 1002 and so on; meanwhile is what happens while one is compared."""

    lifetime: timedelta = LIFETIME
    tries: int | None = None
    made: int = 0
    meanwhile: Callable[[], object] = lambda: None

    def plan(self, phone: str) -> CodePlan:
        self.made += 1
        return CodePlan(str(1000 + self.made), self.lifetime, self.tries)

    def may_pass(self, phone: str) -> bool:
        self.meanwhile()
        return True


@dataclass
class StillClock:
    """A clock that moves only when it is told to."""

    now: datetime = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)

    def start(self) -> None:
        clock.tell_by(lambda: self.now)

    def forward(self, time: timedelta | float) -> None:
        self.now += time if isinstance(time, timedelta) else timedelta(seconds=time)


def use(app: Flask, **changes: object) -> None:
    """Let the shop work with other providers than those of the sandbox."""
    known: Providers = app.extensions["providers"]
    app.extensions["providers"] = replace(known, **changes)  # type: ignore[arg-type]


def elsewhere(app: Flask, what: Callable[[], object]) -> None:
    """Do something as another request would: with a database session of its own."""

    def run() -> None:
        with app.app_context():
            what()

    contextvars.Context().run(run)


def asked(press: str = "press-1", **changes: str) -> CodeRequest:
    fields = {
        "method": "kuroneko_smartphone",
        "offer_fingerprint": "offer-1",
        "idempotency_key": press,
    }
    return CodeRequest(compose=lambda code: f"#{code}", **{**fields, **changes})
