"""The list of products, and the form of one."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.products import bp
from storefront.admin.products.faults import say
from storefront.admin.products.forms import (
    SPARE,
    ProductForm,
    VariantRow,
    empty_rows,
    form_of,
    place,
    rows_of,
    sent_rows,
)
from storefront.catalogue import categories, stocktaking
from storefront.catalogue.models import Product
from storefront.catalogue.pictures import pictures
from storefront.catalogue.products import form_input, saving
from storefront.catalogue.products.saving import Outdated, Refused
from storefront.catalogue.products.validation import Fault
from storefront.catalogue.search import admin_list
from storefront.catalogue.search.admin_list import Wanted
from storefront.core.extensions import db
from storefront.web.i18n import localized
from storefront.web.rendering import has_old_token, page

TOLD = ("slug", "name", "published", "tax", "category_id")  # of the audit log


@bp.get("")
def listing() -> ResponseReturnValue:
    """The list, filtered and a page at a time."""
    given = {name: request.args.get(name, "").strip()[:100] for name in FILTERS}
    wanted = Wanted(given["q"], given["category"], given["state"], given["stock"])
    found = admin_list.shelf(wanted, max(1, request.args.get("page", 1, type=int)))
    asked: dict[str, Any] = {name: value for name, value in given.items() if value}
    return page(
        "admin/products/listing.html",
        shelf=found,
        asked=asked,
        categories=[
            (one.slug, f"{localized(one, 'name')} ({n})") for one, n in categories.counted()
        ],
        newer=url_for(".listing", page=found.page - 1, **asked) if found.page > 1 else "",
        older=url_for(".listing", page=found.page + 1, **asked) if found.has_next else "",
    )


FILTERS = ("q", "category", "state", "stock")


@bp.get("/new")
def new() -> ResponseReturnValue:
    first = {"published": "0", "tax": "10", "position": str(saving.last_position() + 1)}
    return _page(ProductForm(formdata=None, data=first), empty_rows(0, SPARE + 1))


@bp.post("/new")
def create() -> ResponseReturnValue:
    return _save(None)


@bp.get("/<int:product_id>")
def edit(product_id: int) -> ResponseReturnValue:
    product = product_of(product_id)
    return _page(form_of(product), rows_of(saving.all_variants(product.id)), product)


@bp.post("/<int:product_id>")
def save(product_id: int) -> ResponseReturnValue:
    return _save(product_of(product_id))


def _save(product: Product | None) -> ResponseReturnValue:
    form = ProductForm()
    if "more" in request.form:
        return _page(form, sent_rows(SPARE + 1), product)
    rows = sent_rows()
    if not form.validate():
        return _page(form, rows, product, 422)
    typed = [(row, place(at)) for at, row in enumerate(rows) if not row.is_empty]
    draft = form_input.read(form.texts, [(where, row.texts) for row, where in typed])
    try:
        saved = _write(product, form, draft)
    except Refused as refused:
        _show_stock_anew(rows, product)
        forms = {"": form, **{where: row for row, where in typed}}
        return _page(form, rows, product, 422, say(forms, refused.faults))
    except Outdated:
        fault = Fault(
            "", "", _("表示のあとに、ほかの人がこの商品を変えました"), _("開きなおしてください")
        )
        return _page(form, rows, product, 422, say({"": form}, [fault]))
    flash(_("「%(name)s」を登録しました", name=saved.name))
    return redirect(url_for(".edit", product_id=saved.id), 303)


def _show_stock_anew(rows: list[VariantRow], product: Product | None) -> None:
    """What is said of the stock is what the next number typed is relative to."""
    now = {str(one.id): one for one in saving.all_variants(product.id)} if product else {}
    for row in rows:
        seen = stocktaking.read(row.seen.data or "")
        variant = now.get(row.id.data or "")
        if variant and seen and row.stock.data != str(seen.available):
            row.seen.data = str(stocktaking.shown(variant))


def _write(product: Product | None, form: ProductForm, draft: form_input.Draft) -> Product:
    """Raises Refused, and Outdated."""
    category = whole(form.category_id.data)
    if product is None:
        saved = saving.create(draft, category)
        audit.record("product.create", saved.slug, after=_told(saved))
        return saved
    before = _told(product)
    saved = saving.change(product.id, whole(form.version.data), draft, category)
    told = audit.changes(before, _told(saved))
    audit.record("product.change", saved.slug, told["before"], told["after"])
    return saved


def _told(product: Product) -> dict[str, object]:
    variants = {
        one.sku: {"price": one.price, "stock": one.available, "withdrawn": one.withdrawn}
        for one in saving.all_variants(product.id)
    }
    return {**{name: getattr(product, name) for name in TOLD}, "variants": variants}


def whole(text: str | None) -> int:
    """A number from a hidden field; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def product_of(product_id: int) -> Product:
    """The product, or 404 for one that was withdrawn for good."""
    product = db.session.get(Product, product_id, populate_existing=True)
    return product if product and not product.withdrawn else abort(404)


def _page(
    form: ProductForm,
    rows: list[VariantRow],
    product: Product | None = None,
    status: int = 200,
    errors: list[tuple[str, str]] | None = None,
) -> ResponseReturnValue:
    return page(
        "admin/products/form.html",
        status,
        form=form,
        rows=rows,
        product=product,
        pictures=pictures.of(product.id) if product else [],
        category_choices=[(str(one.id), one.name) for one, _count in categories.counted()],
        errors=errors or [],
        old_token=has_old_token(form),
    )
