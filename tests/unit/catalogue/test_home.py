"""The first page: what it leads to, and what it says of paying and delivery."""

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from storefront.catalogue.models import Product
from storefront.core.extensions import db, transaction
from tests.markup import Element, parsed


def home(client: FlaskClient, path: str = "/") -> Element:
    return parsed(client.get(path).text)


def test_each_category_is_a_tile_with_the_picture_of_its_first_product(client: FlaskClient) -> None:
    tiles = home(client).one("ul", class_="tiles").all("a")

    assert [one["href"] for one in tiles][:2] == ["/categories/tea", "/categories/sweets"]
    assert "uji-sencha-1" in tiles[0].one("img")["src"]
    assert [one.text for one in tiles][-1] == "布・紙・香"


def test_a_category_without_goods_is_no_tile(client: FlaskClient) -> None:
    tea = sa.select(Product.category_id).where(Product.slug == "uji-sencha").scalar_subquery()
    with transaction():
        goods = sa.update(Product).where(Product.category_id == tea).values(published=False)
        db.session.execute(goods.execution_options(synchronize_session=False))

    tiles = home(client).one("ul", class_="tiles").all("a")

    assert "/categories/tea" not in [one["href"] for one in tiles]


def test_favourites_and_new_goods_are_shown(client: FlaskClient) -> None:
    page = home(client)

    titles = [one.text for one in page.all("h2")]
    assert titles[:3] == ["カテゴリー", "おすすめの商品", "新着"]
    assert len(page.all(data_testid="product-card")) == 12


def test_who_brings_the_parcel_and_how_to_pay_stand_in_a_row(client: FlaskClient) -> None:
    row = home(client).one("dl", class_="ways-row").text

    assert "クロネコ代金後払いサービス 代金引換" in row
    assert "宅急便" in row


@pytest.mark.parametrize("path", ["/", "/cart", "/products/yunomi"])
def test_the_header_stays_with_the_cart_in_it(client: FlaskClient, path: str) -> None:
    header = home(client, path).one("header")

    assert "header--stays" in header["class"]
    assert header.all("a", href="/cart")[0].text == "カート 0点"
