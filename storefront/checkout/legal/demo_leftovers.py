"""What of the demo shop still stands in a real one (account, contract, registration number): the
shop stays closed until it is replaced."""

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.core.published_values import INVOICE_NUMBER
from storefront.payments import demo_leftovers, method_settings
from storefront.payments.models import YamatoConnection
from storefront.shop import profile


class What(StrEnum):
    """Codes of what can be left over; the owner's pages have Japanese words for each, the shell the
    English ones of Leftover."""

    BANK_ACCOUNT = "demo_account"
    MERCHANT_CODE = "demo_contract"
    INVOICE_NUMBER = "demo_invoice_number"


@dataclass(frozen=True)
class Leftover:
    """One thing to replace; where is the code of the payment method that it stands in, empty where
    it stands in none."""

    what: What
    where: str = ""

    def __str__(self) -> str:
        words = {
            What.BANK_ACCOUNT: f"the demo's bank account stands in payment method {self.where}",
            What.MERCHANT_CODE: "the demo's merchant code is registered with Yamato",
            What.INVOICE_NUMBER: "the demo's invoice number stands in the shop's profile",
        }
        return words[self.what]


def found() -> list[Leftover]:
    """All that is left over; always empty in the demo shop itself."""
    if not demo_leftovers.count_here():
        return []
    methods = [
        one.code for one in method_settings.all_methods() if demo_leftovers.shows_demo_account(one)
    ]
    found = [Leftover(What.BANK_ACCOUNT, code) for code in methods]
    if demo_leftovers.is_demo_code(db.session.scalar(sa.select(YamatoConnection.merchant_code))):
        found.append(Leftover(What.MERCHANT_CODE))
    if profile.shop().invoice_number == INVOICE_NUMBER:
        found.append(Leftover(What.INVOICE_NUMBER))
    return found
