"""Which products a list shows, and how many statements that costs."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront.catalogue import search_index
from storefront.catalogue.models import Category, Picture, Product, SearchGram, Variant
from storefront.catalogue.search import listing, product_search
from storefront.catalogue.search.listing import FURTHEST, PER_PAGE
from storefront.core.extensions import db, transaction
from tests.markup import parsed
from tests.statements import statements
from tests.unit.catalogue.test_products import unpublish


def stock_up(count: int) -> None:
    """The shop sells so many kinds of tea, and nothing else."""
    with transaction():
        for table in (SearchGram, Picture, Variant, Product):
            db.session.execute(sa.delete(table))
        tea = listing.categories()[0].id
        teas = [a_tea(number, tea) for number in range(count)]
        db.session.add_all(teas)
        db.session.flush()
        for at in range(0, count, 500):
            search_index.index(*teas[at : at + 500])


def a_tea(number: int, category_id: int) -> Product:
    return Product(
        slug=f"tea-{number}",
        category_id=category_id,
        name=f"お茶{number}号",
        name_en=f"Tea no. {number}",
        reading=f"おちゃ{number}ごう",
        description="おいしいお茶です。",
        description_en="A good tea.",
        specs=[],
        position=number,
        variants=[Variant(sku=f"tea-{number}", price=1000 + number, available=number % 9)],
        pictures=[Picture(file="img/logo.svg", alt="お茶", alt_en="Tea")],
    )


def slugs(page: listing.Page) -> list[str]:
    return [product.slug for product in page.products]


def tea() -> Category:
    return next(one for one in listing.categories() if one.slug == "tea")


def test_categories_come_in_the_shops_order(app: Flask) -> None:
    found = [one.slug for one in listing.categories()]

    assert found == ["tea", "sweets", "ceramics", "bamboo-wood", "textile-paper"]


def test_products_come_in_the_shops_order(app: Flask) -> None:
    stock_up(3)
    with transaction():
        db.session.execute(sa.update(Product).values(position=10 - Product.position))

    assert slugs(listing.all_products(1)) == ["tea-2", "tea-1", "tea-0"]


def test_products_at_the_same_position_come_in_the_order_of_their_birth(app: Flask) -> None:
    stock_up(3)
    with transaction():
        db.session.execute(sa.update(Product).values(position=7))

    assert slugs(listing.all_products(1)) == ["tea-0", "tea-1", "tea-2"]


def test_a_category_lists_its_own_products_only(app: Flask) -> None:
    category = tea()

    page = listing.of_category(category, 1)

    listed = sa.select(Product.category_id).where(Product.slug.in_(slugs(page)))
    assert set(db.session.scalars(listed)) == {category.id}


def test_an_unpublished_product_is_in_no_list(app: Flask) -> None:
    unpublish("uji-sencha")

    lists = (
        listing.all_products(1),
        listing.of_category(tea(), 1),
        product_search.search("宇治煎茶", 1).page,
    )

    assert [page for page in lists if "uji-sencha" in slugs(page)] == []


def test_a_sold_out_product_is_listed(app: Flask) -> None:
    assert "kyusu" in slugs(listing.all_products(1))


def test_the_newest_products_are_those_that_came_last(app: Flask) -> None:
    stock_up(3)
    with transaction():
        db.session.execute(sa.update(Product).values(position=10 - Product.position))

    assert [one.slug for one in listing.newest(2)] == ["tea-2", "tea-1"]


def test_favourites_are_the_first_in_stock_of_each_category(app: Flask) -> None:
    found = [one.slug for one in listing.favourites(8)]

    assert found == [
        "uji-sencha",
        "hojicha",
        "wasanbon",
        "soka-senbei",
        "yunomi",
        "matcha-bowl",
        "chasen",
        "chazutsu",
    ]


def test_a_page_holds_24_products(app: Flask) -> None:
    stock_up(60)

    sizes = [len(listing.all_products(number).products) for number in (1, 2, 3)]

    assert sizes == [24, 24, 12]


def test_all_pages_together_hold_every_product_once(app: Flask) -> None:
    stock_up(60)

    found = [slug for number in (1, 2, 3) for slug in slugs(listing.all_products(number))]

    assert found == [f"tea-{number}" for number in range(60)]


@pytest.mark.parametrize(
    ("count", "number", "expected"),
    [
        (PER_PAGE, 1, (False, False)),
        (PER_PAGE + 1, 1, (False, True)),
        (PER_PAGE + 1, 2, (True, False)),
        (PER_PAGE * 2, 2, (True, False)),
        (0, 1, (False, False)),
    ],
)
def test_a_page_knows_its_neighbours(
    app: Flask, count: int, number: int, expected: tuple[bool, bool]
) -> None:
    stock_up(count)

    page = listing.all_products(number)

    assert (page.has_previous, page.has_next) == expected


def test_a_page_past_the_end_is_empty(app: Flask) -> None:
    assert listing.all_products(50).products == []


@pytest.mark.parametrize("number", [0, -1, -(10**9)])
def test_there_is_no_page_before_the_first(app: Flask, number: int) -> None:
    assert listing.all_products(number).number == 1


def test_no_page_is_further_than_the_furthest(app: Flask) -> None:
    assert listing.all_products(10**9).number == FURTHEST


@pytest.mark.parametrize("path", ["/search", "/categories/tea"])
def test_a_page_that_is_no_number_is_the_first(client: FlaskClient, path: str) -> None:
    first = cards(client, path)

    for typed in ("x", "", "-1", "0", "1.5", "９", "1e3", "99999999999", "²", "1;2"):
        assert (typed, cards(client, path, page=typed)) == (typed, first)


def cards(client: FlaskClient, path: str, **query: str) -> list[str]:
    found = parsed(client.get(path, query_string=query).text).all(data_testid="product-card")
    return [card["href"] for card in found]


def test_the_second_page_links_to_the_first(client: FlaskClient) -> None:
    stock_up(30)

    answer = client.get("/categories/tea?page=2")

    assert 'rel="prev" href="/categories/tea?page=1"' in answer.text


def test_pages_of_a_search_keep_what_was_searched_for(client: FlaskClient) -> None:
    stock_up(30)

    answer = client.get("/search?q=お茶")

    assert 'rel="next" href="/search?page=2&amp;q=%E3%81%8A%E8%8C%B6"' in answer.text


def test_an_empty_shop_says_that_goods_are_coming(client: FlaskClient) -> None:
    stock_up(0)

    assert "商品は準備中です" in client.get("/").text


def test_an_unknown_category_is_not_found(client: FlaskClient) -> None:
    assert client.get("/categories/nothing").status_code == 404


PAGES = ("/", "/categories/tea", "/search", "/search?q=お茶", "/search?q=tea+no", "/products/tea-7")


def test_a_page_asks_as_much_of_a_large_shop_as_of_a_small_one(
    app: Flask, client: FlaskClient
) -> None:
    stock_up(20)
    small = {path: asked_of(app, client, path) for path in PAGES}

    stock_up(500)
    large = {path: asked_of(app, client, path) for path in PAGES}

    assert large == small


def asked_of(app: Flask, client: FlaskClient, path: str) -> int:
    with statements(app) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_nothing_twice(app: Flask, client: FlaskClient, path: str) -> None:
    stock_up(30)

    with statements(app) as asked:
        client.get(path)

    assert sorted(set(asked)) == sorted(asked)
