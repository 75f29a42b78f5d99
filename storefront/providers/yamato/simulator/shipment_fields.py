"""The fields of KAASL0010."""

from collections.abc import Callable

from storefront.providers.yamato.simulator import checks, fields
from storefront.providers.yamato.simulator.checks import Check, Fields, at_most, matches, one_of
from storefront.providers.yamato.simulator.enquiry_fields import enquiry
from storefront.providers.yamato.simulator.fields import Field, Table

NEW, CHANGE, OTHER_CARRIER, WITHDRAW = "0", "1", "2", "9"

is_slip = matches(r"[0-9A-Za-z-]+")


def has_check_digit(slip: str) -> bool:
    """Whether the twelfth digit is the first eleven modulo 7."""
    return int(slip[:-1]) % 7 == int(slip[-1])


def _is_given(name: str, *divisions: str) -> Callable[[Fields], bool]:
    return lambda sent: sent["processDiv"] not in divisions or bool(sent.get(name))


def _is_empty_in_a_withdrawal(name: str) -> Callable[[Fields], bool]:
    return lambda sent: sent["processDiv"] != WITHDRAW or not sent.get(name)


def _fits(sent: Fields) -> bool:
    """Merchants give their order number, which may be longer, for another carrier's parcel."""
    longest = 20 if sent["processDiv"] == OTHER_CARRIER else 12
    return len(sent.get("paymentNo", "")) <= longest


def _of_yamato(check: Check) -> Callable[[Fields], bool]:
    return lambda sent: sent["processDiv"] not in {NEW, CHANGE} or check(sent["paymentNo"])


SHIPMENT = Table(
    (
        *enquiry(date=33, missing_password=37),
        Field("processDiv", {"019": one_of(NEW, CHANGE, OTHER_CARRIER, WITHDRAW)}, missing="019"),
        Field("paymentNo", {"044": is_slip}),
        fields.day("shipYmd", 23),
        Field("beforePaymentNo", {"029": is_slip, "030": at_most(20)}),
    ),
    {
        "010": _is_given("paymentNo", NEW, CHANGE, OTHER_CARRIER),
        "012": _fits,
        "013": _is_empty_in_a_withdrawal("paymentNo"),
        "015": _of_yamato(matches(r"\d{12}")),
        "014": _of_yamato(has_check_digit),
        "027": _is_empty_in_a_withdrawal("shipYmd"),
        "028": _is_given("beforePaymentNo", CHANGE),
        "031": _is_empty_in_a_withdrawal("beforePaymentNo"),
        "042": lambda sent: not sent.get("shipYmd") or checks.is_near(sent["shipYmd"]),
    },
)
