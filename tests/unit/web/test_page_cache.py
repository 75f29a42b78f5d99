"""When a page of the catalogue is rendered, and when it is served as it was."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront.catalogue.models import Product, Variant
from storefront.core.extensions import db, transaction
from storefront.testing.form_shopper import FormShopper, field_value
from tests.conftest import MakeApp, entered
from tests.statements import statements
from tests.unit.checkout.reading import PassTime

PAGES = ("/", "/categories/tea", "/search?q=お茶", "/products/yunomi")


@contextmanager
def other_process(app: Flask, make_app: MakeApp) -> Iterator[None]:
    """A second process of the same shop: another engine on the same database."""
    other = make_app(database_url=app.config["SQLALCHEMY_DATABASE_URI"])
    with entered(other):
        yield


def price_of(page: str) -> int:
    found = re.search(r'class="product__price"><span class="price" data-yen="(\d+)"', page)
    assert found
    return int(found[1])


def pieces_of(page: str) -> int:
    found = re.search(r'data-testid="cart-count">(\d+)<', page)
    assert found
    return int(found[1])


def reprice(yen: int) -> None:
    with transaction():
        db.session.execute(sa.update(Variant).where(Variant.sku == "yunomi").values(price=yen))


def fail() -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_served_again_without_asking_the_database(
    path: str, app: Flask, client: FlaskClient
) -> None:
    first = client.get(path)

    with statements(app) as asked:
        second = client.get(path)

    assert (second.status_code, second.text) == (200, first.text)
    assert asked == []


def test_what_another_process_commits_shows_at_once(
    app: Flask, client: FlaskClient, make_app: MakeApp
) -> None:
    before = price_of(client.get("/products/yunomi").text)

    with other_process(app, make_app):
        reprice(before + 110)

    assert price_of(client.get("/products/yunomi").text) == before + 110


def test_what_this_process_commits_shows_at_once(client: FlaskClient) -> None:
    before = price_of(client.get("/products/yunomi").text)

    reprice(before + 110)

    assert price_of(client.get("/products/yunomi").text) == before + 110


def test_what_is_rolled_back_never_shows(client: FlaskClient) -> None:
    before = price_of(client.get("/products/yunomi").text)
    with suppress(ZeroDivisionError), transaction():
        db.session.execute(sa.update(Variant).values(price=1))
        fail()

    assert price_of(client.get("/products/yunomi").text) == before


def test_each_session_gets_a_token_of_its_own_that_works(app: Flask, client: FlaskClient) -> None:
    other = app.test_client()
    mine = field_value(client.get("/products/yunomi").text, "csrf_token")
    theirs = field_value(other.get("/products/yunomi").text, "csrf_token")

    taken = other.post(
        "/cart/items", data={"csrf_token": theirs, "product": "yunomi", "quantity": "1"}
    )

    assert mine != theirs
    assert mine not in other.get("/products/yunomi").text
    assert taken.status_code == 303


def test_a_page_without_forms_begins_no_session(client: FlaskClient) -> None:
    answers = [client.get("/search") for _ in range(2)]

    assert [one.headers.getlist("Set-Cookie") for one in answers] == [[], []]


def test_whoever_has_a_cart_sees_its_count(app: Flask, client: FlaskClient) -> None:
    FormShopper(app.test_client()).get("/search")
    shopper = FormShopper(client).put_in(quantity=3)

    page = shopper.get("/search").text

    assert pieces_of(page) == 3
    assert pieces_of(app.test_client().get("/search").text) == 0


def test_language_part_and_query_are_pages_of_their_own(client: FlaskClient) -> None:
    pages = [
        client.get("/search").text,
        client.get("/en/search").text,
        client.get("/search", headers={"HX-Request": "true"}).text,
        client.get("/search?page=2").text,
    ]

    assert len(set(pages)) == 4
    assert client.get("/search").text == pages[0]


def test_a_day_later_the_earliest_delivery_is_told_anew(
    client: FlaskClient, pass_time: PassTime
) -> None:
    first = client.get("/products/yunomi").text

    pass_time(24 * 3600)

    assert client.get("/products/yunomi").text != first


def test_an_unknown_product_stays_unknown_until_it_is_there(client: FlaskClient) -> None:
    missing = [client.get("/products/new").status_code for _ in range(2)]
    with transaction():
        db.session.execute(sa.update(Product).where(Product.slug == "yunomi").values(slug="new"))

    assert missing == [404, 404]
    assert client.get("/products/new").status_code == 200


def test_a_page_under_development_is_always_rendered(make_app: MakeApp) -> None:
    app = make_app()
    app.config["TEMPLATES_AUTO_RELOAD"] = True
    client = app.test_client()
    client.get("/search")

    with statements(app) as asked:
        client.get("/search")

    assert asked
