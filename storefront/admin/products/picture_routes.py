"""The pictures of one product."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.forms import AdminForm
from storefront.admin.products import bp
from storefront.admin.products.faults import say
from storefront.admin.products.forms import PictureForm
from storefront.admin.products.routes import product_of
from storefront.catalogue.models import Product
from storefront.catalogue.pictures import pictures
from storefront.catalogue.pictures.image_processing import MOST_BYTES
from storefront.catalogue.products.saving import Outdated, Refused
from storefront.web.rendering import has_old_token, page

MOST_READ = 4 * MOST_BYTES  # so that a photograph too large gets a sentence, no error page
STEPS = {"forward": -1, "back": 1}


@bp.get("/<int:product_id>/pictures")
def pictures_of(product_id: int) -> ResponseReturnValue:
    return _page(product_of(product_id), PictureForm(formdata=None))


@bp.post("/<int:product_id>/pictures")
def add_picture(product_id: int) -> ResponseReturnValue:
    """Add a picture. The limit of a request's size is raised before the form is read."""
    request.max_content_length = MOST_READ
    product, form = product_of(product_id), PictureForm()
    if not form.validate():
        return _page(product, form, 422)
    sent = request.files.get("file")
    try:
        picture = pictures.add(product.id, sent.read() if sent else b"", form.texts)
    except Refused as refused:
        return _page(product, form, 422, say({"": form}, refused.faults))
    except Outdated:
        return _back(product_id)
    audit.record("product.picture.add", product.slug, after={"file": picture.file})
    flash(_("写真を追加しました"))
    return _back(product_id)


@bp.post("/<int:product_id>/pictures/<int:picture_id>")
def change_picture(product_id: int, picture_id: int) -> ResponseReturnValue:
    """Move, describe or remove a picture."""
    product, form, action = product_of(product_id), PictureForm(), request.form.get("do", "")
    if not AdminForm().validate():
        return _page(product, form, 422)
    if action in STEPS:
        pictures.move(product.id, picture_id, STEPS[action])
        audit.record("product.picture.move", product.slug, after={"picture": picture_id})
    elif action == "remove":
        pictures.remove(product.id, picture_id)
        audit.record("product.picture.remove", product.slug, before={"picture": picture_id})
        flash(_("写真を削除しました"))
    elif action == "describe":
        return _describe(product, picture_id, form)
    return _back(product_id)


def _describe(product: Product, picture_id: int, form: PictureForm) -> ResponseReturnValue:
    try:
        pictures.describe(product.id, picture_id, form.texts)
    except Refused as refused:
        told = say({"": form}, refused.faults)
        at_its_own = [(f"{name.replace('_', '-')}-{picture_id}", text) for name, text in told]
        return _page(product, PictureForm(formdata=None), 422, at_its_own)
    audit.record("product.picture.describe", product.slug, after=form.texts)
    flash(_("写真の説明を登録しました"))
    return _back(product.id)


def _back(product_id: int) -> ResponseReturnValue:
    return redirect(url_for("admin.products.pictures_of", product_id=product_id), 303)


def _page(
    product: Product,
    form: PictureForm,
    status: int = 200,
    errors: list[tuple[str, str]] | None = None,
) -> ResponseReturnValue:
    return page(
        "admin/products/pictures.html",
        status,
        product=product,
        form=form,
        pictures=pictures.of(product.id),
        most=pictures.MOST,
        errors=errors or [],
        old_token=has_old_token(form),
    )
