"""The shop's own account, as the owner sets it and a shopper transfers to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from storefront.web.i18n import locale

ORDINARY, CURRENT = "ordinary", "current"
NEEDED = ("bank", "branch", "branch_number", "number", "holder")
PARTS = (*NEEDED, "kind", "bank_en", "branch_en")

BankAccount = Mapping[str, str]  # by PARTS; empty where the owner named none


@dataclass(frozen=True)
class Fact:
    """One line of it; what is typed into a bank's own form can be copied.

    value is as banks in Japan list it, and is_japanese where it is Japanese in every language;
    english stands before it.
    """

    name: str
    value: str
    english: str = ""
    is_japanese: bool = False
    is_copied: bool = False


def kinds() -> dict[str, str]:
    return {ORDINARY: _("普通"), CURRENT: _("当座")}


def facts(account: BankAccount) -> list[Fact]:
    """In the order in which a bank asks for them; none where there is no account."""
    if not account:
        return []
    return [
        Fact(_("銀行名"), account["bank"], _english(account, "bank"), is_japanese=True),
        Fact(_("支店名"), account["branch"], _english(account, "branch"), is_japanese=True),
        Fact(_("支店番号"), account["branch_number"], is_copied=True),
        Fact(_("口座の種別"), kinds()[account["kind"]]),
        Fact(_("口座番号"), account["number"], is_copied=True),
        Fact(_("口座名義(カナ)"), account["holder"], is_japanese=True, is_copied=True),
    ]


def _english(account: BankAccount, part: str) -> str:
    return account.get(f"{part}_en", "") if locale() == "en" else ""
