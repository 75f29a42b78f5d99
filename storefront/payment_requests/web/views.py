"""Where a request for payment is answered, and asked for again."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.core.extensions import csrf, limiter
from storefront.orders.models import Order, PaymentRequest
from storefront.orders.queries import lookup
from storefront.orders.screens import order_page, unknown
from storefront.payment_requests import convenience_stores, lifecycle, paying
from storefront.payment_requests.lifecycle import TooSoon
from storefront.payment_requests.paying import NotPayable
from storefront.payment_requests.web import screens
from storefront.payment_requests.web.forms import PayForm
from storefront.payments import hosted_sessions
from storefront.payments.pay_later_options import Done, PayLaterOption
from storefront.ports.payments import NO_ANSWER
from storefront.web.forms import PressForm
from storefront.web.i18n import absolute_url, locale
from storefront.web.rendering import page

bp = Blueprint("collecting", __name__)
csrf.exempt(bp)  # each form here checks its own token, to answer 422 with everything typed

View = Callable[..., ResponseReturnValue]


def _asked(view: View) -> View:
    """The order and the request of a link, or words for one that leads nowhere any more."""

    @wraps(view)
    def found(token: str, **values: Any) -> ResponseReturnValue:
        known = lifecycle.by_token(token)
        if known is None:
            return page("collecting/unknown.html", 404)
        return view(*known, **values)

    return found


def _back(request_: PaymentRequest) -> ResponseReturnValue:
    return redirect(url_for("collecting.pay", token=request_.token), 303)


@bp.get("/pay/<token>")
@_asked
def pay(order: Order, request_: PaymentRequest) -> ResponseReturnValue:
    if paying.is_paid_meanwhile(order):
        return _back(request_)
    return screens.pay(order, request_)


@bp.get("/p/<token>")
def short(token: str) -> ResponseReturnValue:
    """The link of a text message, where each character counts."""
    return redirect(url_for("collecting.pay", token=token), 303)


@bp.post("/pay/<token>")
@limiter.limit("60 per 10 minutes")
@_asked
def choose(order: Order, request_: PaymentRequest) -> ResponseReturnValue:
    if order.payment_status not in paying.PAYABLE:
        return _back(request_)
    ways = {one.code: one for one in paying.ways()}
    form = PayForm()
    form.offered, form.stores = ways.keys(), {one.code for one in convenience_stores.CHAINS}
    if not form.validate():
        return screens.pay(order, request_, form)
    try:
        return _take(
            order, request_, ways[form.means.data], convenience_stores.find(form.store.data)
        )
    except NotPayable:
        return _back(request_)
    except NO_ANSWER:
        busy = _("現在お手続きできません。時間をおいて試してください")
        return screens.pay(order, request_, form, problem=busy)


def _take(
    order: Order,
    request_: PaymentRequest,
    way: PayLaterOption,
    chain: convenience_stores.Chain | None,
) -> ResponseReturnValue:
    if way.done is Done.HOSTED:
        return _leave(order, request_, way)
    paying.choose(request_, way, chain if way.code == "cvs" else None)
    return _back(request_)


def _leave(order: Order, request_: PaymentRequest, way: PayLaterOption) -> ResponseReturnValue:
    """The page is announced before the choice is kept: a busy provider changes nothing."""

    def back(visit: str) -> str:
        return absolute_url("collecting.come_back", locale(), token=request_.token, visit=visit)

    address = paying.visit(request_, order, way, back)
    paying.choose(request_, way, None)
    return redirect(address, 303)


@bp.get("/pay/<token>/return/<visit>")
@_asked
def come_back(order: Order, request_: PaymentRequest, visit: str) -> ResponseReturnValue:
    """What the browser brings back proves nothing: the provider is asked."""
    known = hosted_sessions.find(visit)
    if known is None or known.order_id != order.id:
        return _back(request_)
    with suppress(*NO_ANSWER):  # its notice will come, or it is asked again
        paying.learn(known)
    return _back(request_)


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
    order = lookup.by_token(token)
    if order is None:
        return unknown()
    if not PressForm().validate():
        return order_page("orders/status.html", order, old_token=True)
    try:
        lifecycle.send_link_again(order)
    except TooSoon:
        return redirect(url_for("orders.status", token=token, link="later"), 303)
    return redirect(url_for("orders.status", token=token, link="sent"), 303)
