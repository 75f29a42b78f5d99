"""What the code knows of each kind of payment method; the owner's row holds the rest."""

from storefront.payments.kinds import (
    bank_transfer,
    card,
    cod,
    cvs,
    kuroneko_payslip,
    kuroneko_smartphone,
)
from storefront.payments.kinds.kind import Check, Kind, Need, Time

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

__all__ = ["KINDS", "Check", "Kind", "Need", "Time"]
