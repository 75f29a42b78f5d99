"""The cart's addresses: what each answers, and what the shopper reads."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront.cart.models import CartLine
from storefront.catalogue.models import Variant
from storefront.core.extensions import db
from storefront.testing.form_shopper import FormShopper
from tests.cookies import cookie_in, keep
from tests.markup import Element, parsed
from tests.unit.catalogue.test_products import set_price, set_stock, unpublish

HTMX = {"HX-Request": "true"}


def in_cart() -> dict[str, int]:
    rows = db.session.query(CartLine.quantity, Variant.sku)
    return {sku: quantity for quantity, sku in rows.join(Variant).all()}


def cart(shopper: FormShopper) -> Element:
    answer = shopper.get("/cart")
    assert answer.status_code == 200
    return parsed(answer.text)


def words(shopper: FormShopper) -> str:
    return cart(shopper).one("main").text


def errors(answer: TestResponse) -> list[str]:
    assert answer.status_code == 422
    summary = parsed(answer.text).by_testid("error-summary")
    return [one.text for one in summary.all("a")]


def test_putting_in_leads_to_the_cart(shopper: FormShopper) -> None:
    answer = shopper.post("/cart/items", {"product": "yunomi", "quantity": "2"})

    assert (answer.status_code, answer.location) == (303, "/cart")
    assert in_cart() == {"yunomi": 2}


def test_putting_in_with_htmx_answers_the_same(shopper: FormShopper) -> None:
    answer = shopper.post("/cart/items", {"product": "yunomi", "quantity": "1"}, **HTMX)

    assert (answer.status_code, answer.location) == (303, "/cart")


def test_putting_in_from_english_stays_in_english(client: FlaskClient) -> None:
    answer = FormShopper(client, "/en").post("/cart/items", {"product": "yunomi"})

    assert answer.location == "/en/cart"


def test_no_quantity_is_one(shopper: FormShopper) -> None:
    shopper.post("/cart/items", {"product": "yunomi"})

    assert in_cart() == {"yunomi": 1}


@pytest.mark.parametrize("typed", ["２", "²", " 2 ", "2　", "02", "002"])
def test_a_quantity_is_read_in_any_usual_form(shopper: FormShopper, typed: str) -> None:
    shopper.post("/cart/items", {"product": "yunomi", "quantity": typed})

    assert in_cart() == {"yunomi": 2}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("0", "数量は1以上で入力してください"),
        ("", "数量は1以上で入力してください"),
        ("-1", "数量は1以上で入力してください"),
        ("x", "数量は1以上で入力してください"),
        ("1.5", "数量は1以上で入力してください"),
        ("٣", "数量は1以上で入力してください"),
        ("1e3", "数量は1以上で入力してください"),
        ("9" * 5000, "数量は1以上で入力してください"),
        ("1\0", "数量は1以上で入力してください"),
        ("100", "99点まで購入できます"),
        ("9999", "99点まで購入できます"),
    ],
)
def test_a_quantity_that_cannot_be_is_refused(
    shopper: FormShopper, typed: str, message: str
) -> None:
    answer = shopper.post("/cart/items", {"product": "yunomi", "quantity": typed})

    assert errors(answer) == [message]
    assert in_cart() == {}


def test_a_refusal_keeps_what_was_typed(shopper: FormShopper) -> None:
    fields = {"product": "furoshiki", "variant_1": "桜", "quantity": "12"}

    page = parsed(shopper.post("/cart/items", fields).text)

    assert "checked" in page.one("input", name="variant_1", value="桜")
    assert page.one("input", id="quantity")["value"] == "12"


def test_a_refusal_says_what_was_typed_as_text(shopper: FormShopper) -> None:
    answer = shopper.post("/cart/items", {"product": "yunomi", "quantity": '"><script>'})

    assert "<script>" not in answer.text.replace("<script src", "")
    assert 'value="&#34;&gt;&lt;script&gt;"' in answer.text


@pytest.mark.parametrize(
    ("product", "options", "message"),
    [
        ("indigo-tote", {}, "サイズを選択してください"),
        ("indigo-tote", {"variant_1": "XXL"}, "サイズを選択してください"),
        ("furoshiki", {}, "色を選択してください"),
        ("furoshiki", {"variant_2": "大"}, "色を選択してください"),
        ("furoshiki", {"variant_1": "藍"}, "大きさを選択してください"),
    ],
)
def test_an_option_that_is_missing_is_asked_for(
    shopper: FormShopper, product: str, options: dict[str, str], message: str
) -> None:
    assert errors(shopper.post("/cart/items", {"product": product, **options})) == [message]


def test_an_option_that_is_missing_is_asked_for_in_english(client: FlaskClient) -> None:
    answer = FormShopper(client, "/en").post("/cart/items", {"product": "indigo-tote"})

    [message] = errors(answer)

    assert message.isascii()
    assert "size" in message.lower()


def test_every_fault_is_told_at_once(shopper: FormShopper) -> None:
    answer = shopper.post("/cart/items", {"product": "indigo-tote", "quantity": "0"})

    assert errors(answer) == ["サイズを選択してください", "数量は1以上で入力してください"]


def test_the_chosen_size_is_put_in(shopper: FormShopper) -> None:
    shopper.put_in("indigo-tote", variant_1="M")

    assert in_cart() == {"indigo-tote-m": 1}


def test_two_options_choose_together(shopper: FormShopper) -> None:
    shopper.put_in("furoshiki", variant_1="芥子", variant_2="大")

    assert in_cart() == {"furoshiki-mustard-large": 1}


def test_more_than_is_left_says_how_many_are(shopper: FormShopper) -> None:
    fields = {"product": "indigo-tote", "variant_1": "S", "quantity": "11"}

    answer = shopper.post("/cart/items", fields)

    assert errors(answer) == ["在庫が残り10点になりました。数量を変更してください"]


def test_a_sold_out_size_says_so(shopper: FormShopper) -> None:
    answer = shopper.post("/cart/items", {"product": "indigo-tote", "variant_1": "L"})

    assert errors(answer) == ["在庫がありません"]


def test_a_refusal_with_htmx_is_the_part_of_the_page(shopper: FormShopper) -> None:
    answer = shopper.post("/cart/items", {"product": "indigo-tote"}, **HTMX)

    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert parsed(answer.text).has("error-summary")


@pytest.mark.parametrize("product", ["nothing", "", "\0", "x" * 5000, "'"])
def test_an_unknown_product_is_not_found(shopper: FormShopper, product: str) -> None:
    assert shopper.post("/cart/items", {"product": product}).status_code == 404


def test_a_product_no_longer_sold_is_not_found(shopper: FormShopper) -> None:
    unpublish("indigo-tote")

    answer = shopper.post("/cart/items", {"product": "indigo-tote", "variant_1": "S"})

    assert answer.status_code == 404


@pytest.mark.parametrize("token", ["", "old", "ImFiYyI.x.y"])
def test_an_old_token_keeps_what_was_typed(shopper: FormShopper, token: str) -> None:
    fields = {"csrf_token": token, "product": "yunomi", "quantity": "7"}

    answer = shopper.post("/cart/items", fields)

    assert answer.status_code == 422
    assert parsed(answer.text).one("input", id="quantity")["value"] == "7"
    assert in_cart() == {}


def test_pressing_again_after_an_old_token_works(shopper: FormShopper) -> None:
    answer = shopper.client.post("/cart/items", data={"product": "yunomi", "quantity": "7"})
    fresh = parsed(answer.text).all("input", name="csrf_token")[0]["value"]

    fields = {"csrf_token": fresh, "product": "yunomi", "quantity": "7"}
    again = shopper.client.post("/cart/items", data=fields)

    assert again.status_code == 303
    assert in_cart() == {"yunomi": 7}


def test_an_empty_cart_says_so(shopper: FormShopper) -> None:
    assert "カートに商品がありません" in words(shopper)


def test_an_empty_cart_has_no_way_to_the_checkout(shopper: FormShopper) -> None:
    assert not cart(shopper).has("go-to-checkout")


def test_the_cart_counts_pieces_in_its_heading(shopper: FormShopper) -> None:
    shopper.put_in("yunomi", 3)

    assert cart(shopper).one("h1").text == "カート(3点)"


def test_the_cart_says_what_was_put_in_once(shopper: FormShopper) -> None:
    shopper.put_in("yunomi")

    assert "萩焼の湯呑をカートに入れました" in words(shopper)
    assert "カートに入れました" not in words(shopper)


@pytest.mark.parametrize(
    ("product", "quantity", "total"),
    [("yunomi", 1, 3960), ("yunomi", 3, 10560), ("yunomi", 4, 13200), ("tsumugi", 1, 66000)],
)
def test_the_total_is_of_goods_and_shipping(
    shopper: FormShopper, product: str, quantity: int, total: int
) -> None:
    shopper.put_in(product, quantity)

    assert cart(shopper).by_testid("cart-total")["data-yen"] == str(total)


def test_the_cart_says_what_is_missing_for_free_delivery(shopper: FormShopper) -> None:
    shopper.put_in("yunomi")

    assert "あと7,700円で送料無料です" in words(shopper)


def test_free_delivery_misses_nothing(shopper: FormShopper) -> None:
    shopper.put_in("yunomi", 4)

    assert "で送料無料です" not in words(shopper)


def test_each_kind_of_thing_is_a_line(shopper: FormShopper) -> None:
    shopper.put_in("yunomi").put_in("indigo-tote", variant_1="S").put_in("yunomi")

    lines = [one.text for one in cart(shopper).all(data_testid="cart-line")]

    assert len(lines) == 2
    assert "6,600円(税込)" in lines[0]


def test_a_quantity_is_changed(shopper: FormShopper) -> None:
    answer = shopper.put_in().post("/cart/items/yunomi", {"quantity": "5"})

    assert (answer.status_code, answer.location) == (303, "/cart")
    assert in_cart() == {"yunomi": 5}


def test_a_changed_quantity_is_announced_with_the_total(shopper: FormShopper) -> None:
    shopper.put_in().post("/cart/items/yunomi", {"quantity": "2"})

    answer = shopper.get("/cart", **HTMX)

    [announced] = parsed(answer.text).all("hx-partial", hx_target="#status")
    assert announced.text == "数量を2にしました。合計は7,260円(税込)です"


def test_an_unknown_sku_announces_nothing(shopper: FormShopper) -> None:
    shopper.put_in().post("/cart/items/nothing", {"quantity": "2"})

    answer = shopper.get("/cart", **HTMX)

    assert "数量を2にしました" not in answer.text


def test_the_same_quantity_again_announces_nothing(shopper: FormShopper) -> None:
    shopper.put_in().get("/cart")
    shopper.post("/cart/items/yunomi", {"quantity": "1"})

    answer = shopper.get("/cart", **HTMX)

    assert "数量を1にしました" not in answer.text


@pytest.mark.parametrize("typed", ["0", "０"])
def test_none_takes_the_line_out(shopper: FormShopper, typed: str) -> None:
    shopper.put_in().post("/cart/items/yunomi", {"quantity": typed})

    assert in_cart() == {}


def test_what_was_taken_out_is_told_with_the_total(shopper: FormShopper) -> None:
    shopper.put_in("uji-sencha").put_in().post("/cart/items/yunomi", {"quantity": "0"})

    assert "萩焼の湯呑を削除しました。合計は1,740円(税込)です" in words(shopper)


def test_the_news_of_a_removal_takes_the_focus_and_is_not_announced_too(
    shopper: FormShopper,
) -> None:
    shopper.put_in().post("/cart/items/yunomi", {"quantity": "0"})

    page = parsed(shopper.get("/cart", **HTMX).text)

    assert len(page.all(data_focus="")) == 1
    assert page.all("hx-partial", hx_target="#status") == []


def test_what_was_taken_out_comes_back_at_a_press(shopper: FormShopper) -> None:
    shopper.put_in("yunomi", 3).post("/cart/items/yunomi", {"quantity": "0"})
    button = next(one for one in cart(shopper).all("button") if one.text == "元に戻す")
    form = next(one for one in button.ancestors() if one.tag == "form")

    shopper.post(form["action"], {button["name"]: button["value"]})

    assert in_cart() == {"yunomi": 3}


def test_undo_is_offered_once(shopper: FormShopper) -> None:
    shopper.put_in("yunomi", 3).post("/cart/items/yunomi", {"quantity": "0"})

    offered = ["元に戻す" in words(shopper) for _ in range(2)]

    assert offered == [True, False]


@pytest.mark.parametrize("typed", ["x", "", "-1", "1.5", "100", "9" * 5000, "1 2"])
def test_a_quantity_in_the_cart_that_cannot_be_is_refused(shopper: FormShopper, typed: str) -> None:
    answer = shopper.put_in("yunomi", 2).post("/cart/items/yunomi", {"quantity": typed})

    assert len(errors(answer)) == 1
    assert in_cart() == {"yunomi": 2}


def test_a_missing_quantity_is_refused(shopper: FormShopper) -> None:
    answer = shopper.put_in("yunomi", 2).post("/cart/items/yunomi")

    assert answer.status_code == 422
    assert in_cart() == {"yunomi": 2}


def test_more_than_is_left_is_refused_in_the_cart(shopper: FormShopper) -> None:
    shopper.put_in("indigo-tote", variant_1="S")

    answer = shopper.post("/cart/items/indigo-tote-s", {"quantity": "11"})

    assert errors(answer) == ["在庫が残り10点になりました。数量を変更してください"]
    assert in_cart() == {"indigo-tote-s": 1}


def test_a_refusal_in_the_cart_keeps_what_was_typed(shopper: FormShopper) -> None:
    shopper.put_in("indigo-tote", variant_1="S")

    page = parsed(shopper.post("/cart/items/indigo-tote-s", {"quantity": "11"}).text)

    assert page.one("input", id="quantity-indigo-tote-s")["value"] == "11"


def test_a_refusal_in_the_cart_points_to_its_own_line(shopper: FormShopper) -> None:
    shopper.put_in("yunomi").put_in("uji-sencha")

    page = parsed(shopper.post("/cart/items/uji-sencha", {"quantity": "x"}).text)

    assert page.by_testid("error-summary").one("a")["href"] == "#quantity-uji-sencha"
    assert page.one(id="quantity-uji-sencha")["aria-invalid"] == "true"
    assert page.one(id="quantity-yunomi")["aria-invalid"] == "false"


def test_an_old_token_in_the_cart_is_refused(shopper: FormShopper) -> None:
    fields = {"csrf_token": "old", "quantity": "5"}

    answer = shopper.put_in().post("/cart/items/yunomi", fields)

    assert answer.status_code == 422
    assert "もう一度ボタンを押してください" in answer.text
    assert in_cart() == {"yunomi": 1}


def test_an_old_token_in_the_cart_keeps_what_was_typed(shopper: FormShopper) -> None:
    fields = {"csrf_token": "old", "quantity": "5"}

    page = parsed(shopper.put_in().post("/cart/items/yunomi", fields).text)

    assert page.one("input", id="quantity-yunomi")["value"] == "5"


def test_changing_without_a_cart_leads_to_the_cart(client: FlaskClient) -> None:
    answer = client.post("/cart/items/yunomi", data={"quantity": "1"})

    assert (answer.status_code, answer.location) == (303, "/cart")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_goods_are_put_in_by_post_only(client: FlaskClient, method: str) -> None:
    assert client.open("/cart/items", method=method).status_code == 405


def test_a_new_price_is_told(shopper: FormShopper) -> None:
    shopper.put_in()
    set_price("yunomi", 3500)

    assert "「萩焼の湯呑」の価格が変わりました(3,300円(税込)→3,500円(税込))" in words(shopper)
    assert "価格が変わりました" not in words(shopper)


def test_less_stock_is_told(shopper: FormShopper) -> None:
    shopper.put_in("yunomi", 5)
    set_stock("yunomi", 2)

    assert "「萩焼の湯呑」の在庫が不足しています。数量を2にしました" in words(shopper)


def test_no_stock_is_told(shopper: FormShopper) -> None:
    shopper.put_in()
    set_stock("yunomi", 0)

    assert "「萩焼の湯呑」は在庫がなくなったため、カートから削除しました" in words(shopper)


def test_what_is_no_longer_sold_is_told(shopper: FormShopper) -> None:
    shopper.put_in()
    unpublish("yunomi")

    assert "「萩焼の湯呑」は販売を終了したため、カートから削除しました" in words(shopper)


@pytest.mark.parametrize("change", ["price", "stock", "gone"])
def test_a_change_is_told_in_english(client: FlaskClient, change: str) -> None:
    shopper = FormShopper(client, "/en").put_in("yunomi", 5)
    shopper.get("/cart")
    {
        "price": lambda: set_price("yunomi", 3500),
        "stock": lambda: set_stock("yunomi", 2),
        "gone": lambda: unpublish("yunomi"),
    }[change]()

    told = cart(shopper).all("p", class_="box box--warn")

    assert [one.text.replace("¥", "").replace("→", "").isascii() for one in told] == [True]


def test_ones_own_held_pieces_are_not_missed(shopper: FormShopper) -> None:
    shopper.put_in("matcha-bowl").answer(tel="090-0000-0000")
    shopper.press_confirm()

    told = words(shopper)

    assert in_cart() == {"matcha-bowl": 1}
    assert "在庫" not in told


def test_pieces_held_for_another_are_missed(app: Flask, shopper: FormShopper) -> None:
    other = FormShopper(app.test_client())
    other.put_in("matcha-bowl").answer()
    other.press_confirm()

    answer = shopper.post("/cart/items", {"product": "matcha-bowl", "quantity": "1"})

    assert errors(answer) == ["在庫がありません"]


def test_the_header_counts_pieces(shopper: FormShopper) -> None:
    shopper.put_in("yunomi", 3)

    assert parsed(shopper.get("/").text).by_testid("cart-count").text == "3"


def test_htmx_gets_the_count_out_of_band(shopper: FormShopper) -> None:
    shopper.put_in("yunomi", 3)

    part = parsed(shopper.get("/cart", **HTMX).text)

    [outside] = part.all("hx-partial", hx_target="#cart-count")
    assert outside.by_testid("cart-count").text == "3"


def test_the_cart_survives_the_browser(app: Flask, client: FlaskClient) -> None:
    answer = FormShopper(client).post("/cart/items", {"product": "yunomi"})

    [cookie] = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("cart-")]

    assert "Max-Age=15552000" in cookie


def test_the_cart_is_there_again_with_the_cookie_alone(app: Flask, shopper: FormShopper) -> None:
    shopper.put_in("yunomi", 3)
    kept = cookie_in(shopper.client, "cart")
    assert kept is not None

    returned = app.test_client()
    keep(returned, "cart", kept.value)

    assert parsed(returned.get("/").text).by_testid("cart-count").text == "3"


def test_the_cookie_holds_nothing_but_an_id(shopper: FormShopper) -> None:
    shopper.put_in()

    cookie = cookie_in(shopper.client, "cart")

    assert cookie is not None
    assert re.fullmatch(r"[0-9a-f]{32}\.[\w-]+", cookie.value)


@pytest.mark.parametrize("changed", ["another id", ".", "", "x.y", "あ", '"'])
def test_a_tampered_cookie_is_an_empty_cart(shopper: FormShopper, changed: str) -> None:
    shopper.put_in()
    cookie = cookie_in(shopper.client, "cart")
    assert cookie is not None

    if changed == "another id":
        changed = f"{int(cookie.value[0], 16) ^ 1:x}{cookie.value[1:]}"
    keep(shopper.client, "cart", changed)

    assert "カートに商品がありません" in words(shopper)


def test_another_carts_id_needs_its_signature(app: Flask, shopper: FormShopper) -> None:
    shopper.put_in()
    cookie = cookie_in(shopper.client, "cart")
    assert cookie is not None
    stranger = FormShopper(app.test_client()).put_in("uji-sencha")
    own = cookie_in(stranger.client, "cart")
    assert own is not None

    stolen = cookie.value.split(".")[0] + "." + own.value.split(".")[1]
    keep(stranger.client, "cart", stolen)

    assert "カートに商品がありません" in words(stranger)
