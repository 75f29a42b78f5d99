"""The tables of a report, from which charts and CSV files are made."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from storefront.admin.reports.charts import Chart
from storefront.web.i18n import yen

Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A column; kind is "text", "yen", "count", "share", "seconds" or "day"."""

    title: str
    kind: str = "text"

    def shown(self, value: Cell) -> str:
        """The value as the page shows it; a dash for None."""
        if value is None:
            return "–"
        if self.kind == "yen":
            return yen(int(value))
        if self.kind == "share":
            return f"{float(value):.1%}"
        if self.kind == "seconds":
            return _("%(n)s秒", n=value)
        return f"{value:,}" if isinstance(value, int) else str(value)

    @property
    def is_number(self) -> bool:
        """Whether the column is set flush right."""
        return self.kind != "text"


@dataclass(frozen=True)
class Part:
    """A table with its chart; name stands in addresses, and each row has as many cells as there are
    columns."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    chart: Chart | None = None
    has_total: bool = False
    note: str = ""
    links: dict[tuple[int, int], str] = field(default_factory=dict)  # row and column of a cell

    @property
    def total(self) -> list[Cell]:
        """The sums under the columns of yen and counts; empty where sums mean nothing."""
        if not self.has_total:
            return []
        sums = [self._sum(nth) for nth in range(1, len(self.columns))]
        return [_("合計"), *sums]

    def _sum(self, nth: int) -> int | None:
        if self.columns[nth].kind not in {"yen", "count"}:
            return None
        return sum(value for row in self.rows if isinstance(value := row[nth], int))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: no row, or none that counts anything."""
        numbers = [value for row in self.rows for value in row if isinstance(value, int)]
        return not any(numbers)

    def lines(self) -> list[list[str]]:
        """The rows for a CSV file: titles, then plain numbers."""
        rows = [*self.rows, *([self.total] if self.total else [])]
        plain = [["" if value is None else str(value) for value in row] for row in rows]
        return [[column.title for column in self.columns], *plain]
