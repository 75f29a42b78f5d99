"""The screens of the sandbox's payment page, and of a store's till where a number is paid."""

from urllib.parse import urlsplit

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from storefront.core.extensions import db
from storefront.orders.models import Order, PaymentRequest
from storefront.payment_requests.paying import PAYABLE
from storefront.ports.payments import Outcome
from storefront.providers.yamato.simulator import events as yamatos
from storefront.sandbox import bp, webhook_calls
from storefront.sandbox.models import SandboxVisit
from storefront.sandbox.orders import hosted, order_events
from storefront.sandbox.routes import HOME
from storefront.sandbox.yamato import connection
from storefront.web.forms import ShopForm

NOTICE = "/webhooks/hosted"
# What each button does on this side, and whether the browser comes back to the shop.
PRESSES = {
    "pay": (Outcome.PAID, True),
    "pay-and-stay": (Outcome.PAID, False),
    "issue": (Outcome.ISSUED, True),
    "refuse": (Outcome.REFUSED, True),
    "leave": (Outcome.ABANDONED, True),
}


@bp.get("/hosted/<token>")
def show_hosted(token: str) -> ResponseReturnValue:
    """The payment page of a visit."""
    return _hosted(_known(token))


@bp.post("/hosted/<token>")
def press_hosted(token: str) -> ResponseReturnValue:
    """A button of the payment page, which leads back to the shop."""
    visit = _known(token)
    pressed = PRESSES.get(request.form.get("press", ""))
    if not ShopForm().validate() or pressed is None:
        return _hosted(visit), 422
    outcome, returns = pressed
    if hosted.end(visit, outcome) and outcome is Outcome.PAID:
        _tell_yamato(visit)
    if returns:
        return redirect(_way_back(visit), 303)
    webhook_calls.post(NOTICE, {"visit": visit.token})
    return redirect(url_for("sandbox.show_hosted", token=token), 303)


def _known(token: str) -> SandboxVisit:
    visit = hosted.find(token)
    if visit is None:
        abort(404, "No such payment page")
    return visit


def _hosted(visit: SandboxVisit) -> str:
    return render_template("sandbox/hosted.html", visit=visit, way_back=_way_back(visit))


def _way_back(visit: SandboxVisit) -> str:
    """Without the host: a person may have come by another name of this machine."""
    return urlsplit(visit.return_url).path


def _tell_yamato(visit: SandboxVisit) -> None:
    order = order_events.by_number(visit.order_number)
    if order is not None:
        connection.play(order, yamatos.bill, yamatos.pay)


@bp.get("/store")
def show_store() -> ResponseReturnValue:
    """The till: a field for the number to pay by."""
    paid = request.args.get("paid", "")
    return render_template("sandbox/store.html", typed="", problem="", paid=paid, here=HOME)


@bp.post("/store")
def pay_at_store() -> ResponseReturnValue:
    """Pay by a number that a shopper was given, at a store or for a transfer to an account."""
    typed = "".join(one for one in request.form.get("payment_number", "") if one.isdigit())
    paid = _paid(typed) if ShopForm().validate() and typed else None
    if paid is None:
        problem = "この番号では支払えません (No such number)"
        page = render_template("sandbox/store.html", typed=typed, problem=problem, paid="")
        return page, 422
    return redirect(url_for("sandbox.show_store", paid=paid), 303)


def _paid(number: str) -> str | None:
    """The order number that was paid for; none where nothing waits to be paid by this number."""
    visit = hosted.by_number(number)
    if visit is not None:
        hosted.end(visit, Outcome.PAID)
        webhook_calls.post(NOTICE, {"visit": visit.token})
        return visit.order_number
    asked = (PaymentRequest.number == number) & Order.payment_status.in_(PAYABLE)
    owing = select(Order).join(PaymentRequest, PaymentRequest.order_id == Order.id)
    order = db.session.scalar(owing.where(asked))
    if order is None:
        return None
    order_events.pay(order)
    return order.number
