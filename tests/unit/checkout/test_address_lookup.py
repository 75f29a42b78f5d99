"""The look-up of a postal code on the order form, with its partial and by its buttons."""

import sqlite3
from collections.abc import Callable

import pytest
from flask import Flask

from storefront.checkout.forms import address_lookup
from storefront.checkout.forms.forms import OrderForm
from storefront.shipping.postal_codes import LIST
from storefront.testing.form_shopper import ADDRESS, FormShopper
from storefront.testing.specimen import CITY, POSTAL_CODE, PREFECTURE, STREET
from tests.markup import Element, parsed
from tests.unit.checkout.reading import leads_to

WRITTEN = ("prefecture", "city", "street")
TOKYO = ["東京都", "千代田区", "丸の内"]
KYOTO = ["京都府", "京都市東山区", "清水"]
NOTHING = ["", "", ""]
GROUPS = ["", "ship_"]
LookUp = Callable[..., Element]


def by_partial(shopper: FormShopper, prefix: str, **typed: str) -> Element:
    """As with JavaScript: the fields of the address alone."""
    query = {prefix + name: value for name, value in typed.items()}
    return parsed(shopper.client.get("/checkout/address", query_string=query).text)


def by_button(shopper: FormShopper, prefix: str, **typed: str) -> Element:
    """As without JavaScript: the whole form is sent, and comes back."""
    sent = {prefix + name: value for name, value in typed.items()}
    assert leads_to(shopper.post("/checkout/address", {"ship_to": "other", **sent})) == "/checkout"
    return parsed(shopper.get("/checkout").text)


def read(page: Element, prefix: str = "") -> list[str]:
    """Prefecture, city and street as they stand in the form."""
    chosen = page.one("select", name=f"{prefix}prefecture").all("option", selected="")
    lines = [page.one("input", name=prefix + name)["value"] for name in WRITTEN[1:]]
    return [(chosen or [Element("option")])[0].choice, *lines]


def sent_again(page: Element, prefix: str, **changes: str) -> dict[str, str]:
    """What the look-up of another code is told: the fields, and which code they are of."""
    lines = dict(zip(WRITTEN, read(page, prefix), strict=True))
    return {**lines, "address_of": page.one(name=f"{prefix}address_of")["value"], **changes}


def offered(page: Element, prefix: str = "") -> list[str]:
    return [one.text for one in page.all("button", name=f"{prefix}town")]


every_way = pytest.mark.parametrize("look_up", [by_partial, by_button], ids=["js", "no-js"])
every_group = pytest.mark.parametrize("prefix", GROUPS, ids=["customer", "recipient"])


@pytest.fixture
def buyer(shopper: FormShopper) -> FormShopper:
    shopper.put_in().get("/checkout")
    return shopper


@every_way
@every_group
def test_a_corrected_code_replaces_the_address_of_the_one_before(
    buyer: FormShopper, look_up: LookUp, prefix: str
) -> None:
    first = look_up(buyer, prefix, postal_code="1000005")
    corrected = sent_again(first, prefix, postal_code="6050862")

    assert read(first, prefix) == TOKYO
    assert read(look_up(buyer, prefix, **corrected), prefix) == KYOTO


@every_way
def test_what_was_typed_by_hand_stays_unless_the_button_is_pressed(
    buyer: FormShopper, look_up: LookUp
) -> None:
    typed = {"postal_code": "6050862", "city": "港区", "street": "芝1-1"}

    assert read(look_up(buyer, "", **typed)) == ["京都府", "港区", "芝1-1"]
    assert read(look_up(buyer, "", **typed, fill_in="1")) == [*KYOTO[:2], "清水1-1"]


def test_the_button_of_one_address_leaves_the_other_alone(buyer: FormShopper) -> None:
    other = {"ship_postal_code": "6050862", "ship_city": "港区", "ship_street": "芝1-1"}

    page = by_button(buyer, "", postal_code="1000005", fill_in="1", **other)

    assert read(page) == TOKYO
    assert read(page, "ship_") == ["京都府", "港区", "芝1-1"]


SEVERAL = [
    ("7000941", ["岡山市北区青江", "岡山市南区青江"]),
    ("9994554", ["尾花沢市芦沢", "北村山郡大石田町鷹巣"]),
    ("6180000", ["京都府乙訓郡大山崎町", "大阪府三島郡島本町"]),
    ("7614103", ["甲", "乙"]),
]


@every_way
@every_group
@pytest.mark.parametrize(("code", "words"), SEVERAL, ids=[code for code, _ in SEVERAL])
def test_one_code_with_several_places_fills_in_nothing_and_offers_all(
    buyer: FormShopper, look_up: LookUp, prefix: str, code: str, words: list[str]
) -> None:
    page = look_up(buyer, prefix, postal_code=code)

    assert read(page, prefix) == NOTHING
    assert offered(page, prefix) == words


