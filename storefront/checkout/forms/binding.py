"""The order form as one shopper gets it: what was typed, what may be chosen, what is wrong."""

from collections.abc import Sequence
from dataclasses import replace

from storefront.checkout import delivery_choice, wording
from storefront.checkout.delivery_choice import Wish
from storefront.checkout.forms import provider_errors
from storefront.checkout.forms.forms import OrderForm
from storefront.checkout.journey import Journey
from storefront.checkout.validation import OF_DELIVERY, ValidationProblem, problems
from storefront.orders.queries.delivery_facts import slot_name
from storefront.shipping import dates
from storefront.web.i18n import day, english_prefecture, localized

FIELD_OF = {
    ValidationProblem.NO_METHOD: "payment",
    ValidationProblem.GONE: "payment",
    ValidationProblem.FAILED: "payment",
    ValidationProblem.LIMIT: "payment",
    ValidationProblem.NO_MOBILE: "sms_tel",
    ValidationProblem.LONG_ADDRESS: "building",
    ValidationProblem.DAY_GONE: "delivery_date",
    ValidationProblem.SLOT_GONE: "delivery_time",
    ValidationProblem.NO_DELIVERY: "delivery_method",
    ValidationProblem.DELIVERY: "payment",
}


def offer_choices(form: OrderForm, journey: Journey) -> None:
    """Give the form every day and slot of every delivery method, and the methods on offer.

    Whether a day suits the chosen delivery method is for validation.problems to say.
    """
    offered = journey.shop.offered
    days = sorted({one for way in offered for one in delivery_choice.days(journey.shop, way)})
    form.offer_choices(
        {one.isoformat(): day(one) for one in days},
        {one.code: localized(one, "name") for one in journey.methods},
        [way.code for way in offered],
        {dates.ANY_TIME, *(slot for way in offered for slot in way.slots)},
    )
    form.prefecture.choices = form.ship_prefecture.choices = {
        name: english_prefecture(name) if name else words
        for name, words in form.prefecture.choices.items()
    }
    form.delivery_time.choices = {code: slot_name(code) for code in form.delivery_time.choices}


def attach_errors(
    form: OrderForm, journey: Journey, wrong: Sequence[ValidationProblem]
) -> OrderForm:
    """Put what does not suit the payment method beside the field that cures it."""
    said = [(FIELD_OF[one], wording.misfit(one, journey)) for one in wrong if one in FIELD_OF]
    if ValidationProblem.CREDIT in wrong:
        said += provider_errors.field_errors(journey)
    for name, sentence in said:
        form[name].errors = (*form[name].errors, sentence)
    return form


def to_correct(journey: Journey) -> list[ValidationProblem]:
    """What was answered well and suits no longer: the shopper was led back here for it."""
    gone = [one for one in problems(journey) if one in OF_DELIVERY] if journey.answers else []
    return [*([ValidationProblem.CREDIT] if journey.field_to_correct else []), *gone]


def as_typed(journey: Journey, form: OrderForm) -> Journey:
    """The journey as it would be by what the form holds, typed but not yet answered: for showing
    what that would cost."""
    prefix = "ship_" if form.ship_to.data == "other" else ""
    to, by = form[f"{prefix}prefecture"].data, form.delivery_method.data
    return replace(journey, typed=Wish(to or "", by or ""))
