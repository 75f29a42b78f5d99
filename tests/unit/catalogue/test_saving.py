from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.cart import carts
from storefront.cart.carts import TooMany
from storefront.catalogue import categories, stock
from storefront.catalogue.models import Category, Product, Variant
from storefront.catalogue.products import fields, form_input, queries, saving
from storefront.catalogue.products.fields import Wrong
from storefront.catalogue.products.form_input import Draft
from storefront.catalogue.products.saving import Outdated, Refused
from storefront.catalogue.search import product_search
from storefront.catalogue.stocktaking import Shown, read
from storefront.core.extensions import db, transaction

pytestmark = pytest.mark.usefixtures("app")

BOX = {
    "slug": "sencha-box",
    "name": "煎茶の箱",
    "name_en": "Box of sencha",
    "reading": "せんちゃのはこ",
    "description": "一行目\r\n二行目",
    "description_en": "",
    "specs": "内容量|100g|Contents|100 g\n産地|京都",
    "tax": "8",
    "option_1": "大きさ",
    "option_1_en": "Size",
    "option_2": "",
    "option_2_en": "",
    "published": "公開",
    "position": "30",
}
SMALL = {
    "id": "",
    "sku": "box-s",
    "option_1": "小",
    "option_1_en": "S",
    "price": "1,080",
    "stock": "5",
    "position": "0",
    "withdrawn": "取扱中",
}
LARGE = {**SMALL, "sku": "box-l", "option_1": "大", "option_1_en": "L", "position": "1"}


def tea() -> int:
    return db.session.scalars(sa.select(Category.id).where(Category.slug == "tea")).one()


def draft(*variants: dict[str, str], **changes: str) -> Draft:
    rows = variants or (SMALL, LARGE)
    return form_input.read({**BOX, **changes}, [(f"v{n}", row) for n, row in enumerate(rows)])


def create(*variants: dict[str, str], **changes: str) -> Product:
    return saving.create(draft(*variants, **changes), tea())


def again(product: Product, **changes: Any) -> list[dict[str, str]]:
    """The rows of the form as a person finds them, with changes to the first."""
    rows = [
        {
            **{name: one.write(getattr(variant, name)) for name, one in fields.VARIANT.items()},
            "id": str(variant.id),
            "stock": str(variant.available),
            "seen": f"{variant.available}@{variant.stocktakes}",
        }
        for variant in saving.all_variants(product.id)
    ]
    return [{**rows[0], **changes}, *rows[1:]]


def change(product: Product, *variants: dict[str, str], **changes: str) -> Product:
    version = db.session.scalars(sa.select(Product.version).where(Product.id == product.id)).one()
    return saving.change(
        product.id, version, draft(*(variants or again(product)), **changes), tea()
    )


def of(sku: str) -> Variant:
    query = sa.select(Variant).where(Variant.sku == sku)
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def refused(call: Any, *args: Any, **changes: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refusal:
        call(*args, **changes)
    return [(one.place, one.field) for one in refusal.value.faults]


def test_a_new_product_is_found_by_its_name_and_can_be_bought() -> None:
    create()

    found = queries.find("sencha-box")
    assert found
    assert [one.price for one in found.variants] == [1080, 1080]
    assert [card.slug for card in product_search.search("センチャノハコ", 1).page.products] == [
        "sencha-box"
    ]
    assert found.description == "一行目\n二行目"
    assert found.specs == [["内容量", "Contents", "100g", "100 g"], ["産地", "", "京都", ""]]
    assert carts.put_in(None, of("box-s"), 5)


def test_a_renamed_product_is_found_by_its_new_name_only() -> None:
    product = create()

    change(product, name="玉露の缶", reading="", name_en="")

    assert product_search.search("煎茶の箱", 1).page.products == []
    assert [card.slug for card in product_search.search("玉露の缶", 1).page.products] == [
        "sencha-box"
    ]


def test_an_unpublished_product_is_kept_from_shoppers() -> None:
    product = create()

    change(product, published="非公開")

    assert queries.find("sencha-box") is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "uji-sencha"}, "slug"),
        ({"slug": "Uji Sencha"}, "slug"),
        ({"slug": "2026-11"}, "slug"),
        ({"name": " "}, "name"),
        ({"tax": "80%"}, "tax"),
        ({"specs": "京都"}, "specs"),
        ({"option_1": ""}, "option_1"),
    ],
)
def test_what_is_wrong_with_a_product_is_said_beside_the_field(
    changes: dict[str, str], field: str
) -> None:
    assert ("", field) in refused(create, **changes)
    assert queries.find("sencha-box") is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sku": "uji-sencha"}, "sku"),
        ({"sku": "box-s"}, "sku"),
        ({"sku": "5-Jan"}, "sku"),
        ({"price": "10.5"}, "price"),
        ({"price": "-1"}, "price"),
        ({"stock": "many"}, "stock"),
        ({"option_1": ""}, "option_1"),
        ({"option_1": "小"}, "option_1"),
        ({"option_2": "藍"}, "option_2"),
    ],
)
def test_what_is_wrong_with_a_variant_is_said_in_its_row(
    changes: dict[str, str], field: str
) -> None:
    assert refused(create, SMALL, {**LARGE, **changes}) == [("v1", field)]


def test_an_option_is_kept_as_the_cart_compares_it() -> None:
    create({**SMALL, "option_1": "Ｓ"}, LARGE)

    found = queries.find("sencha-box")

    assert found
    assert queries.pick(found, "S", "") is not None


