"""Whether the answers suit the chosen payment method."""

from dataclasses import replace
from enum import StrEnum

from storefront.checkout import delivery_choice
from storefront.checkout.journey import Journey
from storefront.checkout.verifier import credit_request
from storefront.core import japanese, phones
from storefront.orders.details import OrderDetails
from storefront.payments import methods
from storefront.payments.models import PaymentMethod
from storefront.ports.deferred_credit import FieldProblem, OrderField, Reason
from storefront.shipping.dates import ANY_TIME


class ValidationProblem(StrEnum):
    """What the shopper has to change; wording.misfit has the sentence for each."""

    NO_METHOD = "no-method"
    GONE = "gone"  # it is no longer on offer
    FAILED = "failed"
    LIMIT = "limit"
    NO_MOBILE = "no-mobile"
    LONG_ADDRESS = "long-address"
    CREDIT = "credit"  # what the provider of credit would refuse, or has refused
    DAY_GONE = "day-gone"
    SLOT_GONE = "slot-gone"
    NO_DELIVERY = "no-delivery"
    DELIVERY = "delivery"  # the payment method does not go with the delivery method


OF_DELIVERY = {
    ValidationProblem.DAY_GONE,
    ValidationProblem.SLOT_GONE,
    ValidationProblem.NO_DELIVERY,
    ValidationProblem.DELIVERY,
}


def problems(journey: Journey) -> list[ValidationProblem]:
    """Empty when the order could be confirmed as it stands."""
    method, answers = journey.method, journey.answers
    if method is None or answers is None:
        return [
            ValidationProblem.GONE if answers and answers.payment else ValidationProblem.NO_METHOD
        ]
    closed = journey.closed(method)
    return [
        *([ValidationProblem(closed)] if closed else []),
        *_of_answers(journey, method, answers),
    ]


def _of_answers(
    journey: Journey, method: PaymentMethod, answers: OrderDetails
) -> list[ValidationProblem]:
    found = []
    if methods.checks_sms(method) and not phones.is_mobile(answers.phone):
        found.append(ValidationProblem.NO_MOBILE)
    longest = methods.kind_of(method).longest_address
    if longest and address_length(answers) > longest:
        found.append(ValidationProblem.LONG_ADDRESS)
    if credit_problems(journey) or journey.field_to_correct:
        found.append(ValidationProblem.CREDIT)
    return [*found, *_of_delivery(journey, answers)]


def _of_delivery(journey: Journey, answers: OrderDetails) -> list[ValidationProblem]:
    delivery, found = journey.delivery, []
    if delivery is None:
        return [ValidationProblem.NO_DELIVERY]
    if answers.wanted_day and answers.wanted_day not in delivery_choice.days(
        journey.shop, delivery
    ):
        found.append(ValidationProblem.DAY_GONE)
    if answers.delivery_time not in {ANY_TIME, *delivery.slots}:
        found.append(ValidationProblem.SLOT_GONE)
    return found


def credit_problems(journey: Journey) -> list[FieldProblem]:
    """What the provider of credit would refuse; empty for methods that ask none.

    Without the customer's long address, which has words of its own.
    """
    credit, long = journey.credit, (OrderField.ADDRESS, Reason.LONG)
    if credit is None or journey.answers is None:
        return []
    found = credit.problems(credit_request.of(journey))
    return [one for one in found if (one.field, one.reason) != long]


def takers(journey: Journey) -> list[PaymentMethod]:
    """The other methods by which these very answers could be confirmed."""
    return [one for one in journey.others if not problems(_by(journey, one))]


def _by(journey: Journey, method: PaymentMethod) -> Journey:
    answers = journey.answers
    return journey.with_answers(replace(answers, payment=method.code)) if answers else journey


def address_length(answers: OrderDetails) -> int:
    """Characters of the customer's whole address in full width, as the provider counts them."""
    one = answers.customer
    return len(japanese.full_width(one.prefecture + one.city + one.street + one.building))
