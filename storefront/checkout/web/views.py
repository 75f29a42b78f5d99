"""The checkout's screens: order input, confirmation, code entry."""

from dataclasses import replace

from flask.typing import ResponseReturnValue

from storefront.cart import carts
from storefront.cart import wording as cart_wording
from storefront.checkout import hosted_payment, seen_terms, store, wording
from storefront.checkout import journey as journeys
from storefront.checkout.forms import address_lookup, binding
from storefront.checkout.forms.forms import ConfirmForm, OtherMethodForm
from storefront.checkout.journey import Journey
from storefront.checkout.placing import Changed, SoldOut
from storefront.checkout.steps import Step, next_step
from storefront.checkout.validation import problems
from storefront.checkout.web import bp, details_cookie, refusals, screens
from storefront.checkout.web.drafts import typed_at
from storefront.checkout.web.guard import go, go_to_next_step, opens
from storefront.checkout.web.submission import (
    answered,
    confirmed,
    informed,
    was_asked,
    without_vain_hold,
)
from storefront.orders.details import OrderDetails
from storefront.web.forms import PressForm
from storefront.web.rendering import has_old_token


@bp.get("")
@opens(Step.INPUT)
def order_input(journey: Journey) -> ResponseReturnValue:
    """The order form, as it was typed last."""
    return screens.order_input(without_vain_hold(journey))


@bp.post("")
@opens(None)
def answer(journey: Journey) -> ResponseReturnValue:
    """Keep the form; 422 where it is not well-formed or does not suit the payment method, else the
    confirmation. A form with an old token keeps nothing, as any site could have sent it."""
    form = screens.order_form(journey)
    address_lookup.fill_in_unanswered(form)
    if not form.validate():
        if not has_old_token(form):  # or anybody's page could change what stands there
            store.keep_typed(journey.checkout, form.answers(), typed_at())
        return screens.order_input(journey, form)
    answers = OrderDetails.load(form.answers())
    wanted = journey.with_answers(answers)
    if wrong := problems(wanted):
        store.keep_typed(journey.checkout, form.answers(), typed_at())
        return screens.order_input(journey, binding.attach_errors(form, wanted, wrong))
    terms = seen_terms.of(wanted.method)
    store.keep_answers(journey.checkout, answers, terms, form.answers(), typed_at())
    details_cookie.follow(form.save_details.data, answers)
    return go("checkout.confirm")


@bp.get("/confirm")
@opens(Step.CONFIRM)
def confirm(journey: Journey) -> ResponseReturnValue:
    """The confirmation, or the next step where an enquiry or a visit to a payment page has settled
    it."""
    if hosted_payment.is_paid_meanwhile(journey):
        return go("checkout.confirm")  # where the order is found
    was_unanswered = journey.is_unanswered
    journey = informed(journey)
    if was_unanswered and next_step(journey) is not Step.CONFIRM:
        return go_to_next_step(journey)
    journey, changes = _up_to_date(journey)
    return screens.confirm(journey, changes) if journey.cart else go("cart.show")


@bp.post("/confirm")
@opens(Step.CONFIRM)
def agree(journey: Journey) -> ResponseReturnValue:
    """The confirmation's button. A key that was sent before is not asked for again; 422 shows the
    confirmation anew where it has changed or the press led nowhere."""
    form = ConfirmForm()
    key = form.confirmation_key.data or ""
    if was_asked(journey, key):
        return go_to_next_step(answered(journey))  # pressed before: one press, one request
    journey, changes = _up_to_date(replace(journey, pressed=key))
    if not form.validate() or changes or key != journey.key:
        return screens.confirm(journey, changes, form)
    try:
        return confirmed(journey)
    except refusals.REFUSALS as why:
        return screens.confirm(journey, changes, form, *refusals.told(journey, why))
    except (Changed, SoldOut):
        checkout = journey.checkout
        journey, changes = _up_to_date(journeys.load(checkout, checkout.cart_id))
        return screens.confirm(journey, changes, form)


@bp.get("/confirm/status")
@opens(Step.CONFIRM)
def confirm_status(journey: Journey) -> ResponseReturnValue:
    """Polled while a provider has not answered: 204 until it has, then where to go."""
    if not journey.is_unanswered:
        return "", 204
    journey = informed(journey)
    return ("", 204) if journey.is_unanswered else go_to_next_step(journey)


@bp.post("/forget")
@opens(None)
def forget(journey: Journey) -> ResponseReturnValue:
    """An empty form for somebody else at the same phone."""
    form = PressForm()
    if not form.validate():
        return screens.order_input(journey, screens.order_form(journey, kept=True), form)
    details_cookie.forget()
    store.forget(journey.checkout, typed_at())
    return go("checkout.order_input")


@bp.post("/other-method")
@opens(None)
def other_method(journey: Journey) -> ResponseReturnValue:
    """The banner's choice of another method. Without a method it leads to the list; before there
    are answers the choice is kept in the form."""
    form = OtherMethodForm()
    if not form.validate():
        return screens.order_input(journey, screens.order_form(journey, kept=True), form)
    if not form.payment.data:
        return go("checkout.order_input", switch="1")
    if journey.answers is None:
        typed = {**(journey.checkout.typed or {}), "payment": form.payment.data}
        store.keep_typed(journey.checkout, typed, typed_at())
        return go("checkout.confirm")
    return _pay_otherwise(journey, journey.answers, form)


def _pay_otherwise(
    journey: Journey, answers: OrderDetails, form: OtherMethodForm
) -> ResponseReturnValue:
    """The answers stand but for the method; what was typed since they were sent stays typed."""
    changed = {"payment": form.payment.data, "sms_tel": form.sms_tel.data or answers.sms_tel}
    answers = replace(answers, **changed)
    wanted = journey.with_answers(answers)
    if wrong := problems(wanted):
        kept = screens.order_form(journey, kept=True)
        if form.sms_tel.data:
            why = wording.refused_number(wanted, wrong)
            return screens.order_input(journey, kept, retry=(form.sms_tel.data, why))
        return screens.order_input(journey, binding.attach_errors(kept, wanted, wrong))
    typed = {**(journey.checkout.typed or {}), **changed}
    terms = seen_terms.of(wanted.method)
    store.keep_answers(journey.checkout, answers, terms, typed, typed_at())
    details_cookie.renew(answers)
    return go("checkout.confirm")


def _up_to_date(journey: Journey) -> tuple[Journey, list[str]]:
    """With a sentence for each thing that is no longer as the shopper saw it."""
    checkout = journey.checkout
    changes = carts.look_over(checkout.cart_id, journey.cart)
    said = [cart_wording.change(change) for change in changes]
    if (seen := seen_terms.take_changes(journey)) and journey.method:
        said.append(wording.terms_changed(seen, journey.method))
    return (journeys.load(checkout, checkout.cart_id), said) if changes else (journey, said)
