"""The fields of KAARA0010."""

from collections.abc import Callable

from storefront.core.japanese import has_block_number
from storefront.providers.yamato.simulator import checks, fields
from storefront.providers.yamato.simulator.checks import Fields, at_most, contains, exactly
from storefront.providers.yamato.simulator.fields import Field, Table, optional, required

DESTINATIONS = ("", *map(str, range(2, 11)))  # the first has no number
TO_ANOTHER_ADDRESS = "1"


def destination(number: str) -> tuple[Field, ...]:
    """The optional fields of the recipient with this number, with errors from 066 on."""
    return (
        optional(f"sendName{number}", 66, *fields.full_width(30)),
        optional(f"sendPostCode{number}", 70, *fields.POSTAL_CODE),
        optional(f"sendAddress1{number}", 75, *fields.ADDRESS),
        optional(f"sendAddress2{number}", 79, *fields.full_width(25)),
        optional(
            f"sendTelNum{number}",
            82,
            checks.has_digits_and_hyphens,
            checks.contains("-", 0, 2),
            checks.has_phone_length,
        ),
    )


def _each(name: str, check: checks.Check) -> Callable[[Fields], bool]:
    """That the field of every destination which has one passes."""
    return lambda sent: all(
        check(sent[f"{name}{number}"]) for number in DESTINATIONS if sent.get(f"{name}{number}")
    )


def _destination_is_whole(sent: Fields) -> bool:
    needed = ("sendName", "sendPostCode", "sendAddress1")
    return sent["sendDiv"] != TO_ANOTHER_ADDRESS or all(sent.get(name) for name in needed)


def _destinations_have_street_numbers(sent: Fields) -> bool:
    lines = (
        (sent.get(f"sendAddress1{number}", ""), sent.get(f"sendAddress2{number}", ""))
        for number in DESTINATIONS
    )
    return all(has_block_number(first + second) for first, second in lines if first)


ORDER = Table(
    (
        fields.merchant(1),
        required("orderNo", 6, checks.is_order_number, at_most(20)),
        required("orderYmd", 10, checks.is_number, exactly(8), checks.is_moment),
        required("shipYmd", 14, checks.is_number, exactly(8), checks.is_moment, checks.is_near),
        required("name", 19, *fields.full_width(30)),
        optional("nameKana", 23, checks.is_half_width_kana, at_most(80)),
        *fields.address(25),
        required("telNum", 38, checks.has_digits_and_hyphens, checks.has_phone_length),
        optional("email", 43, checks.is_half_width, at_most(64), contains("@")),
        required("totalAmount", 46, checks.is_number, at_most(6), checks.is_positive),
        Field(
            "sendDiv",
            {"051": checks.is_number, "053": checks.one_of("0", "1", "2", "3", "4")},
            missing="050",
        ),
        *fields.lines(54),
        *(field for number in DESTINATIONS for field in destination(number)),
        fields.moment(86),
        required("password", 90, checks.is_alphanumeric),
        fields.free_item(95),
    ),
    {
        "093": lambda sent: checks.begins_with_zero(sent["telNum"]),
        "094": _each("sendTelNum", checks.begins_with_zero),
        "100": lambda sent: sent["shipYmd"] >= sent["orderYmd"],
        "101": fields.sums_up,
        "102": _destination_is_whole,
        "103": fields.has_street_number,
        "104": _destinations_have_street_numbers,
        "105": lambda sent: checks.has_postal_form(sent["postCode"]),
        "106": _each("sendPostCode", checks.has_postal_form),
    },
)

REMEMBERED = {field.name for field in ORDER.fields} - {"password", "requestDate"}
CHANGEABLE = {field.name for field in (*fields.address(1), *fields.lines(1))} | {"billPostCode"}
