"""What a code and a confirmation are bound to: as text, of which keyed digests are made."""

import json
from typing import TYPE_CHECKING

from storefront.payments import methods

if TYPE_CHECKING:
    from storefront.checkout.journey import Journey


def of_code(journey: "Journey") -> tuple[str, str, str]:
    """Another number, item, amount or method needs another code."""
    lines = [(line.sku, line.quantity, line.price) for line in journey.offer.lines]
    method = journey.method.code if journey.method else ""
    return journey.checkout.id, json.dumps([lines, journey.offer.total, method]), journey.phone


def of_answers(journey: "Journey") -> str:
    return json.dumps(journey.answers.dump() if journey.answers else None, sort_keys=True)


def of_confirmation(journey: "Journey") -> tuple[str, ...]:
    """All that stands on the confirmation's screen."""
    method, offer = journey.method, journey.offer
    code = method.code if method else ""
    ended = sum(1 for one in journey.challenges if one.ended and one.method == code)
    taxes = [(part.rate, part.tax) for part in offer.taxes]
    waived = journey.is_waived and method is not None and methods.checks_sms(method)
    texts = method.texts_agreed_to if method else []
    sent = [journey.delivery.code, journey.delivery.prepare_days] if journey.delivery else []
    terms = json.dumps([[taxes, offer.shipping, offer.fee], ended, waived, texts, sent])
    return (*of_code(journey), of_answers(journey), terms)
