"""How often codes may be sent and guessed: the table of verification.md §3."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from storefront import clock, phones
from storefront.encryption import Vault
from storefront.extensions import db
from storefront.verification.models import LimitSlot

TEN_MINUTES = timedelta(minutes=10)
DAY = timedelta(hours=24)
KEPT = timedelta(hours=48)
WAITS = (timedelta(seconds=30), timedelta(seconds=60))  # before the second and the third text
UNCAPPED_WHEN_RELAXED = "0900000"  # numbers that belong to no one
SHOP = "shop"


@dataclass(frozen=True)
class Cap:
    """At most so many uses in any window of that length, counted over one kind of subject."""

    over: str
    most: int
    window: timedelta

    @property
    def minutes(self) -> int:
        return int(self.window.total_seconds() // 60)


TEXTS = (
    Cap("checkout", 3, DAY),
    Cap("phone", 3, TEN_MINUTES),
    Cap("phone", 5, DAY),
    Cap("ip", 5, TEN_MINUTES),
    Cap("ip", 20, DAY),
    Cap("prefix", 5, TEN_MINUTES),
    Cap("prefix", 20, DAY),
    Cap(SHOP, 30, TEN_MINUTES),
    Cap(SHOP, 300, DAY),  # 3,000 yen a day at 10 yen a text
)
SESSION_PHONES = Cap("session", 3, DAY)
GUESSES = (
    Cap("checkout", 5, DAY),
    Cap("phone", 9, DAY),
    Cap("session", 9, DAY),
    Cap("ip", 9, DAY),
)
ALWAYS = {"checkout", "phone"}  # what LIMITS=relaxed leaves in force


@dataclass(frozen=True)
class Asker:
    """Who asks for a text or guesses: raw values here, keyed digests in the database."""

    checkout: str
    phone: str
    session: str
    ip: str

    def subject(self, over: str) -> str:
        values = {
            "checkout": self.checkout,
            "phone": self.phone,
            "session": self.session,
            "ip": _source(self.ip),
            "prefix": phones.prefix(self.phone),
            SHOP: SHOP,
        }
        return code_vault().mark("limit", over, values[over])


def code_vault() -> Vault:
    vault: Vault = current_app.extensions["code_vault"]
    return vault


def spend_text(asker: Asker, used_by: str) -> bool:
    """Count one text against every cap, inside the caller's transaction; False spends nothing."""
    with db.session.begin_nested() as savepoint:
        if (_relaxed() or _spend_phone(asker)) and _spend("text", TEXTS, asker, used_by):
            return True
        savepoint.rollback()
    return False


def spend_guess(asker: Asker, used_by: str) -> bool:
    """Count one guess against every cap, inside the caller's transaction; False means refuse."""
    return _spend("guess", GUESSES, asker, used_by)


def give_back_guesses(challenge_id: str) -> None:
    """A completed challenge's own wrong guesses count no longer; nobody else's are touched."""
    mine = (LimitSlot.used_by == challenge_id) & LimitSlot.scope.startswith("guess")
    db.session.execute(sa.delete(LimitSlot).where(mine))


def left(asker: Asker) -> int:
    """How many guesses every cap in force still allows this asker."""
    return min(cap.most - _used("guess", cap, asker) for cap in _in_force(GUESSES, asker))


def texts_left(asker: Asker) -> int:
    return min(cap.most - _used("text", cap, asker) for cap in _in_force(TEXTS, asker))


def purge() -> None:
    db.session.execute(sa.delete(LimitSlot).where(LimitSlot.used_at < clock.now() - KEPT))


def _relaxed() -> bool:
    return bool(current_app.config["SETTINGS"].limits == "relaxed")


def _in_force(caps: Iterable[Cap], asker: Asker) -> list[Cap]:
    if not _relaxed():
        return list(caps)
    free = asker.phone.startswith(UNCAPPED_WHEN_RELAXED)
    return [cap for cap in caps if cap.over in ALWAYS and not (free and cap.over == "phone")]


def _spend(action: str, caps: Iterable[Cap], asker: Asker, used_by: str) -> bool:
    with db.session.begin_nested() as savepoint:
        for cap in _in_force(caps, asker):
            if not _take_slot(_scope(action, cap), cap, asker.subject(cap.over), used_by):
                savepoint.rollback()
                return False
    return True


def _spend_phone(asker: Asker) -> bool:
    """A session may text few phones; one it texted in the window keeps its place from now on."""
    cap, phone = SESSION_PHONES, code_vault().mark("phone", asker.phone)
    scope, subject = _scope("phones", cap), asker.subject(cap.over)
    live = LimitSlot.used_at > clock.now() - cap.window
    mine = (LimitSlot.scope == scope) & (LimitSlot.subject == subject)
    known = sa.update(LimitSlot).where(mine, live, LimitSlot.used_by == phone)
    known = known.values(used_at=clock.now())
    if db.session.scalar(known.returning(LimitSlot.number)) is not None:
        return True
    return _take_slot(scope, cap, subject, phone)


def _scope(action: str, cap: Cap) -> str:
    return f"{action}:{cap.over}:{cap.minutes}"


def _take_slot(scope: str, cap: Cap, subject: str, used_by: str) -> bool:
    """Claim a use that the window has passed, or a number below the cap that was never used."""
    now = clock.now()
    mine = (LimitSlot.scope == scope) & (LimitSlot.subject == subject)
    free = LimitSlot.used_at <= now - cap.window
    oldest = sa.select(sa.func.min(LimitSlot.number)).where(mine, free).scalar_subquery()
    claim = sa.update(LimitSlot).where(mine, free, LimitSlot.number == oldest)
    claim = claim.values(used_at=now, used_by=used_by)
    if db.session.scalar(claim.returning(LimitSlot.number)) is not None:
        return True
    numbers = set(db.session.scalars(sa.select(LimitSlot.number).where(mine)))
    unused = next((number for number in range(cap.most) if number not in numbers), None)
    if unused is None:
        return False
    slot = {"scope": scope, "subject": subject, "number": unused}
    db.session.execute(sa.insert(LimitSlot).values(**slot, used_at=now, used_by=used_by))
    return True


def _used(action: str, cap: Cap, asker: Asker) -> int:
    mine = (LimitSlot.scope == _scope(action, cap)) & (LimitSlot.subject == asker.subject(cap.over))
    live = LimitSlot.used_at > clock.now() - cap.window
    return (
        db.session.scalar(sa.select(sa.func.count()).select_from(LimitSlot).where(mine, live)) or 0
    )


def _source(ip: str) -> str:
    """An IPv6 host commands its whole /64, so that is what is counted."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else address)
