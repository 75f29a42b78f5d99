"""One product: which variant is meant, and what is said of its price and stock."""

import pytest
from flask import Flask

from storefront.catalogue.models import Product, Variant
from storefront.catalogue.products import queries
from storefront.catalogue.search import listing
from storefront.core.extensions import db, transaction


def a_product(*variants: Variant, **fields: str) -> Product:
    return Product(variants=list(variants), **fields)


def a_variant(first: str = "", second: str = "", price: int = 100, available: int = 1) -> Variant:
    return Variant(option_1=first, option_2=second, price=price, available=available)


def a_cloth() -> Product:
    """Blue comes small and large, red only small, and the large blue one is sold out."""
    return a_product(
        a_variant("blue", "small", price=100, available=2),
        a_variant("blue", "large", price=300, available=0),
        a_variant("red", "small", price=100, available=0),
        option_1="colour",
        option_2="size",
    )


def test_a_product_without_options_is_its_only_variant() -> None:
    only = a_variant()

    assert queries.pick(a_product(only, option_1="", option_2=""), "", "") is only


def test_options_do_not_matter_where_there_are_none() -> None:
    only = a_variant()

    assert queries.pick(a_product(only, option_1="", option_2=""), "L", "blue") is only


def test_a_variant_is_picked_by_both_options() -> None:
    cloth = a_cloth()

    assert queries.pick(cloth, "blue", "large") is cloth.variants[1]


def test_the_second_option_does_not_matter_where_there_is_one() -> None:
    tote = a_product(a_variant("S"), a_variant("M"), option_1="size", option_2="")

    assert queries.pick(tote, "M", "anything") is tote.variants[1]


@pytest.mark.parametrize(
    ("first", "second"),
    [("", ""), ("blue", ""), ("", "small"), ("small", "blue"), ("Blue", "small"), ("red", "large")],
)
def test_options_that_do_not_exist_pick_nothing(first: str, second: str) -> None:
    assert queries.pick(a_cloth(), first, second) is None


def test_a_sold_out_variant_can_be_picked_to_be_told_of() -> None:
    cloth = a_cloth()

    picked = queries.pick(cloth, "red", "small")

    assert picked is cloth.variants[2]


def test_each_value_of_an_option_comes_once_in_the_shops_order() -> None:
    cloth = a_cloth()

    assert [one.option_1 for one in queries.values(cloth, 1)] == ["blue", "red"]
    assert [one.option_2 for one in queries.values(cloth, 2)] == ["small", "large"]


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [(1, "blue", True), (1, "red", False), (2, "small", True), (2, "large", False)],
)
def test_an_option_has_stock_while_one_of_its_variants_has(
    option: int, value: str, expected: bool
) -> None:
    assert queries.has_stock(a_cloth(), option, value) is expected


def test_the_lowest_price_is_told() -> None:
    assert queries.lowest_price(a_cloth()) == 100


def test_two_prices_are_a_range() -> None:
    assert queries.has_price_range(a_cloth())


def test_one_price_twice_is_no_range() -> None:
    assert not queries.has_price_range(a_product(a_variant("S"), a_variant("M")))


def test_what_is_available_is_the_sum_of_the_variants() -> None:
    assert queries.available(a_product(a_variant(available=2), a_variant(available=3))) == 5


@pytest.mark.parametrize(
    ("available", "expected"), [(0, False), (1, True), (5, True), (6, False), (100, False)]
)
def test_one_to_five_pieces_are_few(available: int, expected: bool) -> None:
    assert queries.is_few(available) is expected


def test_a_product_is_found_by_its_slug(app: Flask) -> None:
    found = queries.find("yunomi")

    assert found is not None
    assert found.name == "萩焼の湯呑"


def test_an_unknown_slug_finds_nothing(app: Flask) -> None:
    assert queries.find("nothing") is None


def test_an_unpublished_product_is_not_found(app: Flask) -> None:
    unpublish("yunomi")

    assert queries.find("yunomi") is None


def test_related_products_are_of_the_same_category(app: Flask) -> None:
    yunomi = found("yunomi")

    related = {queries.find(one.slug) for one in listing.related(yunomi)}
    assert {one.category_id for one in related if one} == {yunomi.category_id}


def test_a_product_is_not_related_to_itself(app: Flask) -> None:
    yunomi = found("yunomi")

    assert yunomi.slug not in {one.slug for one in listing.related(yunomi)}


def test_at_most_four_products_are_related(app: Flask) -> None:
    assert len(listing.related(found("indigo-tote"))) == 4


def test_an_unpublished_product_is_related_to_nothing(app: Flask) -> None:
    unpublish("hojicha")

    related = listing.related(found("uji-sencha"))

    assert "hojicha" not in {one.slug for one in related}


def test_a_sku_knows_its_products_name(app: Flask) -> None:
    assert queries.name_of("indigo-tote-s") == "藍染トート"


def test_an_unknown_sku_has_no_name(app: Flask) -> None:
    assert queries.name_of("nothing") == ""


@pytest.mark.parametrize(
    ("slug", "price", "tax", "stock"),
    [
        ("uji-sencha", 1080, 800, {"uji-sencha": 100}),
        ("yunomi", 3300, 1000, {"yunomi": 100}),
        (
            "indigo-tote",
            4400,
            1000,
            {"indigo-tote-s": 10, "indigo-tote-m": 10, "indigo-tote-l": 0},
        ),
        ("kyusu", 6600, 1000, {"kyusu": 0}),
        ("matcha-bowl", 8800, 1000, {"matcha-bowl": 1}),
        ("chasen", 2200, 1000, {"chasen": 50}),
        ("tsumugi", 66000, 1000, {"tsumugi": 5}),
    ],
)
def test_the_demo_shop_sells_what_the_contract_fixes(
    app: Flask, slug: str, price: int, tax: int, stock: dict[str, int]
) -> None:
    product = found(slug)

    assert {one.sku: one.available for one in product.variants} == stock
    assert {one.price for one in product.variants} == {price}
    assert product.tax == tax


def test_every_product_of_the_demo_shop_has_a_picture(app: Flask) -> None:
    everything = db.session.query(Product).all()

    assert [one.slug for one in everything if not one.pictures] == []


def test_the_name_of_an_unpublished_product_is_still_known(app: Flask) -> None:
    unpublish("yunomi")

    assert queries.name_of("yunomi") == "萩焼の湯呑"


def found(slug: str) -> Product:
    product = queries.find(slug)
    assert product is not None
    return product


def unpublish(slug: str) -> None:
    with transaction():
        found(slug).published = False


def set_stock(sku: str, available: int) -> None:
    _change_variant(sku, available=available)


def set_price(sku: str, price: int) -> None:
    _change_variant(sku, price=price)


def _change_variant(sku: str, **values: int) -> None:
    with transaction():
        for variant in db.session.query(Variant).filter_by(sku=sku):
            for name, value in values.items():
                setattr(variant, name, value)
