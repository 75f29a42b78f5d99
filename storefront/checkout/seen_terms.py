"""Whether the chosen payment method still has the fee and the texts that the shopper saw when
choosing it."""

import json
from typing import Any

from storefront.checkout import store
from storefront.checkout.journey import Journey
from storefront.payments.models import PaymentMethod
from storefront.verification.rate_limits import code_vault

Terms = dict[str, Any]


def of(method: PaymentMethod | None) -> Terms | None:
    """Name, fee in yen and a digest of the texts of a method, to be compared later; None without a
    method."""
    if method is None:
        return None
    return {
        "code": method.code,
        "name": method.name,
        "name_en": method.name_en,
        "fee": method.fee,
        "mark": _marks(method)[0],
    }


def take_changes(journey: Journey) -> Terms | None:
    """Write today's terms into the row, so that the shopper is told once; gives those that the
    shopper saw, where they differ."""
    seen, now = journey.checkout.seen_terms, of(journey.method)
    if not seen or now is None or seen["code"] != now["code"] or _is_same(seen, journey):
        return None
    store.keep_terms(journey.checkout, now)
    return seen


def _is_same(seen: Terms, journey: Journey) -> bool:
    """However the texts were marked: a change of CODE_KEY changes no terms."""
    now = of(journey.method)
    is_known = journey.method is not None and seen["mark"] in _marks(journey.method)
    return is_known and now is not None and {**seen, "mark": now["mark"]} == now


def _marks(method: PaymentMethod) -> tuple[str, ...]:
    return code_vault().digests("terms", json.dumps(method.texts_agreed_to))