@every_way
@every_group
def test_a_place_that_is_chosen_is_filled_in(
    buyer: FormShopper, look_up: LookUp, prefix: str
) -> None:
    asked = look_up(buyer, prefix, postal_code="9994554")
    value = asked.all("button", name=f"{prefix}town")[1]["value"]

    page = look_up(
        buyer, prefix, **sent_again(asked, prefix, postal_code="9994554", street="12"), town=value
    )

    assert read(page, prefix) == ["山形県", "北村山郡大石田町", "鷹巣12"]
    assert offered(page, prefix) == []


def test_the_choice_can_be_made_again(buyer: FormShopper) -> None:
    asked = by_partial(buyer, "", postal_code="7000941")
    first = by_partial(
        buyer, "", postal_code="7000941", town=asked.all("button", name="town")[0]["value"]
    )

    again = by_partial(buyer, "", **sent_again(first, "", postal_code="7000941"), fill_in="1")

    assert read(first) == ["岡山県", "岡山市北区", "青江"]
    assert read(again) == NOTHING
    assert len(offered(again)) == 2


@every_way
def test_every_town_of_a_code_is_offered(buyer: FormShopper, look_up: LookUp) -> None:
    assert len(offered(look_up(buyer, "", postal_code="452-0961"))) == 66


def test_no_two_places_of_a_code_are_offered_by_the_same_words(app: Flask) -> None:
    connection = sqlite3.connect(LIST, uri=True)
    codes = connection.execute("SELECT code FROM town GROUP BY code HAVING count(*) > 1").fetchall()
    connection.close()

    def words(code: str) -> list[str]:
        form = OrderForm(formdata=None, data={"postal_code": code})
        return [text for _value, text in address_lookup.part(form, "", "", "").places]

    with app.test_request_context():
        twice = [code for (code,) in codes if len(set(words(code))) != len(words(code))]

    assert len(codes) > 1000
    assert twice == []


def shown(shopper: FormShopper) -> str:
    return parsed(shopper.get("/checkout/confirm").text).one(id="customer").text


UNANSWERED = {**ADDRESS, "payment": "cod", "prefecture": "", "city": ""}


@pytest.mark.parametrize("street", ["丸の内2-7-2", "2-7-2"])
def test_a_form_that_is_sent_before_the_answer_is_filled_in(
    buyer: FormShopper, street: str
) -> None:
    sent = buyer.post("/checkout", {**UNANSWERED, "street": street})

    assert leads_to(sent) == "/checkout/confirm"
    assert "〒100-0005 東京都千代田区丸の内2-7-2" in shown(buyer)


def test_the_recipients_address_is_filled_in_too(buyer: FormShopper) -> None:
    other = {"ship_to": "other", "ship_name": "佐藤 花子", "ship_tel": "0312345678"}

    sent = buyer.post(
        "/checkout", {**UNANSWERED, **other, "ship_postal_code": "6050862", "ship_street": "1-2"}
    )

    assert leads_to(sent) == "/checkout/confirm"
    assert "京都府京都市東山区清水1-2" in buyer.get("/checkout/confirm").text


def test_a_code_corrected_just_before_sending_takes_its_address_along(buyer: FormShopper) -> None:
    written = {"address_of": POSTAL_CODE, "prefecture": PREFECTURE, "city": CITY, "street": STREET}

    buyer.post("/checkout", {**UNANSWERED, **written, "postal_code": "6050862"})

    assert "〒605-0862 京都府京都市東山区清水2-7-2" in shown(buyer)


def test_a_code_is_corrected_from_the_confirmation(buyer: FormShopper) -> None:
    buyer.answer("cod")
    form = parsed(buyer.get("/checkout?edit=customer").text)

    page = by_button(buyer, "", **sent_again(form, "", postal_code="6050862"), fill_in="1")

    assert read(page) == [*KYOTO[:2], "清水2-7-2"]


def test_a_code_with_several_places_is_asked_about_when_the_form_is_sent(
    buyer: FormShopper,
) -> None:
    sent = buyer.post("/checkout", {**UNANSWERED, "postal_code": "7000941", "street": "1-1"})

    assert sent.status_code == 422
    assert offered(parsed(sent.text)) == ["岡山市北区青江", "岡山市南区青江"]
    assert read(parsed(sent.text)) == ["", "", "1-1"]


CONTRADICTION = "郵便番号605-0862は京都府の番号です。郵便番号か都道府県を直してください"


@every_group
def test_a_prefecture_that_contradicts_the_code_is_told(buyer: FormShopper, prefix: str) -> None:
    by_hand = {"prefecture": "東京都", "city": "千代田区", "street": "大手町1-1"}
    typed = {prefix + name: value for name, value in by_hand.items()}
    other = {
        "ship_to": "other" if prefix else "same",
        "ship_name": "花子",
        "ship_tel": "0312345678",
    }

    sent = buyer.post(
        "/checkout",
        {**ADDRESS, "payment": "cod", **other, **typed, f"{prefix}postal_code": "6050862"},
    )

    assert sent.status_code == 422
    summary = parsed(sent.text).by_testid("error-summary")
    assert summary.one("a", href=f"#{prefix}prefecture").text == CONTRADICTION


