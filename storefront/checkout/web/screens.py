"""The variables of the checkout's screens, and their status: 422 with a form that was refused."""

import math
from collections.abc import Sequence
from datetime import timedelta

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from storefront.checkout import hosted_payment, wording
from storefront.checkout.forms import address_lookup, binding, cards
from storefront.checkout.forms.address_lookup import CUSTOMER, RECIPIENT, AddressPart, Written
from storefront.checkout.forms.forms import CodeForm, ConfirmForm, OrderForm
from storefront.checkout.journey import Journey
from storefront.checkout.legal import items
from storefront.checkout.steps import ScreenState, Step, of_path, other_path
from storefront.checkout.validation import ValidationProblem
from storefront.checkout.verifier import code_request
from storefront.checkout.web import details_cookie
from storefront.core import clock, phones
from storefront.payments import methods
from storefront.payments.models import PaymentMethod
from storefront.ports.failure_reasons import FailureReason
from storefront.verification import challenges, sending
from storefront.verification.code_check import CodeCheckResult
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import texts_left
from storefront.web.rendering import errors_of, has_old_token, page

SLOW = timedelta(seconds=20)  # a text that is not there by then


def order_form(journey: Journey, kept: bool = False) -> OrderForm:
    """The form as it was just sent or, for a GET and for other buttons, as it was kept."""
    typed = journey.checkout.typed or {}
    form = OrderForm(data=typed) if request.method == "GET" else OrderForm()
    if kept:
        form = OrderForm(formdata=None, data=typed)
    binding.offer_choices(form, journey)
    return form


def order_input(
    journey: Journey,
    form: OrderForm | None = None,
    press: FlaskForm | None = None,
    retry: tuple[str, str] | None = None,
) -> ResponseReturnValue:
    """The order form.

    form is one that was refused, press the form of another button on the page, retry the number and
    the error of the field in the banner.
    """
    is_refused = form is not None
    form = form or order_form(journey)
    method = journey.method
    failure = _failure(journey)
    retry_card = _retry_card(journey, failure)
    is_vain = journey.sms_is_down and method is not None and methods.texts_by_shop(method)
    if not is_refused:
        binding.attach_errors(form, journey, binding.to_correct(journey))
    if ((failure and retry_card is None) or is_vain) and (retry or not is_refused):
        _let_go_of(form, method.code if method else journey.withdrawn)
    chosen = journey.find_method(form.payment.data or "")
    as_typed = binding.as_typed(journey, form)
    return page(
        "checkout/order_input.html",
        422 if is_refused else 200,
        journey=journey,
        form=form,
        step=Step.INPUT,
        steps=of_path(as_typed, chosen),
        other_steps=other_path(as_typed, chosen),
        errors=[*([("retry_tel", retry[1])] if retry else []), *errors_of(form)],
        old_token=any(has_old_token(one) for one in (form, press) if one is not None),
        failure=failure,
        ng=wording.failure(failure, journey) if failure else None,
        ng_title=wording.failure_title(failure, journey) if failure else None,
        is_delivery_edited=request.args.get("edit") == "delivery",
        is_switching=request.args.get("switch") == "1",
        others=journey.others_after(failure),
        as_typed=as_typed,
        offer=as_typed.offer_by(chosen),
        payments=cards.method_cards(journey, as_typed, form),
        deliveries=cards.delivery_cards(as_typed, form),
        chosen=chosen,
        address=address_part(form, CUSTOMER),
        ship_address=address_part(form, RECIPIENT),
        lost=wording.lost(journey.lost, form.data) if journey.was_idle else None,
        has_saved_details=details_cookie.is_there(),
        retry_card=retry_card,
        retry_typed=retry[0] if retry else journey.phone and phones.formatted(journey.phone),
        retry_error=retry[1] if retry else "",
        here="/checkout",
    )


def _let_go_of(form: OrderForm, code: str) -> None:
    """Nothing that failed or would fail is preselected; what was chosen since stays chosen."""
    if form.payment.data == code:
        form.payment.data = None


def _failure(journey: Journey) -> FailureReason | None:
    """Why the method that was chosen leads nowhere, as the banner says."""
    method = journey.method
    if journey.withdrawn:
        return FailureReason.WITHDRAWN
    failed = journey.failure(method) if method else None
    if not failed and method and journey.closed(method) == ValidationProblem.LIMIT:
        return FailureReason.AMOUNT
    return failed or (FailureReason.DECLINED if hosted_payment.declined(journey) else None)


def _retry_card(journey: Journey, failure: FailureReason | None) -> PaymentMethod | None:
    """The method whose last payment was declined, while it may be tried once more."""
    method = journey.method
    may_retry = failure == FailureReason.DECLINED and method and not journey.failure(method)
    return method if may_retry else None


