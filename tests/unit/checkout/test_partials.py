"""The small partials: address, quote, the check of one field."""

import re

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask

from storefront.testing.form_shopper import FormShopper
from tests.markup import parsed
from tests.unit.checkout.reading import leads_to


def test_the_address_of_a_postal_code_is_a_small_partial(shopper: FormShopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.get("/checkout/address?postal_code=100-0005")

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert all(part in answer.text for part in ("東京都", "千代田区", "丸の内"))


def test_the_address_of_an_unknown_code_fills_in_nothing(shopper: FormShopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.get("/checkout/address?postal_code=9999999")

    assert answer.status_code == 200
    assert "selected>東京都" not in answer.text


def test_the_address_does_not_overwrite_what_was_typed(shopper: FormShopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.get("/checkout/address?postal_code=1000005&city=大手町&street=1-1")

    assert 'value="大手町"' in answer.text
    assert 'value="1-1"' in answer.text


def test_the_address_button_fills_in_the_form(shopper: FormShopper) -> None:
    shopper.put_in().get("/checkout")
    answer = shopper.post("/checkout/address", {"name": "山田", "postal_code": "100-0005"})

    page = shopper.get("/checkout").text

    assert leads_to(answer) == "/checkout"
    assert all(f'value="{typed}"' in page for typed in ("山田", "千代田区", "丸の内"))


def test_a_quote_says_what_the_method_costs(shopper: FormShopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post("/checkout/quote", {"payment": "cod"})

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'data-yen="4290"' in answer.text
    assert "手数料330円を追加し、合計は4,290円(税込)になりました" in answer.text


@pytest.mark.parametrize("payment", ["", "barter"])
def test_a_quote_without_a_method_has_no_fee(shopper: FormShopper, payment: str) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post("/checkout/quote", {"payment": payment})

    assert 'data-yen="3960"' in answer.text


CHECKED = [
    ("tel", "090-1", "電話番号は0から始まる10桁か11桁の数字で入力してください"),
    ("sms_tel", "03-1234-5678", "060・070・080・090から始まる11桁の番号を入力してください"),
    ("email", "taro", "メールアドレスを「name@example.com」の形で入力してください"),
    ("email", "taro@gmial.com", "もしかして「taro@gmail.com」ですか?"),
    ("postal_code", "123", "郵便番号は7桁の数字で入力してください"),
    ("postal_code", "1000005", "✓"),
    ("name_kana", "山田", "フリガナはカタカナで入力してください"),
]


@pytest.mark.parametrize(("field", "typed", "message"), CHECKED)
def test_the_check_of_one_field_says_what_it_finds(
    shopper: FormShopper, field: str, typed: str, message: str
) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post(f"/checkout/validate/{field}", {field: typed})

    assert answer.status_code == 200
    assert message in answer.text


@pytest.mark.parametrize("field", ["tel", "email", "postal_code", "sms_tel", "name_kana"])
def test_the_check_of_an_empty_field_finds_nothing(shopper: FormShopper, field: str) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post(f"/checkout/validate/{field}", {field: ""})

    assert " hidden" in answer.text


@pytest.mark.parametrize("field", ["name", "csrf_token", "x", "note"])
def test_a_field_that_is_not_checked_alone_is_not_found(shopper: FormShopper, field: str) -> None:
    shopper.put_in().get("/checkout")

    assert shopper.post(f"/checkout/validate/{field}").status_code == 404


SANDBOX = re.compile(r"<details[^>]* class=\"[^\"]*sandbox-numbers.*?</details>", re.DOTALL)
KB = 1024


def weight(app: Flask, page: str) -> int:
    """As production sends it, which has no numbers of the sandbox."""
    bare = SANDBOX.sub("", page)
    return len(brotli.compress(bare.encode(), quality=app.config["COMPRESS_BR_LEVEL"]))


# names of prefectures in both scripts are an eighth of the English order form
@pytest.mark.parametrize(("prefix", "most"), [("", 4 * KB), ("/en", 4.5 * KB)], ids=["ja", "en"])
def test_a_step_of_the_checkout_is_a_light_partial(
    app: Flask, shopper: FormShopper, prefix: str, most: float
) -> None:
    shopper.prefix = prefix
    pages = [shopper.put_in().get("/checkout", **{"HX-Request": "true"}).text]
    shopper.answer(tel="090-0000-0000")
    pages.append(shopper.get("/checkout/confirm", **{"HX-Request": "true"}).text)
    shopper.press_confirm()
    pages.append(shopper.get("/checkout/sms", **{"HX-Request": "true"}).text)

    steps = [parsed(page).one("main")["data-step"] for page in pages]

    assert steps == ["input", "confirm", "sms"]
    assert [weight(app, page) for page in pages if weight(app, page) > most] == []


def test_a_field_has_a_place_for_an_error_only_where_one_may_come(shopper: FormShopper) -> None:
    page = parsed(shopper.put_in().get("/checkout").text)

    places = [one["id"] for one in page.all("p") if "err" in one.get("class").split()]

    checked = [one["id"] for one in page.all("input") if "/validate/" in one.get("hx-post")]
    assert sorted(places) == sorted(f"{name}-error" for name in checked)
    for name in checked:
        assert f"{name}-error" in page.one("input", id=name)["aria-describedby"].split()
    assert "aria-invalid" not in page.one("input", id="city")


def test_a_refused_field_is_tied_to_its_error(shopper: FormShopper) -> None:
    page = parsed(shopper.put_in().answer(name="").last.text)

    field = page.one("input", id="name")

    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "name-hint name-error"
    assert "お名前を入力してください" in page.one(id="name-error").text
