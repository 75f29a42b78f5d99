"""What providers tell the shop."""

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue

from storefront.checkout import hosted_payment
from storefront.core.extensions import csrf, limiter
from storefront.payment_requests import paying
from storefront.payments import hosted_sessions
from storefront.ports.payments import NO_ANSWER
from storefront.providers.yamato.credit import webhook
from storefront.verification import delivery_reports

bp = Blueprint("webhooks", __name__, url_prefix="/webhooks")
csrf.exempt(bp)  # a provider has no session; its signature is checked instead


@bp.post("/twilio/status")
def twilio_status() -> ResponseReturnValue:
    """A delivery report of Twilio's: 204, or 403 where the signature is not that of BASE_URL.

    A report can end a phone check; it never passes one.
    """
    from storefront.providers import twilio  # its library takes half a second to load

    settings = current_app.config["SETTINGS"]
    token = settings.twilio_auth_token.get_secret_value()
    address = f"{settings.base_url}/webhooks/twilio/status"
    signature = request.headers.get("X-Twilio-Signature", "")
    # a part of a multipart body may come without a name: None cannot be sorted among strings
    form = {name: value for name, value in request.form.items() if name}
    if not token or not twilio.signature_is_good(token, address, form, signature):
        abort(403)
    news = twilio.delivery_of(form.get("MessageStatus", ""))
    if news is not None:
        delivery_reports.record("twilio", form.get("MessageSid", ""), news)
    return "", 204


@bp.post("/hosted")
@limiter.limit("120 per minute")  # each leads to an enquiry
def hosted() -> ResponseReturnValue:
    """Notice that a visit to a hosted page has ended; the provider is asked how.

    Answers OK, or 503 where the provider did not say, so that the notice is sent again.
    """
    visit = hosted_sessions.find(request.form.get("visit", ""))
    try:
        if visit is not None:
            (hosted_payment if visit.checkout_id else paying).learn(visit)
    except NO_ANSWER:
        return "", 503
    return "OK"


@bp.post("/kuroneko/judgement")
@limiter.limit("120 per minute")  # each may lead to an enquiry
def kuroneko_judgement() -> ResponseReturnValue:
    """Yamato's judgement notice. Always answers OK, so that nobody learns which orders exist."""
    webhook.hear(request.form)
    return "OK"
