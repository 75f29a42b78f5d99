"""Completion, order status, and finding an order again."""

from datetime import timedelta

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from storefront.core import clock
from storefront.core.extensions import limiter
from storefront.orders.forms import FindForm
from storefront.orders.queries import lookup
from storefront.orders.screens import order_page, unknown
from storefront.orders.web import bp
from storefront.web.rendering import errors_of, has_old_token, page

THANKS_FOR = timedelta(days=30)  # then the completion gives way to the status page


@bp.get("/<token>/complete")
def complete(token: str) -> ResponseReturnValue:
    order = lookup.by_token(token)
    if order is None:
        return unknown()
    if order.erased_at or order.placed_at < clock.now() - THANKS_FOR:
        return redirect(url_for("orders.status", token=token), 303)
    return order_page("orders/complete.html", order)


@bp.get("/<token>")
def status(token: str) -> ResponseReturnValue:
    order = lookup.by_token(token)
    return order_page("orders/status.html", order) if order else unknown()


@bp.get("/find")
def find() -> ResponseReturnValue:
    return page("orders/find.html", form=FindForm(formdata=None), errors=[], old_token=False)


@bp.post("/find")
@limiter.limit("20 per 10 minutes")
def look_up() -> ResponseReturnValue:
    form = FindForm()
    if form.validate():
        order = lookup.by_number_and_email(form.number.data, form.email.data)
        if order:
            return redirect(url_for("orders.status", token=order.token), 303)
        form.say_wrong_pair()
    return page(
        "orders/find.html",
        422,
        form=form,
        errors=errors_of(form),
        old_token=has_old_token(form),
        here="/orders/find",
    )
