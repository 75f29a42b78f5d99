"""Tables of form fields: the checks of each, and the three digits of the error where one fails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from storefront.core.japanese import has_block_number
from storefront.providers.yamato.simulator import checks
from storefront.providers.yamato.simulator.checks import Check, Fields, at_most, exactly

LINES = range(1, 11)


@dataclass(frozen=True)
class Field:
    """One field. checks go by their error and are made in that order; missing is the error of an
    empty field, empty where the field is optional."""

    name: str
    checks: Mapping[str, Check]
    missing: str = ""

    def error(self, sent: Fields) -> str:
        """The error of the field in this form; empty where it is good."""
        value = sent.get(self.name, "")
        if not value:
            return self.missing
        return next((error for error, holds in self.checks.items() if not holds(value)), "")


def optional(name: str, first: int, *checks: Check) -> Field:
    """An optional field; the errors of its checks are numbered on from first."""
    return Field(name, {f"{first + place:03}": check for place, check in enumerate(checks)})


def required(name: str, first: int, *checks: Check) -> Field:
    """A required field: first is the error of a missing one, those of its checks follow."""
    return Field(name, optional(name, first + 1, *checks).checks, missing=f"{first:03}")


@dataclass(frozen=True)
class Table:
    """The fields of an API in the order they are checked, then by their error the conditions that
    several fields share.

    A condition may rely on each field being well-formed.
    """

    fields: tuple[Field, ...]
    together: Mapping[str, Callable[[Fields], bool]] = field(default_factory=dict)

    def error(self, sent: Fields) -> str:
        """The first error, three digits; empty where everything is right."""
        alone = next(filter(None, (one.error(sent) for one in self.fields)), "")
        return alone or next(
            (error for error, holds in self.together.items() if not holds(sent)), ""
        )


# Groups that several APIs share; first is the error that begins their run of numbers


def merchant(first: int) -> Field:
    """The merchant code, eleven digits; three errors."""
    return required("ycfStrCode", first, checks.is_number, exactly(11))


def day(name: str, first: int) -> Field:
    """An optional day; three errors."""
    return optional(name, first, checks.is_number, exactly(8), checks.is_moment)


def moment(first: int) -> Field:
    """The required date and time of the request; four errors."""
    return required("requestDate", first, checks.is_number, exactly(14), checks.is_moment)


def full_width(length: int) -> tuple[Check, ...]:
    """Checks for full-width text of at most so many characters."""
    return (checks.is_full_width, at_most(length), checks.is_printable)


POSTAL_CODE = (
    checks.has_digits_and_hyphens,
    checks.contains("-", 0, 1),
    checks.has_seven_digits,
    checks.is_known_postal_code,
)
ADDRESS = (*full_width(25), checks.begins_with_prefecture)


def address(first: int) -> tuple[Field, ...]:
    """The two address lines and the postal code before them: thirteen errors. A missing street
    number is a condition of the table instead."""
    return (
        required("postCode", first, *POSTAL_CODE),
        required("address1", first + 5, *ADDRESS),
        optional("address2", first + 10, *full_width(25)),
    )


def lines(first: int) -> tuple[Field, ...]:
    """The ten order lines: twelve errors. A first line without a name comes after the errors of a
    name's form."""
    name = optional("", first, *full_width(30)).checks
    count = (checks.is_number, at_most(4))
    yen = (checks.is_whole, at_most(7), checks.is_within_a_million)
    return (
        Field("itemName1", name, missing=f"{first + 3:03}"),
        *(Field(f"itemName{line}", name) for line in LINES[1:]),
        *(optional(f"itemCount{line}", first + 4, *count) for line in LINES),
        *(optional(f"unitPrice{line}", first + 6, *yen) for line in LINES),
        *(optional(f"subTotal{line}", first + 9, *yen) for line in LINES),
    )


def free_item(first: int) -> Field:
    """The free field billPostCode; two errors."""
    return optional("billPostCode", first, checks.is_printable, checks.fits_free_item)


# What fields must be together


def sums_up(sent: Fields) -> bool:
    """Whether the lines sum to totalAmount."""
    return sum_of_lines(sent) == int(sent["totalAmount"])


def sum_of_lines(sent: Fields) -> int:
    """Yen of all lines; a line without an amount counts 0."""
    return sum(int(sent.get(f"subTotal{line}") or 0) for line in LINES)


def has_street_number(sent: Fields) -> bool:
    """Whether the address holds a number of a house or block."""
    return has_block_number(sent.get("address1", "") + sent.get("address2", ""))
