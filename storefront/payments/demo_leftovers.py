"""What of the demo shop's payments a real shop may not keep: its bank account and its contract."""

import unicodedata

from flask import current_app

from storefront.core.published_values import BANK_ACCOUNT, MERCHANT_CODE
from storefront.payments.models import PaymentMethod

TEXTS = ("summary", "payment_time", "instructions")


def count_here() -> bool:
    """The demo shop itself lives by them."""
    return bool(current_app.config["SETTINGS"].is_production)


def shows_demo_account(method: PaymentMethod) -> bool:
    """Whether a text of it would send shoppers' money to the made-up account."""
    texts = (getattr(method, f"{name}{tail}") or "" for name in TEXTS for tail in ("", "_en"))
    words = _plain(" ".join((*texts, *(method.account or {}).values())))
    return count_here() and any(_plain(mark) in words for mark in BANK_ACCOUNT)


def is_demo_code(merchant_code: str | None) -> bool:
    """Whether it is that of the simulated Yamato, which is nobody's contract."""
    return count_here() and merchant_code == MERCHANT_CODE


def _plain(text: str) -> str:
    """Whatever the width and case it was typed in."""
    return unicodedata.normalize("NFKC", text).casefold()
