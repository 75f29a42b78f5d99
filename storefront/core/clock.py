"""What time it is for the shop: the only source of time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

JAPAN = timezone(timedelta(hours=9), "JST")


def _host_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _host_time


def now() -> datetime:
    """The present moment in UTC; the sandbox can move it."""
    return _source()


def today() -> date:
    """The calendar day in Japan, where the shop is and its parcels go."""
    return now().astimezone(JAPAN).date()


def tell_by(source: Callable[[], datetime] | None = None) -> None:
    """Read the time from another source; without one from the host again."""
    global _source
    _source = source or _host_time