def confirm(
    journey: Journey,
    changes: Sequence[str],
    form: ConfirmForm | None = None,
    refusal: Sequence[str] = (),
    others: Sequence[PaymentMethod] = (),
) -> ResponseReturnValue:
    """The confirmation.

    changes are sentences about what has changed since the shopper saw it; refusal is heading and
    text of a press that led nowhere, together with the methods offered instead.
    """
    old_token = form is not None and has_old_token(form)
    messages = list(changes)
    if form is not None and not messages and not old_token:
        messages = [*(refusal or [_("ご注文内容が変わりました。内容をもう一度ご確認ください")])]
    return page(
        "checkout/confirm.html",
        200 if form is None else 422,
        **items.context(journey),
        form=form or ConfirmForm(),
        consent=_consent(journey),
        step=Step.CONFIRM,
        steps=of_path(journey, journey.method),
        others=journey.others_after(FailureReason.UNANSWERED) if journey.is_unanswered else others,
        notice=wording.payment_notice(
            hosted_payment.newest(journey), request.args.get("payment", "")
        ),
        messages=messages,
        remarks=_remarks(journey),
        old_token=old_token,
        wait=wording.waiting(journey),
    )


def address_part(form: OrderForm, prefix: str) -> AddressPart:
    """The customer's or the recipient's address fields, with the addresses of their look-up."""
    look_up, to_fill = url_for("checkout.address"), url_for("checkout.fill_in_address")
    autofill = "shipping " if prefix == RECIPIENT else ""
    return address_lookup.part(form, prefix, look_up, to_fill, autofill)


def _remarks(journey: Journey) -> list[tuple[str, str]]:
    """What is to be checked of postal codes and addresses, said once where both are the same."""
    if journey.answers is None:
        return []
    used = (journey.answers.customer, journey.answers.destination)
    written = [Written(one.postal_code, one.prefecture, one.city, one.street) for one in used]
    return list(dict.fromkeys(remark for one in written for remark in address_lookup.remarks(one)))


def _consent(journey: Journey) -> str:
    """What the button agrees to besides the order; empty where nobody is told of the shopper."""
    plugin = methods.consented_plugin(journey.method) if journey.method else None
    return plugin.consent(is_texted=journey.needs_code) if plugin else ""


def sms(
    journey: Journey,
    lifetime: timedelta,
    form: FlaskForm | None = None,
    verdict: CodeCheckResult | None = None,
    left: int = 0,
    refusal: Exception | None = None,
) -> ResponseReturnValue:
    """The screen for the code.

    lifetime is how long a code is good. form is one that was refused. verdict is what came of the
    code that was typed, with left tries; refusal is why no other code was sent.
    """
    challenge = journey.challenge
    minutes = int(lifetime.total_seconds() // 60)
    errors, notice = wording.sms_errors(form, verdict, left, refusal, minutes)
    is_expired = _is_expired(journey)
    seconds = (challenge.expires_at - clock.now()).total_seconds() if challenge else 0
    requester = code_request.requester(journey)
    return page(
        "checkout/sms.html",
        200 if form is None else 422,
        **items.context(journey),
        form=form if isinstance(form, CodeForm) else CodeForm(),  # as typed, whatever was pressed
        step=Step.SMS,
        steps=of_path(journey, journey.method),
        challenge=challenge,
        state=_state(journey, verdict, is_expired),
        errors=errors,
        notice=notice,
        old_token=form is not None and has_old_token(form),
        may_resend_at=sending.may_resend_at(challenge, code_request.rules(journey))
        if challenge
        else None,
        can_resend=texts_left(requester) > 0,
        was_resent=bool(challenge and challenge.texts > 1 and form is None and not is_expired),
        was_renewed=bool(challenge and challenges.was_renewed(challenge)),
        others=journey.others_after(FailureReason.UNDELIVERED),
        is_early=isinstance(refusal, sending.TooEarly),
        is_slow=_is_slow(challenge, is_expired),
        now=clock.now(),
        minutes_left=max(1, math.ceil(seconds / 60)),
        expired_text=wording.expired(minutes),
        asks_credit=journey.credit is not None,
        here="/checkout/sms",
    )


def _is_expired(journey: Journey) -> bool:
    """A code that a provider may not have sent yet has no time that could be over."""
    challenge = journey.challenge
    if challenge is None:
        return True
    is_awaited = challenge.outcome_unknown and journey.credit is not None
    return challenges.is_expired(challenge) and not is_awaited


def _is_slow(challenge: Challenge | None, is_expired: bool) -> bool:
    """Whether the other ways stand on the screen too; in a page that stays open nothing moves."""
    if challenge is None or is_expired or challenge.outcome_unknown or challenge.attempts > 1:
        return True
    return clock.now() >= challenge.sent_at + SLOW


def _state(journey: Journey, verdict: CodeCheckResult | None, is_expired: bool) -> ScreenState:
    if is_expired or verdict is CodeCheckResult.EXPIRED:
        return ScreenState.EXPIRED
    if verdict is CodeCheckResult.WRONG:
        return ScreenState.WRONG
    is_unknown = journey.challenge and journey.challenge.outcome_unknown
    return ScreenState.UNKNOWN if is_unknown else ScreenState.IDLE
