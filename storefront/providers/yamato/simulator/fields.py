"""Tables of fields: what each must be, and which error says that it is not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from storefront.core.japanese import has_block_number
from storefront.providers.yamato.simulator import checks
from storefront.providers.yamato.simulator.checks import Check, Fields, at_most, exactly

LINES = range(1, 11)


@dataclass(frozen=True)
class Field:
    """The checks by their errors, in the order they are made; without missing it may be empty."""

    name: str
    checks: Mapping[str, Check]
    missing: str = ""

    def error(self, sent: Fields) -> str:
        value = sent.get(self.name, "")
        if not value:
            return self.missing
        return next((error for error, holds in self.checks.items() if not holds(value)), "")


def optional(name: str, first: int, *checks: Check) -> Field:
    """Errors are numbered on from the first."""
    return Field(name, {f"{first + place:03}": check for place, check in enumerate(checks)})


def required(name: str, first: int, *checks: Check) -> Field:
    """As optional, where the first error is that it is missing."""
    return Field(name, optional(name, first + 1, *checks).checks, missing=f"{first:03}")


@dataclass(frozen=True)
class Table:
    """An API's fields in the order they are checked, then by its error what they must be together.

    The second half may trust that each field is well-formed by itself.
    """

    fields: tuple[Field, ...]
    together: Mapping[str, Callable[[Fields], bool]] = field(default_factory=dict)

    def error(self, sent: Fields) -> str:
        """The first error's three digits, empty where all is as it must be."""
        alone = next(filter(None, (one.error(sent) for one in self.fields)), "")
        return alone or next(
            (error for error, holds in self.together.items() if not holds(sent)), ""
        )


# Groups that several APIs share; first is the error that begins their run of numbers


def merchant(first: int) -> Field:
    return required("ycfStrCode", first, checks.is_number, exactly(11))


def day(name: str, first: int) -> Field:
    """A day that may be missing."""
    return optional(name, first, checks.is_number, exactly(8), checks.is_moment)


def moment(first: int) -> Field:
    return required("requestDate", first, checks.is_number, exactly(14), checks.is_moment)


def full_width(length: int) -> tuple[Check, ...]:
    return (checks.is_full_width, at_most(length), checks.is_printable)


POSTAL_CODE = (
    checks.has_digits_and_hyphens,
    checks.contains("-", 0, 1),
    checks.has_seven_digits,
    checks.is_known_postal_code,
)
ADDRESS = (*full_width(25), checks.begins_with_prefecture)


def address(first: int) -> tuple[Field, ...]:
    """Thirteen errors; that there is no street number is none of them."""
    return (
        required("postCode", first, *POSTAL_CODE),
        required("address1", first + 5, *ADDRESS),
        optional("address2", first + 10, *full_width(25)),
    )


def lines(first: int) -> tuple[Field, ...]:
    """Twelve errors; that the first line has no name comes after those of a name's form."""
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
    return optional("billPostCode", first, checks.is_printable, checks.fits_free_item)


# What fields must be together


def sums_up(sent: Fields) -> bool:
    return sum_of_lines(sent) == int(sent["totalAmount"])


def sum_of_lines(sent: Fields) -> int:
    """Yen; a line without an amount is worth none."""
    return sum(int(sent.get(f"subTotal{line}") or 0) for line in LINES)


def has_street_number(sent: Fields) -> bool:
    return has_block_number(sent.get("address1", "") + sent.get("address2", ""))
