"""The fields of a product's form as texts; catalogue/products/form_input.py reads values from
them."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from storefront.admin.forms import AdminForm, raw
from storefront.catalogue import stocktaking
from storefront.catalogue.models import Product, Variant
from storefront.catalogue.products import fields
from storefront.catalogue.products.validation import MOST_VARIANTS

SPARE = 2  # empty rows under the variants that are there


class ProductForm(AdminForm):
    """The product's fields in the order of the screen, by which errors are listed."""

    version = StringField(filters=[raw])
    name = StringField(_l("商品名"), filters=[raw])
    name_en = StringField(_l("商品名(英語)"), filters=[raw])
    reading = StringField(_l("よみがな"), filters=[raw])
    other_spellings = StringField(_l("別の書き方"), filters=[raw])
    slug = StringField(_l("商品コード"), filters=[raw])
    category_id = StringField(_l("カテゴリー"), filters=[raw])
    tax = StringField(_l("消費税率"), filters=[raw])
    published = StringField(_l("状態"), filters=[raw])
    position = StringField(_l("並び順"), filters=[raw])
    description = StringField(_l("説明"), filters=[raw])
    description_en = StringField(_l("説明(英語)"), filters=[raw])
    specs = StringField(_l("仕様"), filters=[raw])
    option_1 = StringField(_l("選択肢1の名前"), filters=[raw])
    option_1_en = StringField(_l("選択肢1の名前(英語)"), filters=[raw])
    option_2 = StringField(_l("選択肢2の名前"), filters=[raw])
    option_2_en = StringField(_l("選択肢2の名前(英語)"), filters=[raw])

    @property
    def texts(self) -> dict[str, str]:
        """The texts by the names of catalogue.products.fields."""
        return {name: self[name].data or "" for name in fields.PRODUCT}


class VariantRow(AdminForm):
    """The fields of one variant; id and seen, the stock that was shown, are hidden."""

    class Meta(AdminForm.Meta):
        """WTForms' settings of the row."""

        csrf = False  # the product's form has the token

    id = StringField(filters=[raw])
    seen = StringField(filters=[raw])
    sku = StringField(_l("SKU"), filters=[raw])
    price = StringField(_l("価格(税込)"), filters=[raw])
    stock = StringField(_l("在庫"), filters=[raw])
    option_1 = StringField(_l("選択肢1の値"), filters=[raw])
    option_1_en = StringField(_l("選択肢1の値(英語)"), filters=[raw])
    option_2 = StringField(_l("選択肢2の値"), filters=[raw])
    option_2_en = StringField(_l("選択肢2の値(英語)"), filters=[raw])
    position = StringField(_l("順番"), filters=[raw])
    withdrawn = StringField(_l("取り扱い"), filters=[raw])

    @property
    def texts(self) -> dict[str, str]:
        """The texts by their names."""
        names = ("id", "seen", "stock", *fields.VARIANT)
        return {name: self[name].data or "" for name in names}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into the row."""
        typed = (self.id, self.sku, self.price, self.stock, self.option_1, self.option_2)
        return not any((field.data or "").strip() for field in typed)


class RemoveForm(AdminForm):
    """The version of the product that was shown."""

    version = StringField(filters=[raw])


class CategoryForm(AdminForm):
    """A category's names, code and place."""

    name = StringField(_l("カテゴリー名"), filters=[raw])
    name_en = StringField(_l("カテゴリー名(英語)"), filters=[raw])
    slug = StringField(_l("カテゴリーコード"), filters=[raw])
    position = StringField(_l("並び順"), filters=[raw])


class PictureForm(AdminForm):
    """A picture's alternative texts; the file itself is read by the route."""

    file = StringField(_l("写真のファイル"))  # the route reads it; here its fault is said
    alt = StringField(_l("写真の説明"), filters=[raw])
    alt_en = StringField(_l("写真の説明(英語)"), filters=[raw])

    @property
    def texts(self) -> dict[str, str]:
        """The alternative texts by their names."""
        return {"alt": self.alt.data or "", "alt_en": self.alt_en.data or ""}


def sent_rows(more: int = 0) -> list[VariantRow]:
    """The rows that were sent, and so many empty ones behind them."""
    typed = request.form.get("rows", "")
    count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    sent = [VariantRow(prefix=place(at)) for at in range(min(count, MOST_VARIANTS))]
    return [*sent, *empty_rows(len(sent), more)]


def rows_of(variants: list[Variant]) -> list[VariantRow]:
    """Rows for these variants, and SPARE empty ones."""
    known = [
        VariantRow(formdata=None, prefix=place(at), data=_texts_of(one))
        for at, one in enumerate(variants)
    ]
    return [*known, *empty_rows(len(known), SPARE)]


def empty_rows(after: int, count: int) -> list[VariantRow]:
    """So many empty rows, numbered on from after."""
    return [
        VariantRow(
            formdata=None,
            prefix=place(at),
            data={"withdrawn": "0", "position": str(at + 1)},
        )
        for at in range(after, after + count)
    ]


def place(at: int) -> str:
    """The prefix of the row's fields."""
    return f"v{at}"


def form_of(product: Product) -> ProductForm:
    """The form filled in from a product."""
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
