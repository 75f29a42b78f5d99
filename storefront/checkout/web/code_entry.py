"""The screen where the code is typed."""

from flask.typing import ResponseReturnValue

from storefront.checkout.forms.forms import CodeForm
from storefront.checkout.journey import Journey
from storefront.checkout.placing import Changed, SoldOut
from storefront.checkout.steps import Step, may_open
from storefront.checkout.verifier import code_request
from storefront.checkout.verifier.choice import verifier
from storefront.checkout.web import bp, screens
from storefront.checkout.web.guard import go, go_to_next_step, opens
from storefront.checkout.web.submission import again, informed, place
from storefront.core.extensions import limiter
from storefront.ports.sms import SmsUnavailable
from storefront.verification import code_check, sending
from storefront.verification.code_check import CodeCheckResult
from storefront.web.forms import PressForm

LEADS_TO = {CodeCheckResult.ENDED: "checkout.order_input", CodeCheckResult.UNKNOWN: "checkout.sms"}


@bp.get("/sms")
@opens(Step.SMS)
def sms(journey: Journey) -> ResponseReturnValue:
    """The screen; an unknown outcome is enquired about first."""
    journey = informed(journey)
    if not may_open(Step.SMS, journey):
        return go_to_next_step(journey)
    return screens.sms(journey, verifier(journey).lifetime)


@bp.post("/sms")
@limiter.limit("60 per 10 minutes")  # malformed codes cost no try, but are counted here
@opens(Step.SMS)
def enter_code(journey: Journey) -> ResponseReturnValue:
    """Judge the code that was typed. The right one places the order; a code that can no longer be
    right leads to the confirmation or to the banner of the order form; others are answered with
    422."""
    form, challenge = CodeForm(), journey.challenge
    if challenge is None or form.confirmation_key.data not in {None, "", *journey.keys}:
        return go("checkout.confirm")
    if not form.validate():
        return screens.sms(journey, verifier(journey).lifetime, form)
    requester, by = code_request.requester(journey), verifier(journey)
    verdict = by.judge(challenge, form.digits, requester)
    if verdict is CodeCheckResult.RIGHT:
        return _place_proven(journey)
    if verdict in LEADS_TO:
        return go(LEADS_TO[verdict])
    left = code_check.tries_left(challenge, requester)
    return screens.sms(journey, by.lifetime, form, verdict, left)


@bp.get("/sms/status")
@opens(Step.SMS)
def sms_status(journey: Journey) -> ResponseReturnValue:
    """Polled by the screen: 204 as long as the screen may stay, else where to go."""
    journey = informed(journey)
    return ("", 204) if may_open(Step.SMS, journey) else go_to_next_step(journey)


@bp.post("/sms/resend")
@opens(Step.SMS)
def resend(journey: Journey) -> ResponseReturnValue:
    """Send another code, or say by 422 why none is sent."""
    form, challenge = PressForm(), journey.challenge
    if challenge is None:
        return go_to_next_step(journey)
    if not form.validate():
        return screens.sms(journey, verifier(journey).lifetime, form)
    by = verifier(journey)
    try:
        by.resend(challenge, code_request.requester(journey))
    except (sending.TooEarly, sending.NoTextsLeft, SmsUnavailable) as refusal:
        return screens.sms(journey, by.lifetime, form, refusal=refusal)
    return go_to_next_step(again(journey))


@bp.get("/other-method")
@bp.get("/sms/resend")
def nothing_to_get() -> ResponseReturnValue:
    """A reload of a refused press, without JavaScript, finds its screen again."""
    return go("checkout.sms")


def _place_proven(journey: Journey) -> ResponseReturnValue:
    """The code was right; where the offer has changed meanwhile, the confirmation says how."""
    try:
        return place(journey)
    except (Changed, SoldOut):
        return go("checkout.confirm")
