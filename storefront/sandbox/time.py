"""The sandbox's clock, which is ahead of the host's by an offset that all processes share."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from flask import g, has_app_context
from sqlalchemy.exc import SQLAlchemyError

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.outbox.models import Heartbeat
from storefront.sandbox.models import SandboxClock

YEAR = timedelta(days=365)
LAST = datetime(2100, 1, 1, tzinfo=UTC)  # far from where dates and calendars end


class OutOfReach(Exception):
    """The clock cannot show that time; the message says why."""


def install() -> None:
    """Have core.clock read this clock."""
    clock.tell_by(_now)


def look() -> None:
    """Read the offset before the session has a connection: nobody keeps one and waits."""
    offset()


def _now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=offset())


def offset() -> float:
    """Seconds that the clock is ahead of the host's, read once in a request or job."""
    if not has_app_context():
        return 0.0
    if "clock_offset" not in g:
        try:
            with db.engine.connect() as connection:  # not the session's: its transaction stays
                g.clock_offset = connection.scalar(sa.select(SandboxClock.offset)) or 0.0
        except SQLAlchemyError:
            g.clock_offset = 0.0  # the log and the error page need a time, and wait no more for it
    return float(g.clock_offset)


def advance(seconds: float) -> None:
    """Move the clock forward by at most a year."""
    refuse_steps_out_of_reach(clock.now(), seconds)
    _move(lambda ahead: ahead + seconds)


def move_to(moment: datetime) -> None:
    """Move the clock to a moment; one within the running second, as it is shown, is now."""
    refuse_moments_out_of_reach(clock.now(), moment)
    wanted = (moment - datetime.now(UTC)).total_seconds()
    _move(lambda ahead: max(ahead, wanted))


def refuse_steps_out_of_reach(now: datetime, seconds: float) -> None:
    """Raises OutOfReach."""
    if not 0 <= seconds <= YEAR.total_seconds():
        raise OutOfReach("advance: seconds from 0 to a year")
    _refuse_beyond_last(now + timedelta(seconds=seconds))


def refuse_moments_out_of_reach(now: datetime, moment: datetime) -> None:
    """Raises OutOfReach."""
    if moment < now.replace(microsecond=0):
        raise OutOfReach("now: the clock does not go backwards")
    _refuse_beyond_last(moment)


def _refuse_beyond_last(moment: datetime) -> None:
    if moment > LAST:
        raise OutOfReach(f"The clock goes no further than {LAST:%Y-%m-%d}")


def _move(where: Callable[[float], float]) -> None:
    """Set the offset by what it is now: two moves at once add up and never turn back."""
    with transaction(of="clock"):
        row = db.session.scalar(sa.select(SandboxClock))
        if row is None:
            row = SandboxClock(id=1, offset=0.0)
            db.session.add(row)
        before = row.offset
        row.offset = where(before)
        _move_heartbeats(row.offset - before)
    forget()


def _move_heartbeats(seconds: float) -> None:
    """A sign of life stays as old as it was: nobody died by our moving the clock."""
    for beat in db.session.scalars(sa.select(Heartbeat)):
        beat.at += timedelta(seconds=seconds)


def turn_back() -> None:
    """Show the host's time again, inside the caller's transaction; call forget() once it is
    committed."""
    row = db.session.scalar(sa.select(SandboxClock).with_for_update())
    if row is not None:
        _move_heartbeats(-row.offset)
        db.session.delete(row)
        db.session.flush()


def forget() -> None:
    """Read the offset anew, because it was changed in this request."""
    g.pop("clock_offset", None)
