"""What is typed of a product; whether it is a value is judged by catalogue/drafts.py."""

from flask import request
from wtforms import StringField

from storefront.admin.forms import AdminForm, raw
from storefront.catalogue import stocktaking
from storefront.catalogue.models import Product, Variant
from storefront.catalogue.products import fields
from storefront.catalogue.products.validation import MOST_VARIANTS

SPARE = 2  # empty rows under the variants that are there


class ProductForm(AdminForm):
    version = StringField(filters=[raw])
    slug = StringField(filters=[raw])
    category_id = StringField(filters=[raw])
    name = StringField(filters=[raw])
    name_en = StringField(filters=[raw])
    reading = StringField(filters=[raw])
    description = StringField(filters=[raw])
    description_en = StringField(filters=[raw])
    specs = StringField(filters=[raw])
    tax = StringField(filters=[raw])
    option_1 = StringField(filters=[raw])
    option_1_en = StringField(filters=[raw])
    option_2 = StringField(filters=[raw])
    option_2_en = StringField(filters=[raw])
    published = StringField(filters=[raw])
    position = StringField(filters=[raw])

    @property
    def texts(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in fields.PRODUCT}


class VariantRow(AdminForm):
    class Meta(AdminForm.Meta):
        csrf = False  # the product's form has the token

    id = StringField(filters=[raw])
    seen = StringField(filters=[raw])
    sku = StringField(filters=[raw])
    option_1 = StringField(filters=[raw])
    option_1_en = StringField(filters=[raw])
    option_2 = StringField(filters=[raw])
    option_2_en = StringField(filters=[raw])
    price = StringField(filters=[raw])
    stock = StringField(filters=[raw])
    position = StringField(filters=[raw])
    withdrawn = StringField(filters=[raw])

    @property
    def texts(self) -> dict[str, str]:
        names = ("id", "seen", "stock", *fields.VARIANT)
        return {name: self[name].data or "" for name in names}

    @property
    def is_empty(self) -> bool:
        typed = (self.id, self.sku, self.price, self.stock, self.option_1, self.option_2)
        return not any((field.data or "").strip() for field in typed)


class RemoveForm(AdminForm):
    version = StringField(filters=[raw])


class CategoryForm(AdminForm):
    name = StringField(filters=[raw])
    name_en = StringField(filters=[raw])
    slug = StringField(filters=[raw])
    position = StringField(filters=[raw])


class PictureForm(AdminForm):
    file = StringField()  # the route reads it; here its fault is said
    alt = StringField(filters=[raw])
    alt_en = StringField(filters=[raw])

    @property
    def texts(self) -> dict[str, str]:
        return {"alt": self.alt.data or "", "alt_en": self.alt_en.data or ""}


def sent_rows(more: int = 0) -> list[VariantRow]:
    """As many as the form had, and so many empty ones more."""
    typed = request.form.get("rows", "")
    count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    sent = [VariantRow(prefix=place(at)) for at in range(min(count, MOST_VARIANTS))]
    return [*sent, *empty_rows(len(sent), more)]


def rows_of(variants: list[Variant]) -> list[VariantRow]:
    known = [
        VariantRow(formdata=None, prefix=place(at), data=_texts_of(one))
        for at, one in enumerate(variants)
    ]
    return [*known, *empty_rows(len(known), SPARE)]


def empty_rows(after: int, count: int) -> list[VariantRow]:
    return [
        VariantRow(
            formdata=None,
            prefix=place(at),
            data={"withdrawn": "0", "position": str(at + 1)},
        )
        for at in range(after, after + count)
    ]


def place(at: int) -> str:
    return f"v{at}"


def form_of(product: Product) -> ProductForm:
    texts = {name: field.write(getattr(product, name)) for name, field in fields.PRODUCT.items()}
    texts |= {
        "published": "1" if product.published else "0",
        "category_id": str(product.category_id),
        "version": str(product.version),
    }
    return ProductForm(formdata=None, data=texts)


def _texts_of(variant: Variant) -> dict[str, str]:
    texts = {name: field.write(getattr(variant, name)) for name, field in fields.VARIANT.items()}
    seen = str(stocktaking.shown(variant))
    return {
        **texts,
        "withdrawn": "1" if variant.withdrawn else "0",
        "id": str(variant.id),
        "stock": str(variant.available),
        "seen": seen,
    }
