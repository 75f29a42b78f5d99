"""How often something may be done: hits in rolling windows, counted over whoever asks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from storefront.core import clock, phones
from storefront.core.encryption import Vault
from storefront.core.extensions import db
from storefront.ports.codes import SENDS, USUAL, CodeRules
from storefront.verification import rate_limit_slots
from storefront.verification.models import LimitSlot
from storefront.verification.rate_limit_slots import Hit

TEN_MINUTES = timedelta(minutes=10)
DAY = timedelta(hours=24)
KEPT = timedelta(hours=48)
UNCAPPED_WHEN_RELAXED = ("0900000", "0700", "0800")  # numbers that belong to no one
SHOP = "shop"


@dataclass(frozen=True)
class RateLimit:
    """At most this many hits in any window of that length, counted for one kind of subject."""

    over: str
    most: int
    window: timedelta

    @property
    def minutes(self) -> int:
        return int(self.window.total_seconds() // 60)


TEXTS = (
    RateLimit("checkout", SENDS, DAY),  # or as the method has it
    RateLimit("phone", 3, TEN_MINUTES),
    RateLimit("phone", 5, DAY),
    RateLimit("ip", 5, TEN_MINUTES),
    RateLimit("ip", 20, DAY),
    RateLimit("prefix", 5, TEN_MINUTES),
    RateLimit("prefix", 20, DAY),
)


@dataclass(frozen=True)
class Budget:
    """How many texts the whole shop may send, as the owner has set it."""

    in_ten_minutes: int = 30
    in_a_day: int = 300  # 3,000 yen at 10 yen a text


SESSION_PHONES = RateLimit("session", 3, DAY)
GUESSES = (
    RateLimit("checkout", 5, DAY),
    RateLimit("phone", 9, DAY),
    RateLimit("session", 9, DAY),
    RateLimit("ip", 9, DAY),
)
ALWAYS = {"checkout", "phone"}  # what LIMITS=relaxed leaves in force


@dataclass(frozen=True)
class Requester:
    """Who asks for a text or types a code, and which rules of the method hold.

    Values are raw here; the database holds keyed digests of them. ip is that of client_address().
    """

    checkout: str
    phone: str
    session: str
    ip: str
    rules: CodeRules = USUAL
    budget: Budget = Budget()

    def subjects(self, over: str) -> tuple[str, ...]:
        """Digests of the value that a cap counts over, under each CODE_KEY in use."""
        values = {
            "checkout": self.checkout,
            "phone": self.phone,
            "session": self.session,
            "ip": self.ip,
            "prefix": phones.prefix(self.phone),
            SHOP: SHOP,
        }
        return code_vault().digests("limit", over, values[over])


def code_vault() -> Vault:
    vault: Vault = current_app.extensions["code_vault"]
    return vault


def spend_text(requester: Requester, used_by: str) -> bool:
    """Count one text against every cap in force, inside the caller's transaction.

    Returns False where a cap is used up; then nothing was counted.
    """
    phone, *formerly = code_vault().digests("phone", requester.phone)
    places = hits("phones", [SESSION_PHONES], requester, phone, keeps_place=True)
    places = [replace(place, formerly=tuple(formerly)) for place in places]
    return rate_limit_slots.reserve([*places, *hits("text", _texts(requester), requester, used_by)])


def spend_guess(requester: Requester, used_by: str) -> bool:
    """Count one typed code against every cap in force, inside the caller's transaction.

    Returns False where a cap is used up; then nothing was counted.
    """
    return rate_limit_slots.reserve(hits("guess", GUESSES, requester, used_by))


def give_back(action: str, used_by: str) -> None:
    """Delete all hits of an action that used_by has made; nobody else's change."""
    mine = (LimitSlot.used_by == used_by) & LimitSlot.scope.startswith(f"{action}:")
    db.session.execute(sa.delete(LimitSlot).where(mine))


def give_last_back(action: str, used_by: str) -> None:
    """Delete the newest use that used_by has made of an action; the caller's transaction."""
    mine = (LimitSlot.used_by == used_by) & LimitSlot.scope.startswith(f"{action}:")
    last = sa.select(sa.func.max(LimitSlot.used_at)).where(mine).scalar_subquery()
    db.session.execute(sa.delete(LimitSlot).where(mine, LimitSlot.used_at == last))


def left(requester: Requester) -> int:
    """How many guesses every cap in force still allows this requester."""
    return rate_limit_slots.left(hits("guess", GUESSES, requester))


def texts_left(requester: Requester) -> int:
    """How many texts every cap in force still allows."""
    return rate_limit_slots.left(hits("text", _texts(requester), requester))


def _texts(requester: Requester) -> list[RateLimit]:
    """The caps on texts: the owner sets those of a checkout and the shop; others are fixed."""
    sends, budget = requester.rules.sends, requester.budget
    caps = [replace(cap, most=sends) if cap.over == "checkout" else cap for cap in TEXTS]
    caps.append(RateLimit(SHOP, budget.in_ten_minutes, TEN_MINUTES))
    return [*caps, RateLimit(SHOP, budget.in_a_day, DAY)]


def purge() -> None:
    """Delete hits older than 48 hours; slots that last end by the rules that reserved them."""
    old = LimitSlot.used_at < clock.now() - KEPT
    of_windows = ~LimitSlot.scope.startswith(rate_limit_slots.LASTING)
    db.session.execute(sa.delete(LimitSlot).where(old, of_windows))


def _relaxed() -> bool:
    return bool(current_app.config["SETTINGS"].limits == "relaxed")


def _in_force(caps: Iterable[RateLimit], requester: Requester) -> list[RateLimit]:
    if not _relaxed():
        return list(caps)
    free = requester.phone.startswith(UNCAPPED_WHEN_RELAXED)
    return [cap for cap in caps if cap.over in ALWAYS and not (free and cap.over == "phone")]


def hits(
    action: str,
    caps: Iterable[RateLimit],
    requester: Requester,
    used_by: str = "",
    keeps_place: bool = False,
) -> list[Hit]:
    """One hit for each limit that is in force, for the slots that an action would reserve."""
    return [
        Hit(
            f"{action}:{cap.over}:{cap.minutes}",
            requester.subjects(cap.over),
            cap.most,
            cap.window,
            used_by,
            keeps_place,
        )
        for cap in _in_force(caps, requester)
    ]
