"""Which days a report is about, as its address says."""

from collections.abc import Mapping
from datetime import date, timedelta

from storefront.core import clock
from storefront.core.calendar import Span, first_of_month
from storefront.core.japanese import half_width

USUAL, MOST = 30, 400  # days
EARLIEST = date(2000, 1, 1)  # no shop has figures of days before it


def span_of(args: Mapping[str, str]) -> Span:
    """The last thirty days where nothing good is asked for; never more than a year and a bit."""
    today = clock.today()
    last = min(day_of(args.get("to", "")) or today, today)
    first = day_of(args.get("from", "")) or last - timedelta(days=USUAL - 1)
    if first > last:
        first, last = last, first
    return Span(max(first, last - timedelta(days=MOST)), last)


def month_of(args: Mapping[str, str]) -> date:
    """The first day of the month that is asked for; of the last whole one where none is."""
    asked = day_of(f"{args.get('month', '')}-01")
    this = first_of_month(clock.today())
    return asked if asked and asked <= this else first_of_month(this - timedelta(days=1))


def months_back(count: int) -> list[str]:
    """This month and those before it, as an address names them."""
    found, month = [], first_of_month(clock.today())
    for _ in range(count):
        found.append(f"{month:%Y-%m}")
        month = first_of_month(month - timedelta(days=1))
    return found


def day_of(text: str) -> date | None:
    """A date from an address; None for what is none."""
    try:
        return max(date.fromisoformat(half_width(text)), EARLIEST)
    except ValueError:
        return None
