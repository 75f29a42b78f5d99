"""The receipt of an order, and the name that the shopper wants on it."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from storefront.core.extensions import limiter, transaction
from storefront.orders import receipt
from storefront.orders.forms import ReceiptNameForm
from storefront.orders.models import Order
from storefront.orders.queries import lookup
from storefront.orders.screens import unknown
from storefront.orders.web import bp
from storefront.shop import profile
from storefront.web.rendering import errors_of, has_old_token, page


@bp.get("/<token>/receipt")
def show_receipt(token: str) -> ResponseReturnValue:
    order = lookup.by_token(token)
    return (
        _receipt(order, ReceiptNameForm(None, receipt_name=order.receipt_name))
        if order
        else unknown()
    )


@bp.post("/<token>/receipt")
@limiter.limit("20 per 10 minutes")
def name_receipt(token: str) -> ResponseReturnValue:
    """Keep the name sealed with the order; an empty one gives back the orderer's."""
    order = lookup.by_token(token)
    if order is None:
        return unknown()
    form = ReceiptNameForm()
    if order.erased_at or not form.validate():
        return _receipt(order, form, 422)
    with transaction():
        order.receipt_name = str(form.receipt_name.data) or None
    return redirect(url_for("orders.show_receipt", token=token), 303)


def _receipt(order: Order, form: ReceiptNameForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "orders/receipt.html",
        status,
        form=form,
        errors=errors_of(form),
        old_token=has_old_token(form),
        here=f"/orders/{order.token}/receipt",
        order=order,
        answers=receipt.answers_of(order),
        taxes=receipt.taxes_of(order),
        shop=profile.shop(),
    )