def test_a_contradiction_is_told_as_soon_as_the_code_is_looked_up(buyer: FormShopper) -> None:
    page = by_partial(buyer, "", postal_code="6050862", prefecture="東京都")

    assert CONTRADICTION in page.one(id="prefecture-error").text
    assert page.one("select", name="prefecture")["aria-invalid"] == "true"


@pytest.mark.parametrize("prefecture", ["愛知県", "三重県"])
def test_a_code_of_two_prefectures_contradicts_neither(buyer: FormShopper, prefecture: str) -> None:
    buyer.post(
        "/checkout",
        {**ADDRESS, "payment": "cod", "postal_code": "4980000", "prefecture": prefecture},
    )

    assert leads_to(buyer.last) == "/checkout/confirm"


def test_an_english_contradiction_names_the_prefecture_in_english(buyer: FormShopper) -> None:
    page = buyer.get("/en/checkout/address?postal_code=6050862&prefecture=東京都").text

    assert "Kyoto 京都府" in parsed(page).one(id="prefecture-error").text


OTHER_CITY = "郵便番号605-0862は京都市東山区の番号です。市区町村をお確かめください"
BY_HAND = {"prefecture": "京都府", "city": "京都市左京区", "street": "下鴨1-1"}


@every_way
@every_group
def test_a_city_that_contradicts_the_code_is_told_with_the_look_up(
    buyer: FormShopper, look_up: LookUp, prefix: str
) -> None:
    page = look_up(buyer, prefix, postal_code="6050862", **BY_HAND)

    assert page.by_testid("other-city").text == OTHER_CITY
    assert read(page, prefix) == list(BY_HAND.values())


def test_a_city_that_contradicts_the_code_is_told_on_the_confirmation_and_refuses_nothing(
    buyer: FormShopper,
) -> None:
    sent = buyer.post(
        "/checkout", {**ADDRESS, **BY_HAND, "payment": "cod", "postal_code": "6050862"}
    )

    assert leads_to(sent) == "/checkout/confirm"
    page = parsed(buyer.get("/checkout/confirm").text)
    assert page.by_testid("other-city").text == OTHER_CITY
    assert page.has("confirm-submit")


def test_a_city_beside_a_prefecture_that_is_refused_is_not_told_twice(buyer: FormShopper) -> None:
    page = by_partial(buyer, "", postal_code="6050862", prefecture="東京都", city="千代田区")

    assert CONTRADICTION in page.one(id="prefecture-error").text
    assert not page.has("other-city")


def test_an_english_page_asks_to_check_the_city(buyer: FormShopper) -> None:
    page = buyer.get("/en/checkout/address?postal_code=6050862&prefecture=京都府&city=京都市左京区")

    told = parsed(page.text).by_testid("other-city").text
    assert told == "Postal code 605-0862 is in 京都市東山区. Please check the city"


NEXT_MONTHS = "1000099"


def test_a_code_of_next_month_passes_with_an_address_typed_by_hand(buyer: FormShopper) -> None:
    sent = buyer.post("/checkout", {**ADDRESS, "payment": "cod", "postal_code": NEXT_MONTHS})

    assert leads_to(sent) == "/checkout/confirm"
    told = parsed(buyer.get("/checkout/confirm").text).by_testid("unlisted-code").text
    assert "郵便番号100-0099は、当店の一覧(20" in told
    assert "月版)にありません" in told


def test_a_code_of_the_list_is_not_remarked_upon(buyer: FormShopper) -> None:
    buyer.answer("cod")

    assert not parsed(buyer.get("/checkout/confirm").text).has("unlisted-code")


@every_way
def test_an_unknown_code_is_told_with_the_month_of_the_list(
    buyer: FormShopper, look_up: LookUp
) -> None:
    page = look_up(buyer, "", postal_code=NEXT_MONTHS, prefecture="東京都")

    assert "月版)にありません" in page.by_testid("unlisted-code").text
    assert read(page) == ["東京都", "", ""]


def test_an_unknown_code_without_an_address_asks_for_both(buyer: FormShopper) -> None:
    sent = buyer.post("/checkout", {**UNANSWERED, "postal_code": NEXT_MONTHS})

    assert sent.status_code == 422
    assert "「1000099」の住所が見つかりません" in sent.text
    assert "都道府県を選択してください" in sent.text


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("1000005", "住所を入力しました"),
        ("7000941", "この郵便番号の住所は2件あります。お選びください"),
        (NEXT_MONTHS, "月版)にありません"),
        ("100", ""),
    ],
)
def test_what_a_look_up_found_is_said_aloud(buyer: FormShopper, code: str, said: str) -> None:
    page = by_partial(buyer, "", postal_code=code)

    assert said in page.one("hx-partial").text
    assert bool(page.one("hx-partial").text) is bool(said)
