"""The small partials: address, quote, the check of one field."""

import pytest

from tests.shopper import Shopper
from tests.unit.checkout.reading import leads_to


def test_the_address_of_a_postal_code_is_a_small_partial(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.get("/checkout/address?postal_code=100-0005")

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert all(part in answer.text for part in ("東京都", "千代田区", "丸の内"))


def test_the_address_of_an_unknown_code_fills_in_nothing(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.get("/checkout/address?postal_code=9999999")

    assert answer.status_code == 200
    assert 'value="東京都" selected' not in answer.text


def test_the_address_does_not_overwrite_what_was_typed(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.get("/checkout/address?postal_code=1000005&city=大手町&street=1-1")

    assert 'value="大手町"' in answer.text
    assert 'value="1-1"' in answer.text


def test_the_address_button_fills_in_the_form(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")
    answer = shopper.post("/checkout/address", {"name": "山田", "postal_code": "100-0005"})

    page = shopper.get("/checkout").text

    assert leads_to(answer) == "/checkout"
    assert all(f'value="{typed}"' in page for typed in ("山田", "千代田区", "丸の内"))


def test_a_quote_says_what_the_method_costs(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post("/checkout/quote", {"payment": "cod"})

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'data-yen="4290"' in answer.text
    assert "手数料330円を追加し、合計は4,290円(税込)になりました" in answer.text


@pytest.mark.parametrize("payment", ["", "barter"])
def test_a_quote_without_a_method_has_no_fee(shopper: Shopper, payment: str) -> None:
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
    shopper: Shopper, field: str, typed: str, message: str
) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post(f"/checkout/validate/{field}", {field: typed})

    assert answer.status_code == 200
    assert message in answer.text


@pytest.mark.parametrize("field", ["tel", "email", "postal_code", "sms_tel", "name_kana"])
def test_the_check_of_an_empty_field_finds_nothing(shopper: Shopper, field: str) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post(f"/checkout/validate/{field}", {field: ""})

    assert " hidden" in answer.text


@pytest.mark.parametrize("field", ["name", "csrf_token", "x", "note"])
def test_a_field_that_is_not_checked_alone_is_not_found(shopper: Shopper, field: str) -> None:
    shopper.put_in().get("/checkout")

    assert shopper.post(f"/checkout/validate/{field}").status_code == 404
