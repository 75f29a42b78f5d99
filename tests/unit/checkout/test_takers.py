"""What only one provider refuses: its method says so, and which others take it; no other minds."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from storefront.checkout.forms import provider_errors
from storefront.checkout.journey import Journey
from storefront.checkout.validation import problems, takers
from tests.factories import some_answers
from tests.unit.checkout.journeys import BANK, COD, KURONEKO, a_journey, a_method

LONG_MAIL = "t" * 53 + "@example.com"
GIFT = {
    "ship_to": "other",
    "ship_name": "山田 花子",
    "ship_postal_code": "5300001",
    "ship_prefecture": "大阪府",
    "ship_city": "大阪市北区",
    "ship_street": "梅田1-1",
    "ship_tel": "0612345678",
}
REFUSED = [
    ("name", "𠮷田 太郎", "payment", "では、お名前に「𠮷」を使えません"),
    ("name", "Jürgen Müller", "payment", "では、お名前に「ü」を使えません"),
    ("name", "Nguyễn", "payment", "では、お名前に「ễ」を使えません"),
    ("name", "あ" * 31, "payment", "では、お名前は30文字までです(現在31文字)"),
    ("name", "", "name", "では、お名前の入力が必要です"),
    ("city", "𠮷野町", "payment", "では、住所に「𠮷」を使えません"),
    ("email", LONG_MAIL, "payment", "では、メールアドレスは64文字までです(現在65文字)"),
    (
        "street",
        "丸の内",
        "street",
        "番地を数字で入力してください(番地がない場合は「番地なし」と入力)",
    ),
]


@pytest.fixture(autouse=True)
def in_a_request(make_app: Callable[..., Flask]) -> Iterator[None]:
    """At a shop that Yamato gives credit to."""
    with make_app(kuroneko_base_url="").test_request_context("/checkout"):
        yield


def a_choice(payment: str, **changes: str) -> Journey:
    methods = [a_method(code) for code in (KURONEKO, COD, BANK)]
    answers = some_answers(payment=payment, company="さくら商店", **changes)
    return replace(a_journey(answers=answers), methods=methods)


@pytest.mark.parametrize(("field", "typed", "where", "words"), REFUSED)
def test_kuroneko_alone_refuses_and_says_who_would_not(
    field: str, typed: str, where: str, words: str
) -> None:
    journey = a_choice(KURONEKO, **{field: typed})

    [(at, sentence)] = provider_errors.field_errors(journey)

    assert at == where
    assert words in sentence
    names = "、".join(one.name for one in takers(journey))
    assert sentence.endswith(f"。{names}なら、このままご注文いただけます")
    assert [one.code for one in takers(journey)] == [COD, BANK]


@pytest.mark.parametrize(("field", "typed", "where", "words"), REFUSED)
@pytest.mark.parametrize("payment", [COD, BANK])
def test_no_other_method_minds(
    payment: str, field: str, typed: str, where: str, words: str
) -> None:
    assert problems(a_choice(payment, **{field: typed})) == []


def test_the_method_that_refuses_is_named() -> None:
    journey = a_choice(KURONEKO, name="𠮷田")

    [(_field, sentence)] = provider_errors.field_errors(journey)

    assert journey.method is not None
    assert sentence.startswith(f"「{journey.method.name}」では")


def test_several_reasons_stand_in_one_sentence_with_one_way_out() -> None:
    journey = a_choice(KURONEKO, name="𠮷田", email=LONG_MAIL)

    [(field, sentence)] = provider_errors.field_errors(journey)

    assert field == "payment"
    assert "「𠮷」" in sentence
    assert "64文字" in sentence
    assert sentence.count("このままご注文いただけます") == 1


@pytest.mark.parametrize("street", ["字西番地ナシ", "番外地", "無番地", "番地なし"])
def test_kuroneko_takes_a_street_that_says_it_has_no_number(street: str) -> None:
    assert problems(a_choice(KURONEKO, street=street)) == []


def test_kuroneko_takes_an_address_of_before_2009() -> None:
    assert problems(a_choice(KURONEKO, email="taro..y.@docomo.ne.jp")) == []


def test_a_company_that_receives_suits_kuroneko() -> None:
    gift = {**GIFT, "ship_name": "", "ship_company": "さくら商店"}

    assert problems(a_choice(KURONEKO, **gift)) == []


def test_where_nothing_else_is_on_offer_no_way_out_is_promised() -> None:
    journey = replace(a_choice(KURONEKO, name="𠮷田"), methods=[a_method(KURONEKO)])

    [(_field, sentence)] = provider_errors.field_errors(journey)

    assert sentence.endswith("「𠮷」を使えません")
