"""What the code knows of each kind of payment method; the owner's row holds the rest."""

from storefront.payments.kinds import (
    bank_transfer,
    card,
    cod,
    cvs,
    kuroneko_payslip,
    kuroneko_smartphone,
)
from storefront.payments.kinds.kind import Check, Draft, Kind, Need, Time

KINDS: dict[str, Kind] = {
    module.KIND.code: module.KIND
    for module in (
        kuroneko_smartphone,
        kuroneko_payslip,
        card,
        cvs,
        cod,
        bank_transfer,
    )
}


def kind_of_code(code: str) -> Kind:
    """The kind of a registered method: its second row of cash on delivery goes by cod-2."""
    return KINDS[code.partition("-")[0]]


def register(kind: Kind) -> None:
    """A kind that a provider brings, beside those of the shop; done by whoever wires them."""
    KINDS[kind.code] = kind


__all__ = ["KINDS", "Check", "Draft", "Kind", "Need", "Time", "kind_of_code", "register"]
