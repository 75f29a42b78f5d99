"""The six legal items of 特商法12条の6 as text, for the screens, the snapshot and the mail."""

from typing import Any

from flask_babel import gettext as _

from storefront.catalogue.models import Variant
from storefront.checkout.journey import Journey
from storefront.core import clock
from storefront.orders.queries.delivery_facts import Sending
from storefront.payments import methods
from storefront.payments.wording import payment_time
from storefront.shipping.dates import ANY_TIME
from storefront.web.i18n import localized, price


def items(journey: Journey) -> dict[str, str]:
    """The items' texts in the language of the page, by the keys that data-law has on the screens;
    "period" is missing, because the shop makes no offer that ends."""
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
    """The variables of the agreement's templates, for the screens and for the digest of them that
    an order keeps."""
    method = journey.method
    return {
        "journey": journey,
        "law": items(journey),
        "checks_sms": method is not None and methods.checks_sms(method),
        "option_words": option_words,
    }


def delivery(journey: Journey) -> str:
    """Item ④: the wished day and slot, or from when to when it arrives; where the parcel waits for
    its money, how soon after that."""
    sent, today = sending(journey), clock.today()
    waits = journey.method is not None and methods.kind_of(journey.method).waits
    return sent.once_paid(today) if waits else sent.from_day(today)


def sending(journey: Journey) -> Sending:
    """When and how the parcel goes, by what was chosen so far; the delivery method is named where
    the shop has several."""
    answers, way = journey.answers, journey.delivery
    has_choice = way is not None and len(journey.shop.offered) > 1
    return Sending(
        prepare_days=way.prepare_days if way else 0,
        wanted=answers.wanted_day if answers else None,
        slot=answers.delivery_time if answers else ANY_TIME,
        by=localized(way, "name") if has_choice else "",
        calendar=journey.shop.calendar,
    )


def option_words(variant: Variant) -> str:
    """The values of a variant's options, such as 藍 / 大; empty where it has none."""
    words = (localized(variant, "option_1"), localized(variant, "option_2"))
    return " / ".join(word for word in words if word)
