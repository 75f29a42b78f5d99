"""Where a request for payment is answered, and asked for again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront import clock
from storefront.collecting import means, paying, requests, screens, stores
from storefront.collecting.forms import PayForm, PressForm
from storefront.collecting.means import Done
from storefront.collecting.paying import NotPayable
from storefront.collecting.requests import TooSoon
from storefront.extensions import csrf, limiter
from storefront.i18n import absolute_url, locale
from storefront.orders import finding
from storefront.orders.models import Order, PaymentRequest
from storefront.orders.routes import unknown
from storefront.pages import page
from storefront.payments import (
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnknown,
    Outcome,
    visits,
)

bp = Blueprint("collecting", __name__)
csrf.exempt(bp)  # each form here checks its own token, to answer 422 with everything typed

View = Callable[..., ResponseReturnValue]
SILENT = (GatewayRefused, GatewayUnavailable, GatewayUnknown)


def _asked(view: View) -> View:
    """The order and the request of a link, or words for one that leads nowhere any more."""

    @wraps(view)
    def found(token: str, **values: Any) -> ResponseReturnValue:
        known = requests.by_token(token)
        if known is None:
            return page("collecting/unknown.html", 404)
        return view(*known, **values)

    return found


def _back(request_: PaymentRequest, ended: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("collecting.pay", token=request_.token, ended=ended), 303)


@bp.get("/pay/<token>")
@_asked
def pay(order: Order, request_: PaymentRequest) -> ResponseReturnValue:
    return screens.pay(order, request_, notice=_notice(request.args.get("ended", "")))


def _notice(ended: str) -> str:
    return {
        Outcome.REFUSED: _("お支払いが完了しませんでした。別のお支払い方法もお選びいただけます"),
        Outcome.ABANDONED: _("お支払いは中断されました。もう一度お手続きください"),
        "link": _("お支払いのリンクを送りました"),
    }.get(ended, "")


@bp.post("/pay/<token>")
@_asked
def choose(order: Order, request_: PaymentRequest) -> ResponseReturnValue:
    form = PayForm()
    if not form.validate():
        return screens.pay(order, request_, form)
    way = means.find(form.means.data or "", clock.today())
    chain = stores.find(form.store.data) if way and way.code == "cvs" else None
    if way is None:
        form.blame_means()
        return screens.pay(order, request_, form)
    if way.code == "cvs" and chain is None:
        form.blame_store()
        return screens.pay(order, request_, form)
    try:
        paying.choose(request_, way, chain)
        return _back(request_) if way.done is not Done.HOSTED else _leave(order, request_, way)
    except NotPayable:
        return _back(request_)
    except SILENT:
        busy = _("現在お手続きできません。時間をおいて試してください")
        return screens.pay(order, request_, problem=busy)


def _leave(order: Order, request_: PaymentRequest, way: means.Means) -> ResponseReturnValue:
    def back(visit: str) -> str:
        return absolute_url("collecting.come_back", locale(), token=request_.token, visit=visit)

    return redirect(paying.visit(order, way, back), 303)


@bp.get("/pay/<token>/return/<visit>")
@_asked
def come_back(order: Order, request_: PaymentRequest, visit: str) -> ResponseReturnValue:
    """What the browser brings back proves nothing: the provider is asked."""
    known = visits.find(visit)
    if known is None or known.order_id != order.id:
        return _back(request_)
    try:
        return _back(request_, ended=paying.learn(known))
    except SILENT:
        return _back(request_)  # the page looks again by itself


@bp.post("/pay/<token>/change")
@_asked
def change(order: Order, request_: PaymentRequest) -> ResponseReturnValue:
    form = PressForm()
    if not form.validate():
        return screens.pay(order, request_, form)
    paying.forget_choice(request_)
    return _back(request_)


@bp.get("/pay/<token>/status")
@_asked
def status(order: Order, request_: PaymentRequest) -> ResponseReturnValue:
    """The page's poll: 204 while nothing is new."""
    is_paid = order.payment_status not in paying.PAYABLE
    return _back(request_) if is_paid else ("", 204)


@bp.post("/orders/<token>/link")
@limiter.limit("20 per 10 minutes")
def send_link(token: str) -> ResponseReturnValue:
    order = finding.by_token(token)
    if order is None:
        return unknown()
    try:
        if not PressForm().validate():
            return redirect(url_for("orders.status", token=token), 303)
        requests.send_link_again(order)
    except TooSoon:
        return redirect(url_for("orders.status", token=token, link="later"), 303)
    return redirect(url_for("orders.status", token=token, link="sent"), 303)
