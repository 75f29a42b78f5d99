"""The columns of the table: one row a variant, with what belongs to its product repeated."""

from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from storefront.catalogue.products import fields
from storefront.catalogue.products.fields import Field


@dataclass(frozen=True)
class Column:
    """One column: key is unique in the file, name is that of the value, which product and variant
    may both have; ja and en are its titles."""

    key: str
    name: str
    ja: str
    en: str
    field: Field
    of_product: bool

    def header(self, locale: str) -> str:
        """The title in "ja" or "en"."""
        return self.en if locale == "en" else self.ja


def _product(name: str, ja: str, en: str) -> Column:
    field = fields.PRODUCT.get(name, Field(str))  # a category is looked up, not read
    return Column(name, name, ja, en, field, of_product=True)


def _variant(key: str, name: str, ja: str, en: str) -> Column:
    field = fields.VARIANT.get(name, Field(fields.pieces))
    return Column(key, name, ja, en, field, of_product=False)


SLUG = _product("slug", "商品コード", "product code")
CATEGORY = _product("category_id", "カテゴリー", "category")
SKU = _variant("sku", "sku", "SKU", "SKU")
STOCK = _variant("stock", "stock", "在庫", "stock")
SEEN = _variant("seen", "seen", "在庫の控え", "stock as exported")
COLUMNS = (
    SLUG,
    _product("name", "商品名", "name"),
    _product("name_en", "商品名(英語)", "name (English)"),
    _product("reading", "よみがな", "reading"),
    CATEGORY,
    _product("tax", "消費税率", "tax rate"),
    _product("published", "公開状態", "visibility"),
    _product("position", "並び順", "position"),
    SKU,
    _product("option_1", "選択肢1", "option 1"),
    _product("option_1_en", "選択肢1(英語)", "option 1 (English)"),
    _variant("value_1", "option_1", "選択肢1の値", "option 1 value"),
    _variant("value_1_en", "option_1_en", "選択肢1の値(英語)", "option 1 value (English)"),
    _product("option_2", "選択肢2", "option 2"),
    _product("option_2_en", "選択肢2(英語)", "option 2 (English)"),
    _variant("value_2", "option_2", "選択肢2の値", "option 2 value"),
    _variant("value_2_en", "option_2_en", "選択肢2の値(英語)", "option 2 value (English)"),
    _variant("price", "price", "価格(税込)", "price (tax incl.)"),
    STOCK,
    SEEN,
    _variant("withdrawn", "withdrawn", "取り扱い", "selling"),
    _variant("variant_position", "position", "バリエーションの順番", "variant position"),
    _product("description", "説明", "description"),
    _product("description_en", "説明(英語)", "description (English)"),
    _product("specs", "仕様", "specifications"),
    _product("other_spellings", "別の書き方", "other spellings"),
)
LOOKED_UP = {SLUG, CATEGORY, SKU, STOCK, SEEN}
OF_PRODUCT = [one for one in COLUMNS if one.of_product]
READ_OF_PRODUCT = [one for one in OF_PRODUCT if one not in LOOKED_UP]
READ_OF_VARIANT = [one for one in COLUMNS if not one.of_product and one not in LOOKED_UP]


def _folded(text: str) -> str:
    return "".join(normalize("NFKC", text).lower().split())


BY_HEADER: Mapping[str, Column] = {
    _folded(text): one for one in COLUMNS for text in (one.ja, one.en, one.key)
}


def named(header: str) -> Column | None:
    """The column that a title in Japanese or English stands for, or None; width and spaces do not
    matter."""
    return BY_HEADER.get(_folded(header))


def of_field(name: str, of_product: bool) -> Column:
    """The column that shows a fault of this field; the SKU's where the field has no column."""
    found = (one for one in COLUMNS if (one.name, one.of_product) == (name, of_product))
    return next(found, SKU)
