"""What search engines and shared pages read: one address a page, a picture, data, and a map."""

import json
import re
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from storefront.catalogue.models import Picture, Product, Variant
from storefront.core.extensions import db, transaction

BASE = "http://127.0.0.1:8000"
PUBLIC = ("/", "/categories/tea", "/products/yunomi", "/search", "/help", "/legal/terms")
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def property_of(page: str, name: str) -> str:
    found = re.search(rf'<meta property="{name}" content="([^"]*)">', page)
    assert found, f"no {name}"
    return unescape(found[1])


def things(page: str) -> dict[str, Any]:
    found = [json.loads(one) for one in DATA.findall(page)]
    return {one["@type"]: one for one in found}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_has_one_address_in_each_language(
    client: FlaskClient, path: str, prefix: str
) -> None:
    page = client.get(f"{prefix}{path}?utm_source=a").text

    here = f"{BASE}{prefix}{path}"
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', page) == [here]
    assert re.findall(r'hreflang="(\w+)" href="([^"]*)"', page) == [
        ("ja", f"{BASE}{path}"),
        ("en", f"{BASE}/en{path}"),
    ]
    assert property_of(page, "og:url") == here


@pytest.mark.parametrize("path", PUBLIC)
def test_a_shared_page_has_title_words_and_a_picture_that_is_there(
    client: FlaskClient, path: str
) -> None:
    page = client.get(path).text

    picture = client.get(property_of(page, "og:image").removeprefix(BASE))
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    assert property_of(page, "og:title")
    assert property_of(page, "og:description")
    assert page.count('<meta name="description"') == 1


def test_a_product_is_shared_with_its_own_picture(client: FlaskClient) -> None:
    page = client.get("/products/yunomi").text

    assert property_of(page, "og:type") == "product"
    assert property_of(page, "og:title") == "萩焼の湯呑"
    assert "/img/products/yunomi-1." in property_of(page, "og:image")


def test_an_uploaded_picture_is_shared_at_its_largest(client: FlaskClient) -> None:
    with transaction():
        db.session.execute(sa.update(Picture).values(file=f"media/{'a' * 32}-1280"))

    page = client.get("/products/yunomi").text
    assert property_of(page, "og:image") == f"{BASE}/media/{'a' * 32}-1280.jpg"


@pytest.mark.parametrize("path", ["/cart", "/orders/find", "/search?q=zzz", "/nowhere"])
def test_a_page_that_is_not_listed_has_no_such_address(client: FlaskClient, path: str) -> None:
    page = client.get(path).text

    assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in page
    assert "og:" not in page


def test_a_later_page_of_a_list_is_a_page_of_its_own(client: FlaskClient) -> None:
    page = client.get("/search?page=2&utm_source=a").text

    assert f'<link rel="canonical" href="{BASE}/search?page=2">' in page


def test_a_products_data_names_price_stock_and_place(client: FlaskClient) -> None:
    page = client.get("/products/yunomi").text

    found = things(page)
    [offer] = found["Product"]["offers"]
    assert found["Product"]["name"] == "萩焼の湯呑"
    assert (offer["price"], offer["priceCurrency"]) == (3300, "JPY")
    assert offer["availability"] == "https://schema.org/InStock"
    assert offer["url"] == f"{BASE}/products/yunomi"
    steps = found["BreadcrumbList"]["itemListElement"]
    assert [one["position"] for one in steps] == [1, 2, 3]
    assert [one["item"] for one in steps][::2] == [f"{BASE}/", f"{BASE}/products/yunomi"]


def test_each_kind_of_a_product_has_an_offer_of_its_own(client: FlaskClient) -> None:
    with transaction():
        db.session.execute(
            sa.update(Variant).where(Variant.sku == "indigo-tote-s").values(available=0)
        )

    offers = things(client.get("/en/products/indigo-tote").text)["Product"]["offers"]

    stock = {one["sku"]: one["availability"].rpartition("/")[2] for one in offers}
    known = sa.select(Variant.sku, Variant.available).where(Variant.sku.in_(stock))
    there = {sku: "InStock" if left else "OutOfStock" for sku, left in db.session.execute(known)}
    assert len(offers) > 1
    assert stock == there
    assert stock["indigo-tote-s"] == "OutOfStock"


def test_the_first_page_says_who_sells(client: FlaskClient) -> None:
    found = things(client.get("/").text)["Organization"]

    assert (found["name"], found["telephone"]) == ("さくら商店", "03-0000-0000")
    assert found["url"] == f"{BASE}/"


def test_no_text_of_the_owners_ends_the_data(client: FlaskClient) -> None:
    nasty = '</script><script>alert(1)</script>"'
    with transaction():
        db.session.execute(sa.update(Product).values(description=nasty))

    page = client.get("/products/yunomi").text

    assert "<script>alert" not in page
    assert things(page)["Product"]["description"] == nasty


def test_the_map_names_every_page_in_both_languages(client: FlaskClient) -> None:
    with transaction():
        hidden = sa.update(Product).where(Product.slug == "kyusu").values(published=False)
        db.session.execute(hidden)

    index = client.get("/sitemap.xml")
    parts = re.findall(r"<loc>([^<]*)</loc>", index.text)
    pages = [
        place
        for one in parts
        for place in re.findall(r"<loc>([^<]*)</loc>", client.get(one.removeprefix(BASE)).text)
    ]

    assert index.mimetype == "application/xml"
    assert index.text.startswith("<?xml")
    assert {f"{BASE}/", f"{BASE}/en/products/yunomi", f"{BASE}/categories/tea"} <= set(pages)
    assert not [one for one in pages if "kyusu" in one]
    assert len(pages) == len(set(pages))
    for one in pages[::9]:
        assert client.get(one.removeprefix(BASE)).status_code == 200
    assert client.get("/sitemap/9.xml").status_code == 404


def test_robots_are_kept_out_of_what_is_one_shoppers(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")

    lines = answer.text.splitlines()
    assert answer.mimetype == "text/plain"
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /checkout", "Disallow: /en/orders/"} <= set(lines)
    assert lines[-1] == f"Sitemap: {BASE}/sitemap.xml"


@pytest.mark.parametrize("path", ["/", "/cart"])
def test_phones_make_no_links_of_numbers_and_have_an_icon(client: FlaskClient, path: str) -> None:
    page = client.get(path).text

    icon = re.search(r'<link rel="apple-touch-icon" href="([^"]*)">', page)
    assert icon is not None
    assert client.get(icon[1]).status_code == 200
    assert '<meta name="format-detection" content="telephone=no,' in page
