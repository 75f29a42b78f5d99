"""Deleting a product, or withdrawing it for good once it was ordered."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only
from storefront.admin.products import bp
from storefront.admin.products.forms import RemoveForm
from storefront.admin.products.routes import product_of, whole
from storefront.cart import carts
from storefront.catalogue import removal
from storefront.catalogue.models import Product
from storefront.catalogue.products import saving
from storefront.catalogue.products.saving import Outdated
from storefront.orders.queries import product_use
from storefront.web.rendering import has_old_token, page


@bp.get("/<int:product_id>/remove")
@owner_only
def ask_to_remove(product_id: int) -> ResponseReturnValue:
    product = product_of(product_id)
    return _page(product, RemoveForm(formdata=None, version=f"{product.version}"))


@bp.post("/<int:product_id>/remove")
@owner_only
def remove(product_id: int) -> ResponseReturnValue:
    """Delete the product, or withdraw it where an order names it; 422 where somebody has changed it
    since."""
    product = product_of(product_id)
    form = RemoveForm()
    if not form.validate():
        return _page(product, form, 422)
    slug, name, version = product.slug, product.name, whole(form.version.data)
    try:
        is_deleted = removal.remove(
            product.id, version, product_use.is_ordered, carts.take_out_of_all
        )
    except Outdated:
        return _outdated(product_id, form)
    audit.record("product.delete" if is_deleted else "product.withdraw", slug)
    flash(
        _("「%(name)s」を削除しました", name=name)
        if is_deleted
        else _("「%(name)s」の販売を終了しました。注文の記録には残ります", name=name)
    )
    return redirect(url_for("admin.products.listing"), 303)


def _outdated(product_id: int, form: RemoveForm) -> ResponseReturnValue:
    """Somebody else has changed it since, or removed it: then it is not found."""
    product = product_of(product_id)
    form.version.data = f"{product.version}"
    said = _("表示のあとに、ほかの人がこの商品を変えました。確かめて、もう一度押してください")
    return _page(product, form, 422, said)


def _page(
    product: Product, form: RemoveForm, status: int = 200, problem: str = ""
) -> ResponseReturnValue:
    ids = [one.id for one in saving.all_variants(product.id)] or abort(404)
    return page(
        "admin/products/remove.html",
        status,
        product=product,
        form=form,
        is_ordered=product_use.is_ordered(ids),
        problem=problem,
        old_token=has_old_token(form),
    )
