"""The checkout's screens: order input, confirmation, code entry."""

from dataclasses import replace

from flask import Blueprint
from flask.typing import ResponseReturnValue

from storefront.cart import carts
from storefront.cart.carts import Change
from storefront.checkout import checkouts, placing, screens, texting, wording
from storefront.checkout import journey as journeys
from storefront.checkout.fitting import misfits
from storefront.checkout.forms import CodeForm, ConfirmForm, OtherMethodForm, PressForm
from storefront.checkout.guard import go, go_to_completion, go_to_next_step, opens
from storefront.checkout.journey import Journey
from storefront.checkout.placing import Changed, HeldByOthers, SoldOut
from storefront.checkout.snapshot import snapshot
from storefront.checkout.steps import Step
from storefront.extensions import csrf, limiter
from storefront.orders.answers import Answers
from storefront.pages import has_old_token
from storefront.sms import SmsUnavailable
from storefront.verification import judging, sending
from storefront.verification.judging import Verdict

bp = Blueprint("checkout", __name__, url_prefix="/checkout")
csrf.exempt(bp)  # each form here checks its own token, to answer 422 with everything typed


@bp.get("")
@opens(Step.INPUT)
def order_input(journey: Journey) -> ResponseReturnValue:
    return screens.order_input(journey)


@bp.post("")
@opens(None)
def answer(journey: Journey) -> ResponseReturnValue:
    form = screens.order_form(journey)
    if not form.validate():
        if not has_old_token(form):  # or anybody's page could change what stands there
            checkouts.keep_typed(journey.checkout, form.answers())
        return screens.order_input(journey, form)
    answers = Answers.load(form.answers())
    wanted = journey.with_answers(answers)
    if wrong := misfits(wanted):
        checkouts.keep_typed(journey.checkout, form.answers())
        return screens.order_input(journey, screens.blame(form, wanted, wrong))
    checkouts.keep_answers(journey.checkout, answers)
    return go("checkout.confirm")


@bp.get("/confirm")
@opens(Step.CONFIRM)
def confirm(journey: Journey) -> ResponseReturnValue:
    journey, changes = _up_to_date(journey)
    return screens.confirm(journey, changes) if journey.cart else go("cart.show")


@bp.post("/confirm")
@opens(Step.CONFIRM)
def agree(journey: Journey) -> ResponseReturnValue:
    form = ConfirmForm()
    key = form.confirmation_key.data or ""
    if journey.needs_code and journey.challenge and journey.challenge.press == key:
        return go("checkout.sms")  # pressed before: one press, one text
    journey, changes = _up_to_date(journey)
    if not form.validate() or changes or key != journey.key:
        return screens.confirm(journey, changes, form)
    try:
        return _place(journey) if not journey.needs_code else _send_code(journey)
    except HeldByOthers:
        return screens.confirm(journey, changes, form, wording.held_by_others())
    except (Changed, SoldOut):
        checkout = journey.checkout
        journey, changes = _up_to_date(journeys.load(checkout, checkout.cart_id))
        return screens.confirm(journey, changes, form)


@bp.get("/confirm/status")
@opens(Step.CONFIRM)
def confirm_status(journey: Journey) -> ResponseReturnValue:
    return "", 204


@bp.get("/sms")
@opens(Step.SMS)
def sms(journey: Journey) -> ResponseReturnValue:
    return screens.sms(journey)


@bp.post("/sms")
@limiter.limit("60 per 10 minutes")  # malformed codes cost no try, but are counted here
@opens(Step.SMS)
def enter_code(journey: Journey) -> ResponseReturnValue:
    form, challenge = CodeForm(), journey.challenge
    if challenge is None or form.confirmation_key.data not in {None, "", journey.key}:
        return go("checkout.confirm")
    if not form.validate():
        return screens.sms(journey, form)
    asker = texting.asker(journey)
    verdict = judging.judge(challenge, form.digits, asker)
    if verdict is Verdict.RIGHT:
        return _place_proven(journey)
    if verdict is Verdict.ENDED:
        return go("checkout.order_input")
    return screens.sms(journey, form, verdict, judging.tries_left(challenge, asker))


@bp.get("/sms/status")
@opens(Step.SMS)
def sms_status(journey: Journey) -> ResponseReturnValue:
    return "", 204


@bp.post("/sms/resend")
@opens(Step.SMS)
def resend(journey: Journey) -> ResponseReturnValue:
    form, challenge = PressForm(), journey.challenge
    if challenge is None:
        return go_to_next_step(journey)
    if not form.validate():
        return screens.sms(journey, form)
    try:
        sending.resend(challenge, texting.asker(journey), texting.composer(journey))
    except (sending.TooEarly, sending.NoTextsLeft, SmsUnavailable) as refusal:
        return screens.sms(journey, form, refusal=refusal)
    return go("checkout.sms")


@bp.post("/forget")
@opens(None)
def forget(journey: Journey) -> ResponseReturnValue:
    """An empty form for somebody else at the same phone."""
    form = PressForm()
    if not form.validate():
        return screens.order_input(journey, screens.order_form(journey, kept=True), form)
    checkouts.forget(journey.checkout)
    return go("checkout.order_input")


@bp.post("/other-method")
@opens(None)
def other_method(journey: Journey) -> ResponseReturnValue:
    form = OtherMethodForm()
    if not form.validate():
        return screens.order_input(journey, screens.order_form(journey, kept=True), form)
    if not form.payment.data:
        return go("checkout.order_input", switch="1")
    if journey.answers is None:
        typed = {**(journey.checkout.typed or {}), "payment": form.payment.data}
        checkouts.keep_typed(journey.checkout, typed)
        return go("checkout.confirm")
    phone = form.sms_tel.data or journey.answers.sms_tel
    answers = replace(journey.answers, payment=form.payment.data, sms_tel=phone)
    wanted = journey.with_answers(answers)
    if wrong := misfits(wanted):
        kept = screens.order_form(journey, kept=True)
        if form.sms_tel.data:
            why = wording.refused_number(wanted, wrong)
            return screens.order_input(journey, kept, retry=(form.sms_tel.data, why))
        return screens.order_input(journey, screens.blame(kept, wanted, wrong))
    checkouts.keep_answers(journey.checkout, answers)
    return go("checkout.confirm")


@bp.get("/other-method")
@bp.get("/sms/resend")
def nothing_to_get() -> ResponseReturnValue:
    """A reload of a refused press, without JavaScript, finds its screen again."""
    return go("checkout.sms")


def _up_to_date(journey: Journey) -> tuple[Journey, list[Change]]:
    checkout = journey.checkout
    changes = carts.look_over(checkout.cart_id, journey.cart)
    return (journeys.load(checkout, checkout.cart_id), changes) if changes else (journey, [])


def _place(journey: Journey) -> ResponseReturnValue:
    order = placing.place(journey, journey.key, snapshot(journey))
    return go_to_completion(order.token)


def _place_proven(journey: Journey) -> ResponseReturnValue:
    """The code was right; where the offer has changed meanwhile, the confirmation says how."""
    try:
        return _place(journey)
    except (Changed, SoldOut):
        return go("checkout.confirm")


def _send_code(journey: Journey) -> ResponseReturnValue:
    if journey.challenge is None:
        asker = texting.asker(journey)
        placing.hold_stock(journey, asker)
        ended = sending.issue(texting.asked(journey), asker).ended
        if ended:
            return go("checkout.order_input")
    return go("checkout.sms")
