"""Days and months of Japan: spans of them, and how the database tells them from moments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from storefront.core import clock

DAY = timedelta(days=1)


class japan_day(FunctionElement[date]):  # read as a function of SQL
    """The calendar day in Japan of a column of moments."""

    type = sa.Date()
    inherit_cache = True


class japan_month(FunctionElement[str]):
    """The calendar month in Japan of a column of moments, such as 2026-11."""

    type = sa.String()
    inherit_cache = True


@compiles(japan_day, "sqlite")
def _day_of_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    return f"date({_second(element, compiler, **how)}, '+9 hours')"


@compiles(japan_day, "postgresql")
def _day_of_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **how)} + INTERVAL '9 hours' AS DATE)"


@compiles(japan_month, "sqlite")
def _month_of_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    return f"strftime('%Y-%m', {_second(element, compiler, **how)}, '+9 hours')"


def _second(element: Any, compiler: Any, **how: Any) -> str:
    """The moment cut to seconds: SQLite would round milliseconds, perhaps into the next day."""
    return f"substr({compiler.process(element.clauses, **how)}, 1, 19)"


@compiles(japan_month, "postgresql")
def _month_of_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    moment = compiler.process(element.clauses, **how)
    return f"to_char({moment} + INTERVAL '9 hours', 'YYYY-MM')"


def begin(day: date) -> datetime:
    """The moment at which a day begins in Japan."""
    return datetime.combine(day, time(), tzinfo=clock.JAPAN)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the following month."""
    return (first_of_month(day) + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True)
class Span:
    """The days from first to last, both included."""

    first: date
    last: date

    def holds(self, moments: Any) -> sa.ColumnElement[bool]:
        """SQL condition: the moments of a column fall on these days; an index can be used."""
        condition: sa.ColumnElement[bool] = sa.and_(
            moments >= begin(self.first), moments < begin(self.last + DAY)
        )
        return condition

    def days(self) -> Iterator[date]:
        return (self.first + nth * DAY for nth in range((self.last - self.first).days + 1))

    def months(self) -> Iterator[date]:
        """The first day of each month that the span touches."""
        month = first_of_month(self.first)
        while month <= self.last:
            yield month
            month = next_month(month)
