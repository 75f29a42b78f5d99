"""What is paid for: one summary line, or up to ten real ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from storefront.providers.yamato.protocol.encoding import item_name
from storefront.providers.yamato.protocol.field_errors import Field, Problem, Reason

MOST = 10
LARGEST = 999_999  # yen, of a line as of a total
LARGEST_COUNT = 9_999


@dataclass(frozen=True)
class LineItem:
    """One line: prices in yen, tax included; a discount is a line below zero."""

    name: str
    subtotal: int
    count: int | None = None
    unit_price: int | None = None

    @property
    def is_sendable(self) -> bool:
        """Whether Yamato takes name, pieces and prices of the line."""
        prices = [self.subtotal] if self.unit_price is None else [self.subtotal, self.unit_price]
        return (
            bool(item_name(self.name))
            and all(-LARGEST <= yen <= LARGEST for yen in prices)
            and 0 <= (self.count or 0) <= LARGEST_COUNT
        )

    def fields(self, number: int) -> dict[str, str]:
        """The form fields of the line with this number, from 1 to 10."""
        return {
            f"itemName{number}": item_name(self.name),
            f"itemCount{number}": _digits(self.count),
            f"unitPrice{number}": _digits(self.unit_price),
            f"subTotal{number}": str(self.subtotal),
        }


def summary(name: str, total: int) -> tuple[LineItem, ...]:
    """The whole order in one line, which therefore equals the total."""
    return (LineItem(name, total),)


def line_fields(lines: Sequence[LineItem]) -> dict[str, str]:
    """The form fields of all lines."""
    numbered = enumerate(lines, start=1)
    return {name: text for number, line in numbered for name, text in line.fields(number).items()}


def line_problems(lines: Sequence[LineItem], total: int) -> list[Problem]:
    """Whether the total is outside 1 to 999,999 yen or differs from the sum of the lines."""
    found = []
    if not 1 <= len(lines) <= MOST:
        found.append(Problem(Field.LINES, Reason.RANGE, MOST, len(lines)))
    if not all(line.is_sendable for line in lines):
        found.append(Problem(Field.LINES, Reason.FORMAT))
    if not 1 <= total <= LARGEST:
        found.append(Problem(Field.LINES, Reason.RANGE, LARGEST, total))
    if sum(line.subtotal for line in lines) != total:
        found.append(Problem(Field.LINES, Reason.SUM, total))
    return found


def _digits(number: int | None) -> str:
    return "" if number is None else str(number)
