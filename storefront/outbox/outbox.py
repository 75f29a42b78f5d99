"""The outbox: rows written with what caused them, claimed by one worker at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from flask import current_app

from storefront.core import clock, request_ids
from storefront.core.extensions import db, transaction, upsert
from storefront.outbox.models import OutboxRow

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 48
LONGEST_WAIT = timedelta(minutes=5)

Handler = Callable[[int], None]


def add(kind: str, about: int, tag: str = "", due_at: datetime | None = None) -> None:
    """Write a row inside the caller's transaction; the same kind, subject and tag is one row.

    It keeps the id of the request that it follows from.
    """
    row = {
        "kind": kind,
        "about": about,
        "dedupe_key": f"{kind}:{about}:{tag}" if tag else f"{kind}:{about}",
        "due_at": due_at or clock.now(),
        "request_id": request_ids.current(),
    }
    db.session.execute(upsert(OutboxRow).values(row).on_conflict_do_nothing())


def wake_worker() -> None:
    """Wake the worker; without it the worker looks by itself within five seconds."""
    current_app.extensions["wake_worker"]()


def still_here() -> None:
    """Let a long task give the worker's sign of life; call it outside of transactions."""
    if beat := current_app.extensions.get("still_here"):
        beat()


def due() -> list[int]:
    """Ids of at most 500 rows to do now, those of a worker that died included."""
    now = clock.now()
    free = sa.or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until < now)
    ready = OutboxRow.done_at.is_(None) & (OutboxRow.due_at <= now)
    query = sa.select(OutboxRow.id).where(ready, free, OutboxRow.gave_up.is_(False))
    return list(db.session.scalars(query.order_by(OutboxRow.due_at).limit(500)))


CLAIMED = (OutboxRow.kind, OutboxRow.about, OutboxRow.attempts, OutboxRow.request_id)


class Claim(NamedTuple):
    """A row that this worker has for the length of a lease; attempt counts from 1."""

    kind: str
    about: int
    attempt: int
    request_id: str | None


def claim(row_id: int) -> Claim | None:
    """None where another worker has the row, it is done, or it is not due."""
    now = clock.now()
    free = sa.or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until < now)
    mine = (OutboxRow.id == row_id) & OutboxRow.done_at.is_(None) & (OutboxRow.due_at <= now)
    take = sa.update(OutboxRow).where(mine, free)
    take = take.values(leased_until=now + LEASE, attempts=OutboxRow.attempts + 1)
    with transaction():
        taken = db.session.execute(take.returning(*CLAIMED)).first()
    return Claim(*taken) if taken else None


def finish(row_id: int) -> None:
    """Mark a row as done."""
    _close(OutboxRow.id == row_id, done_at=clock.now(), leased_until=None)


def postpone(row_id: int, attempt: int) -> None:
    """Put a row off: twice as long each time, five minutes at most, 48 times.

    The last failure marks the row as given up. A row that another worker has claimed since stays as
    it is.
    """
    wait = min(2.0**attempt, LONGEST_WAIT.total_seconds())
    gave_up = attempt >= MOST_ATTEMPTS
    still_mine = (OutboxRow.id == row_id) & (OutboxRow.attempts == attempt)
    due_at = clock.now() + timedelta(seconds=wait)
    _close(still_mine, due_at=due_at, leased_until=None, gave_up=gave_up)


def _close(which: sa.ColumnElement[bool], **values: object) -> None:
    with transaction():
        db.session.execute(sa.update(OutboxRow).where(which).values(**values))
