"""The cart's addresses."""

from flask import Blueprint, flash, get_flashed_messages, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.cart import carts
from storefront.cart.carts import TooMany
from storefront.cart.cookie import CART
from storefront.cart.forms import PutInForm, QuantityForm
from storefront.cart.screen import show as show_cart
from storefront.catalogue import product_screen
from storefront.catalogue.models import Product
from storefront.catalogue.products import queries
from storefront.core.extensions import csrf
from storefront.shop import profile
from storefront.web.error_pages import not_found
from storefront.web.rendering import errors_of, has_old_token

bp = Blueprint("cart", __name__, url_prefix="/cart")
csrf.exempt(bp)  # each form here checks its own token, to answer 422 with everything typed


@bp.get("")
def show() -> ResponseReturnValue:
    lines = carts.lines(CART.read())
    changes = carts.look_over(CART.read(), lines)
    happened = get_flashed_messages(with_categories=True)
    return show_cart(None if changes else lines, changes, happened)


@bp.post("/items")
def put_in() -> ResponseReturnValue:
    form = PutInForm()
    product = queries.find(form.product.data or "")
    if product is None:
        return not_found()
    errors = [] if form.validate() else errors_of(form)
    variant = queries.pick(product, form.variant_1.data or "", form.variant_2.data or "")
    if variant is None:
        errors.insert(0, _option_missing(product, form.variant_1.data or ""))
    if not errors and variant is not None and not has_old_token(form):
        try:
            CART.write(carts.put_in(CART.read(), variant, int(form.quantity.data or 1)))
        except TooMany as refusal:
            errors = [("quantity", _left(refusal.available))]
        else:
            flash(variant.sku, "added")
            return redirect(url_for("cart.show"), 303)
    product = queries.find(product.slug) or product
    old_token = has_old_token(form)
    _shop, offered = profile.terms()
    return product_screen.show(product, offered, errors, form.data, old_token=old_token)


@bp.post("/items/<sku>")
def change(sku: str) -> ResponseReturnValue:
    form, cart_id = QuantityForm(), CART.read()
    if cart_id is None:
        return redirect(url_for("cart.show"), 303)
    if not form.validate():
        typed, old_token = form.quantity.data, has_old_token(form)
        return show_cart(refused=(sku, errors_of(form)), typed=typed, old_token=old_token)
    before = {line.variant.sku: line.quantity for line in carts.lines(cart_id)}
    quantity = int(form.quantity.data or 0)
    try:
        is_known = carts.set_quantity(cart_id, sku, quantity)
    except TooMany as refusal:
        left = [("quantity", _left(refusal.available))]
        return show_cart(refused=(sku, left), typed=str(quantity))
    if quantity == 0 and sku in before:
        flash(f"{sku}:{before[sku]}", "removed")
    elif is_known and quantity != before.get(sku, 0):
        flash(str(quantity), "changed")
    return redirect(url_for("cart.show"), 303)


def _left(available: int) -> str:
    if available == 0:
        return _("在庫がありません")
    return _("在庫が残り%(n)s点になりました。数量を変更してください", n=available)


def _option_missing(product: Product, first: str) -> tuple[str, str]:
    known = {variant.option_1 for variant in product.variants}
    option = 2 if product.option_2 and first in known else 1
    name = product_screen.option_name(product, option)
    return (f"variant_{option}", _("%(option)sを選択してください", option=name))