def test_a_withdrawn_variant_is_gone_from_page_and_carts_but_its_row_stays() -> None:
    product = create()
    cart = carts.put_in(None, of("box-s"), 2)

    change(product, *again(product, withdrawn="終了"))

    found = queries.find("sencha-box")
    assert found
    assert [one.sku for one in found.variants] == ["box-l"]
    assert [one.what for one in carts.look_over(cart)] == ["gone"]
    assert carts.lines(cart) == []
    with pytest.raises(TooMany):
        carts.put_in(cart, of("box-s"), 1)
    with pytest.raises(TooMany):
        carts.set_quantity(cart, "box-s", 1)


def test_a_withdrawn_variant_comes_back_with_its_stock() -> None:
    product = create()
    change(product, *again(product, withdrawn="終了"))

    change(product, *again(product, withdrawn="取扱中"))

    assert of("box-s").available == 5
    assert carts.put_in(None, of("box-s"), 1)


def test_the_last_variant_cannot_be_withdrawn() -> None:
    product = create({**SMALL, "option_1": "", "option_1_en": ""}, option_1="")
    rows = again(product, withdrawn="終了")

    assert refused(change, product, *rows, option_1="") == [("", "variants")]


def test_a_sale_while_the_form_was_open_is_not_lost() -> None:
    product = create()
    rows = again(product, stock="12")
    with transaction():
        stock.take({of("box-s").id: 3})

    change(product, *rows)

    assert of("box-s").available == 9


def test_an_untouched_number_gives_nothing_back_that_was_sold() -> None:
    product = create()
    rows = again(product)
    with transaction():
        stock.take({of("box-s").id: 3})

    change(product, *rows)

    assert of("box-s").available == 2


def test_held_pieces_stay_held_whatever_is_counted() -> None:
    product = create()
    variant = of("box-s").id
    with transaction():
        stock.hold("a" * 32, {variant: 2})

    change(product, *again(product, stock="0"))

    assert of("box-s").available == 0
    assert stock.held_for("a" * 32) == {variant: 2}


def test_what_was_sold_in_between_cannot_be_taken_away_again() -> None:
    product = create()
    rows = again(product, stock="1", price="500")
    with transaction():
        stock.take({of("box-s").id: 3})

    assert refused(change, product, *rows) == [("v0", "stock")]
    assert (of("box-s").available, of("box-s").price) == (2, 1080)


def test_of_two_who_count_the_same_shelf_the_second_is_told() -> None:
    product = create()
    rows = again(product, stock="12")
    change(product, *rows)

    assert refused(change, product, *rows) == [("v0", "stock")]
    assert of("box-s").available == 12


def test_a_form_that_is_older_than_the_product_changes_nothing() -> None:
    product = create()
    change(product, name="新しい名前")

    with pytest.raises(Outdated):
        saving.change(product.id, 1, draft(*again(product)), tea())

    assert db.session.get_one(Product, product.id).name == "新しい名前"


def test_a_variant_of_another_product_is_not_changed_through_this_one() -> None:
    product = create()
    row = {**SMALL, "id": str(of("uji-sencha").id), "sku": "new-sku", "option_1": "中"}

    change(product, *again(product), row)

    assert of("uji-sencha").price == 1080
    assert of("new-sku").product_id == product.id


@pytest.mark.parametrize("text", ["", "5", "5@", "@1", "５@１", "-5@1", "5@1@2", "9" * 12 + "@1"])
def test_only_what_was_shown_is_read_as_shown(text: str) -> None:
    assert read(text) is None


def test_what_was_shown_is_read_again() -> None:
    assert read(str(Shown(10, 3))) == Shown(10, 3)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,080", 1080), ("１０８０", 1080), ("¥1,080", 1080), ("1080円", 1080), ("1080.00", 1080)],
)
def test_a_price_is_read_as_people_and_spreadsheets_write_it(text: str, number: int) -> None:
    assert fields.yen(text) == number


@pytest.mark.parametrize("text", ["1,08", "10,80", "1e3", "", "千円", "99,999,999", "1080.5"])
def test_a_price_is_never_guessed(text: str) -> None:
    with pytest.raises(Wrong):
        fields.yen(text)


@pytest.mark.parametrize(("text", "tax"), [("8", 800), ("8 %", 800), ("10％", 1000), ("0.1", 1000)])
def test_a_tax_rate_is_read_with_and_without_its_sign(text: str, tax: int) -> None:
    assert fields.tax(text) == tax


@pytest.mark.parametrize(
    "text", ["1月5日", "5-Jan", "1.23E+12", "2026/1/5", "2026-1-5", "-a", "a b"]
)
def test_a_sku_that_a_spreadsheet_mangles_is_refused(text: str) -> None:
    with pytest.raises(Wrong):
        fields.sku(text)


def test_every_product_of_the_demo_shop_keeps_the_rules(app: Flask) -> None:
    for product in db.session.scalars(sa.select(Product)):
        rows = again(product)
        texts = {name: one.write(getattr(product, name)) for name, one in fields.PRODUCT.items()}

        found = form_input.read(texts, [(str(n), row) for n, row in enumerate(rows)])

        assert found.faults == []
        assert found.values == {name: getattr(product, name) for name in fields.PRODUCT}


def test_a_category_is_made_changed_and_deleted_while_empty() -> None:
    made = categories.save(None, {"name": "茶器", "slug": "pots", "position": "9"})
    categories.save(made.id, {"name": "急須", "slug": "kyusu", "position": "9"})

    categories.delete(made.id)

    assert "kyusu" not in [one.slug for one, _count in categories.counted()]


def test_a_category_with_products_stays() -> None:
    with pytest.raises(categories.NotEmpty):
        categories.delete(tea())

    assert categories.find(tea())


def test_two_categories_have_two_addresses() -> None:
    assert refused(categories.save, None, {"name": "茶", "slug": "tea", "position": "1"}) == [
        ("", "slug")
    ]
