"""The product page: what it says of stock, options, price and delivery."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.shipping import dates
from storefront.shop.models import Shop
from storefront.web.i18n import day
from tests.markup import Element, parsed
from tests.unit.catalogue.test_products import set_price, set_stock, unpublish


def page(client: FlaskClient, path: str) -> Element:
    answer = client.get(path)
    assert answer.status_code == 200
    return parsed(answer.text)


def stock(client: FlaskClient, path: str = "/products/yunomi") -> tuple[str, str]:
    found = page(client, path).by_testid("stock")
    return found["data-state"], found.text


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        (0, ("none", "在庫切れ")),
        (1, ("few", "残り1点")),
        (5, ("few", "残り5点")),
        (6, ("in", "在庫あり")),
        (1000, ("in", "在庫あり")),
    ],
)
def test_the_page_says_how_much_is_left(
    client: FlaskClient, available: int, expected: tuple[str, str]
) -> None:
    set_stock("yunomi", available)

    assert stock(client) == expected


@pytest.mark.parametrize(("available", "expected"), [(0, "none"), (2, "few"), (50, "in")])
def test_the_state_is_the_same_in_english(
    client: FlaskClient, available: int, expected: str
) -> None:
    set_stock("yunomi", available)

    assert stock(client, "/en/products/yunomi")[0] == expected


def test_a_sold_out_product_cannot_be_put_in(client: FlaskClient) -> None:
    found = page(client, "/products/kyusu")

    assert not found.has("add-to-cart")
    assert "ただいま在庫がありません" in found.one("main").text


def test_a_sold_out_option_is_disabled_and_says_so(client: FlaskClient) -> None:
    large = page(client, "/products/indigo-tote").one("input", name="variant_1", value="L")

    assert "disabled" in large
    assert large.parent is not None
    assert "在庫なし" in large.parent.text


def test_an_option_with_stock_can_be_chosen(client: FlaskClient) -> None:
    found = page(client, "/products/indigo-tote")

    sizes = [found.one("input", name="variant_1", value=size) for size in ("S", "M")]

    assert not any("disabled" in size for size in sizes)


def test_no_option_is_chosen_for_the_shopper(client: FlaskClient) -> None:
    found = page(client, "/products/furoshiki")

    assert not any("checked" in radio for radio in found.all("input", type_="radio"))


def test_each_option_is_a_group_with_its_name(client: FlaskClient) -> None:
    legends = [one.text for one in page(client, "/products/furoshiki").all("legend")]

    assert legends == ["色 *必須", "大きさ *必須"]


def test_options_read_in_english(client: FlaskClient) -> None:
    found = page(client, "/en/products/furoshiki")

    radio = found.one("input", name="variant_1", value="藍")

    assert radio.parent is not None
    assert radio.parent.text == "Indigo"


def test_one_piece_is_suggested(client: FlaskClient) -> None:
    assert page(client, "/products/yunomi").one("input", id="quantity")["value"] == "1"


def test_the_number_of_pieces_is_typed_on_digits(client: FlaskClient) -> None:
    quantity = page(client, "/products/yunomi").one("input", id="quantity")

    assert (quantity["type"], quantity["inputmode"]) == ("text", "numeric")


def test_a_reduced_tax_rate_is_marked(client: FlaskClient) -> None:
    found = page(client, "/products/uji-sencha")

    assert found.one("h1").text.endswith("※")
    assert "8% (軽減税率)" in found.one("main").text


def test_the_standard_tax_rate_has_no_mark(client: FlaskClient) -> None:
    assert "※" not in page(client, "/products/yunomi").one("h1").text


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/products/yunomi", "3,300円(税込)"), ("/en/products/yunomi", "¥3,300 (tax incl.)")],
)
def test_the_price_says_that_tax_is_inside(client: FlaskClient, path: str, expected: str) -> None:
    price = page(client, path).one("main").all(data_yen="3300")[0]

    assert price.text == expected


def test_prices_that_differ_begin_somewhere(client: FlaskClient) -> None:
    set_price("indigo-tote-s", 4000)

    text = page(client, "/products/indigo-tote").one("main").text

    assert "4,000円(税込)〜" in text


def test_shipping_is_told_before_the_cart(client: FlaskClient) -> None:
    text = page(client, "/products/yunomi").one("main").text

    assert "送料660円(税込)" in text
    assert "11,000円(税込)以上で無料" in text


def test_delivery_that_is_never_free_promises_nothing(client: FlaskClient) -> None:
    with transaction():
        db.session.get_one(Shop, 1).deliveries[0].free_from = None

    assert "以上で無料" not in page(client, "/products/yunomi").one("main").text


def test_the_first_day_of_delivery_is_told(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context("/"):
        first = day(dates.earliest(clock.today(), 2))

    assert f"お届け目安{first}〜" in page(client, "/products/yunomi").one("main").text


def test_only_the_first_picture_is_loaded_at_once(client: FlaskClient) -> None:
    pictures = page(client, "/products/yunomi").one("div", class_="gallery").all("img")

    assert [one.get("loading") for one in pictures] == ["", "lazy"]
    assert [one.get("fetchpriority") for one in pictures] == ["high", ""]


def test_the_page_leads_back_to_its_category(client: FlaskClient) -> None:
    crumbs = page(client, "/products/yunomi").one("nav", class_="crumbs")

    assert [one["href"] for one in crumbs.all("a")] == ["/", "/categories/ceramics"]


@pytest.mark.parametrize(
    "slug",
    ["nothing", "YUNOMI", "yunomi%00", "..", "%E3%81%82", "'", "yunomi%2F", "x" * 5000, "%ff"],
)
def test_an_unknown_product_is_not_found(client: FlaskClient, slug: str) -> None:
    assert client.get(f"/products/{slug}").status_code == 404


def test_an_unpublished_product_is_not_found(client: FlaskClient) -> None:
    unpublish("yunomi")

    assert client.get("/products/yunomi").status_code == 404


def test_a_card_says_when_little_or_nothing_is_left(client: FlaskClient) -> None:
    cards = {
        one["href"]: one.text
        for one in page(client, "/categories/ceramics").all(data_testid="product-card")
    }

    assert cards["/products/kyusu"].endswith("在庫切れ")
    assert cards["/products/matcha-bowl"].endswith("残り1点")
    assert "残り" not in cards["/products/yunomi"]


def test_the_button_names_what_is_still_to_be_chosen(client: FlaskClient) -> None:
    found = page(client, "/products/furoshiki")

    words = [one.text for one in found.by_testid("add-to-cart").all("span")]
    assert words == ["色を選ぶ", "大きさを選ぶ", "カートに入れる"]
    assert all("required" in one for one in found.all("input", type_="radio"))
    alone = page(client, "/products/yunomi").by_testid("add-to-cart")
    assert alone.text == "カートに入れる"


def test_each_picture_leads_to_its_own_address(client: FlaskClient) -> None:
    links = page(client, "/products/yunomi").one("div", class_="gallery").all("a")

    assert len(links) == 2
    for link in links:
        picture = client.get(link["href"])
        assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")


def test_how_one_can_pay_is_told_in_short(client: FlaskClient) -> None:
    facts = page(client, "/products/yunomi").one("dl", class_="brief-facts").text

    assert "お支払いクロネコ代金後払いサービス、代金引換、銀行振込" in facts
