"""The six legal items of 特商法12条の6 as text, for the screens, the snapshot and the mail."""

from typing import Any

from flask_babel import gettext as _

from storefront.catalogue.models import Variant
from storefront.checkout import delivery_choice
from storefront.checkout.journey import Journey
from storefront.payments import methods
from storefront.payments.wording import payment_time
from storefront.shipping.dates import ANY_TIME, SLOTS
from storefront.web.i18n import day, locale, localized, price


def items(journey: Journey) -> dict[str, str]:
    """Keys are those of data-law; period is missing because no offer of this shop has one."""
    offer, method = journey.offer, journey.method
    names = {line.variant.sku: full_name(line.variant) for line in journey.cart}
    quantities = [
        _("%(name)s × %(count)s点", name=names[line.sku], count=line.quantity)
        for line in offer.lines
    ]
    return {
        "quantity": _("、").join(quantities),
        "price": price(offer.total),
        "payment": payment_time(method) if method else "",
        "delivery": delivery(journey),
        "cancel": localized(journey.shop, "cancel_terms"),
    }


def full_name(variant: Variant) -> str:
    """The product with the options that make it this one: 藍染トート (S)."""
    name, options = localized(variant.product, "name"), option_words(variant)
    return f"{name} ({options})" if options else name


def context(journey: Journey) -> dict[str, Any]:
    """What the agreement's templates read, on the screens and for the order's digest of them."""
    method = journey.method
    return {
        "journey": journey,
        "law": items(journey),
        "checks_sms": method is not None and methods.checks_sms(method),
        "option_words": option_words,
    }


def delivery(journey: Journey) -> str:
    """Item ④: the wished day and slot, or from when to when it arrives."""
    answers = journey.answers
    slot = answers.delivery_time if answers else ANY_TIME
    wanted = answers.wanted_day if answers else None
    if wanted:
        when = day(wanted)
    else:
        first, last = delivery_choice.arrival(journey.shop, journey.delivery)
        when = _("%(first)s〜%(last)s", first=day(first), last=day(last))
    words = [_by_which(journey), when, "" if slot == ANY_TIME else slot_name(slot)]
    return " ".join(word for word in words if word)


def _by_which(journey: Journey) -> str:
    """Named where the shopper had a choice."""
    has_choice = journey.delivery is not None and len(journey.shop.offered) > 1
    return localized(journey.delivery, "name") if has_choice else ""


def slot_name(slot: str) -> str:
    japanese, english = SLOTS[slot]
    return english if locale() == "en" else japanese


def option_words(variant: Variant) -> str:
    """The values of a variant's options, such as 藍 / 大; empty where it has none."""
    words = (localized(variant, "option_1"), localized(variant, "option_2"))
    return " / ".join(word for word in words if word)
