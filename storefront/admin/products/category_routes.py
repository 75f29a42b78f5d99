"""The categories: added, renamed, deleted once they are empty."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.products import bp
from storefront.admin.products.faults import say
from storefront.admin.products.forms import CategoryForm
from storefront.catalogue import categories
from storefront.catalogue.categories import FIELDS, NotEmpty
from storefront.catalogue.models import Category
from storefront.catalogue.products.saving import Refused
from storefront.web.rendering import has_old_token, page


@bp.get("/categories")
def category_list() -> ResponseReturnValue:
    return _page(_empty())


@bp.post("/categories")
def add_category() -> ResponseReturnValue:
    return _save(None)


@bp.get("/categories/<int:category_id>")
def category(category_id: int) -> ResponseReturnValue:
    found = _category(category_id)
    texts = {name: field.write(getattr(found, name)) for name, field in FIELDS.items()}
    return _page(CategoryForm(formdata=None, data=texts), found)


@bp.post("/categories/<int:category_id>")
def change_category(category_id: int) -> ResponseReturnValue:
    """Change the category, or delete it where it has no products."""
    found = _category(category_id)
    if request.form.get("do") == "delete" and CategoryForm().validate():
        try:
            categories.delete(found.id)
        except NotEmpty:
            flash(_("商品が入っているため、削除できません。先に別のカテゴリーへ移してください"))
        else:
            audit.record("category.delete", found.slug)
            flash(_("カテゴリーを削除しました"))
        return redirect(url_for("admin.products.category_list"), 303)
    return _save(found)


def _save(known: Category | None) -> ResponseReturnValue:
    form = CategoryForm()
    if not form.validate():
        return _page(form, known, 422)
    texts = {name: form[name].data or "" for name in FIELDS}
    try:
        saved = categories.save(known.id if known else None, texts)
    except Refused as refused:
        return _page(form, known, 422, say({"": form}, refused.faults))
    audit.record("category.save", saved.slug, after={"name": saved.name})
    flash(_("カテゴリー「%(name)s」を登録しました", name=saved.name))
    return redirect(url_for("admin.products.category_list"), 303)


def _category(category_id: int) -> Category:
    return categories.find(category_id) or abort(404)


def _empty() -> CategoryForm:
    return CategoryForm(formdata=None, data={"position": str(len(categories.counted()))})


def _page(
    form: CategoryForm,
    known: Category | None = None,
    status: int = 200,
    errors: list[tuple[str, str]] | None = None,
) -> ResponseReturnValue:
    return page(
        "admin/products/categories.html",
        status,
        form=form,
        known=known,
        categories=categories.counted(),
        errors=errors or [],
        old_token=has_old_token(form),
    )
