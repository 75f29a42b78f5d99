"""Whether the chosen payment method is still what the shopper saw when choosing it."""

import json
from typing import Any

from storefront.checkout import checkouts
from storefront.checkout.journey import Journey
from storefront.payments.models import PaymentMethod
from storefront.verification.limits import code_vault

Terms = dict[str, Any]


def of(method: PaymentMethod | None) -> Terms | None:
    """What a shopper remembers of a method: its name and fee, and a digest of its texts."""
    if method is None:
        return None
    texts = json.dumps(method.texts_agreed_to)
    return {
        "code": method.code,
        "name": method.name,
        "name_en": method.name_en,
        "fee": method.fee,
        "mark": code_vault().mark("terms", texts),
    }


def changed(journey: Journey) -> Terms | None:
    """What was seen before, where it is no longer so; told once."""
    seen, now = journey.checkout.seen_terms, of(journey.method)
    if not seen or now is None or seen["code"] != now["code"] or seen == now:
        return None
    checkouts.keep_terms(journey.checkout, now)
    return seen
