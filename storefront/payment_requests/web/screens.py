"""What the payment page shows, wherever the payment stands."""

from enum import StrEnum
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from storefront.core import clock
from storefront.orders import receipt
from storefront.orders.models import Order, PaymentRequest
from storefront.orders.queries import payment_facts
from storefront.payment_requests import barcodes, convenience_stores, paying
from storefront.payment_requests.web.forms import PayForm
from storefront.payments import pay_later_options
from storefront.payments.status import PaymentState
from storefront.ports.payments import Outcome
from storefront.shop import profile
from storefront.web.i18n import localized
from storefront.web.rendering import errors_of, has_old_token, page

BANK = ("みほん銀行", "決済専用支店")  # the demo's; an adapter brings the real account
BANK_EN = ("Mihon Bank", "Payments branch")


class PayState(StrEnum):
    """What the payment page says of itself in data-state."""

    BEFORE = "before"  # nothing is to be paid yet
    READY = "ready"  # to be chosen
    CHOSEN = "chosen"
    PAID = "paid"
    CANCELLED = "cancelled"


def pay(
    order: Order,
    request: PaymentRequest,
    form: FlaskForm | None = None,
    problem: str = "",
) -> ResponseReturnValue:
    """422 where the form was refused or the provider does not answer."""
    chosen = pay_later_options.find(request.means or "", clock.today())
    chain = convenience_stores.find(request.store)
    return page(
        "collecting/pay.html",
        422 if form is not None or problem else 200,
        order=order,
        request_=request,
        state=_state(order, request),
        answers=receipt.answers_of(order),
        ways=paying.ways(),
        chains=[(one.code, localized(one, "name")) for one in convenience_stores.CHAINS],
        chosen=chosen,
        chain=chain,
        code=_bar_code(order, request) if request.number and chain else None,
        form=form if isinstance(form, PayForm) else PayForm(formdata=None),
        errors=errors_of(form) if isinstance(form, PayForm) else [],
        old_token=form is not None and has_old_token(form),
        notice=_notice(order, request),
        has_given_back=paying.has_given_back(order),
        problem=problem,
        is_overdue=order.payment_status == PaymentState.OVERDUE,
        paid_at=next((one.at for one in order.events if one.event == "paid"), None),
        sender=payment_facts.sender_of(order),
        shop=profile.shop(),
        bank=BANK,
        bank_en=BANK_EN,
        here=f"/pay/{request.token}",
    )


def _notice(order: Order, request: PaymentRequest) -> str:
    """How the last visit to a hosted page ended, while nothing else was chosen since."""
    last = paying.last_visit(order)
    if last is None or last.means != request.means:
        return ""
    words: dict[str, str] = {
        Outcome.REFUSED: _("お支払いが完了しませんでした。別のお支払い方法もお選びいただけます"),
        Outcome.ABANDONED: _("お支払いは中断されました。もう一度お手続きください"),
    }
    return words.get(last.outcome, "")


def _state(order: Order, request: PaymentRequest) -> PayState:
    if order.payment_status == PaymentState.DEFERRED:
        return PayState.BEFORE
    if order.payment_status in {PaymentState.PAID, PaymentState.REFUNDED}:
        return PayState.PAID
    if order.payment_status == PaymentState.CANCELLED:
        return PayState.CANCELLED
    return PayState.CHOSEN if request.number else PayState.READY


def _bar_code(order: Order, request: PaymentRequest) -> dict[str, Any]:
    is_over = request.due_on < clock.today()
    last_day = None if is_over else request.due_on  # it may still be paid, on any day
    content = barcodes.digits(request.number or "", order.owed, last_day)
    return {
        "digits": content,
        "bars": barcodes.bars(content),
        "width": barcodes.width(content),
        "height": barcodes.HEIGHT,
    }
