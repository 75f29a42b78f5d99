"""Texts and mails for programs: what each says, and waiting for what has not come yet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from time import monotonic, sleep
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import abort, current_app, request

from storefront.core.extensions import db
from storefront.sandbox import time
from storefront.sandbox.models import SandboxMail, SandboxText
from storefront.sandbox.phone import origins, phone
from storefront.web.i18n import iso

LONGEST = 30  # seconds, of the host's clock
EVERY = 0.2  # seconds between two looks, one for all that wait in a process
AT_ONCE = 64  # requests of a process that wait; each has a thread beside those of the pages
PLACES = BoundedSemaphore(AT_ONCE)
DIGITS = 9

M = TypeVar("M", SandboxText, SandboxMail)


def texts(messages: list[SandboxText]) -> list[dict[str, Any]]:
    """The texts as JSON has them, with code, links and the checkout that each came of."""
    owners = origins.of_texts(messages)
    return [
        {
            "id": one.id,
            "to": one.to,
            "text": one.text,
            "provider": one.provider,
            "status": phone.status(one),
            "sent_at": iso(one.sent_at),
            "code": phone.code_in(one) or None,
            "links": origins.links_in(one.text),
            "checkout": owners.get(one.id),
        }
        for one in messages
    ]


def mails(messages: list[SandboxMail]) -> list[dict[str, Any]]:
    """The mails as JSON has them, with links and the checkout that each came of."""
    owners = origins.of_mails(messages)
    return [
        {
            "id": one.id,
            "to": one.to,
            "subject": one.subject,
            "text": one.text,
            "html": one.html,
            "sent_at": iso(one.sent_at),
            "code": None,  # no mail of the shop brings one
            "links": origins.links_in(one.text),
            "checkout": owners.get(one.id),
        }
        for one in messages
    ]


def awaited(look: Callable[[], list[M]]) -> list[M]:
    """What look() finds that is newer than the request's `after`, waiting for it up to `wait` s.

    Answers at once where AT_ONCE requests of this process wait already: pages keep their threads.
    """
    after, wait = _asked("after", 10**DIGITS - 1), _asked("wait", LONGEST)
    found, end = _newer(look, after), monotonic() + wait
    if found or not wait:
        return found
    with _place() as may_wait:
        while may_wait and not found and monotonic() < end:
            counts = _arrivals().count()  # before the look: what comes after it is counted anew
            found = _newer(look, after)
            if not found:
                _until_something_came(counts, end)
    return found


def _newer(look: Callable[[], list[M]], after: int) -> list[M]:
    return [one for one in look() if one.id > after]


def _asked(name: str, most: int) -> int:
    """A whole number of the query; 0 where it is not given."""
    typed = request.args.get(name, "0")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= DIGITS and int(typed) <= most):
        abort(400, f"{name}: a whole number from 0 to {most}")
    return int(typed)


@contextmanager
def _place() -> Iterator[bool]:
    """Whether there is room for one more that waits."""
    has_place = PLACES.acquire(blocking=False)
    try:
        yield has_place
    finally:
        if has_place:
            PLACES.release()


def _until_something_came(counts: tuple[int, int], end: float) -> None:
    """Wait with no transaction open, as long as nothing comes and end is not reached."""
    db.session.commit()
    while monotonic() < end and _arrivals().count() == counts:
        sleep(EVERY)
    time.forget()  # the clock may have been moved meanwhile


@dataclass
class Arrivals:
    """How many texts and mails there are by now: counted once for all that wait."""

    turn: Lock = field(default_factory=Lock)
    counted_at: float = 0.0
    counts: tuple[int, int] = (0, 0)

    def count(self) -> tuple[int, int]:
        with self.turn:
            if monotonic() - self.counted_at >= EVERY:
                self.counts, self.counted_at = _count(), monotonic()
            return self.counts


def _count() -> tuple[int, int]:
    time.forget()
    arrived = sa.select(sa.func.count()).where(phone.is_here()).select_from(SandboxText)
    mails = sa.select(sa.func.count()).select_from(SandboxMail)
    with db.engine.connect() as connection:  # not the session's: it may look at an older moment
        both = connection.execute(sa.select(arrived.scalar_subquery(), mails.scalar_subquery()))
        here, in_mailbox = both.one()
    return here or 0, in_mailbox or 0


def _arrivals() -> Arrivals:
    arrivals: Arrivals = current_app.extensions.setdefault("arrivals", Arrivals())
    return arrivals
