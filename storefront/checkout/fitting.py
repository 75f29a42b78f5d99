"""Whether the answers suit the chosen payment method."""

from enum import StrEnum

from storefront import clock, japanese, phones
from storefront.checkout.journey import Journey
from storefront.orders.answers import Answers
from storefront.payments import methods
from storefront.shipping import dates


class Misfit(StrEnum):
    """What the shopper has to change; the route says it in words beside the field."""

    NO_METHOD = "no-method"
    FAILED = "failed"
    LIMIT = "limit"
    NO_MOBILE = "no-mobile"
    LONG_ADDRESS = "long-address"
    DAY_GONE = "day-gone"


def misfits(journey: Journey) -> list[Misfit]:
    """Empty when the order could be confirmed as it stands."""
    method, answers = journey.method, journey.answers
    if method is None or answers is None:
        return [Misfit.NO_METHOD]
    found = []
    if closed := journey.closed(method):
        found.append(Misfit(closed))
    if methods.checks_sms(method) and not phones.is_mobile(answers.phone):
        found.append(Misfit.NO_MOBILE)
    longest = methods.kind_of(method).longest_address
    if longest and address_length(answers) > longest:
        found.append(Misfit.LONG_ADDRESS)
    days = dates.choices(clock.today(), journey.shop.prepare_days)
    if answers.wanted_day and answers.wanted_day not in days:
        found.append(Misfit.DAY_GONE)
    return found


def address_length(answers: Answers) -> int:
    """Characters of the customer's whole address in full width, as the provider counts them."""
    one = answers.customer
    return len(japanese.full_width(one.prefecture + one.city + one.street + one.building))
