"""Whom parcels, papers and mails are for: a person, a company, and whom a present is from."""

import pytest
from flask import Flask

from storefront.core.extensions import db
from storefront.orders.emails import content, sending
from storefront.orders.models import Order
from storefront.privacy import erasure
from storefront.shipping.labels import Label, label
from storefront.shop.emails import Letter
from storefront.testing.form_shopper import FormShopper
from storefront.web.i18n import greeting, honoured
from tests.factories import an_order, some_answers
from tests.markup import parsed

COMPANY = "株式会社さくら"
GIFT = {
    "ship_to": "other",
    "ship_name": "佐藤 次郎",
    "ship_company": "梅田商店",
    "ship_postal_code": "5300001",
    "ship_prefecture": "大阪府",
    "ship_city": "大阪市北区",
    "ship_street": "梅田1-1",
    "ship_tel": "0612345678",
    "gift_sender": "山田家一同",
}
TYPED_BEHIND = [
    "山田 太郎 様",
    "山田 太郎様",
    "山田 太郎　さん",
    "山田 太郎 様 様",
]


@pytest.mark.parametrize("name", TYPED_BEHIND)
def test_an_honorific_never_stands_twice(app: Flask, name: str) -> None:
    with app.test_request_context("/"):
        assert honoured(name) == greeting(name) == "山田 太郎 様"


def test_a_company_alone_is_addressed_as_one(app: Flask) -> None:
    with app.test_request_context("/"):
        assert honoured("", f"{COMPANY} 御中") == f"{COMPANY} 御中"
        assert honoured(f"{COMPANY}御中") == f"{COMPANY} 御中"


def test_english_has_no_honorifics(app: Flask) -> None:
    with app.test_request_context("/en/", environ_overrides={"SCRIPT_NAME": "/en"}):
        assert honoured("山田 太郎 様") == "山田 太郎"
        assert honoured("", COMPANY) == COMPANY
        assert greeting("", COMPANY) == f"Dear {COMPANY},"


@pytest.mark.parametrize(
    ("name", "company", "sender", "printed"),
    [
        ("山田 太郎", "", "", Label("", "山田 太郎", "様", "")),
        ("𠮷田様", COMPANY, "", Label(COMPANY, "吉田", "様", "")),
        ("", COMPANY, "", Label("", COMPANY, "御中", "")),
        ("", "あ" * 17, "", Label("あ" * 17, "ご担当者", "様", "")),
        ("", "", "", Label("", "", "", "")),  # of an erased person
        ("佐藤 次郎", "梅田商店", "Müller家", Label("梅田商店", "佐藤 次郎", "様", "Muller家")),
    ],
)
def test_a_label_is_for_whom_the_parcel_is_for(
    name: str, company: str, sender: str, printed: Label
) -> None:
    assert label(name, company, sender) == printed


def test_a_sender_counts_only_where_the_parcel_goes_to_another() -> None:
    assert some_answers(**GIFT).sender == "山田家一同"
    assert some_answers(gift_sender="山田家一同").sender == ""


def a_gift(app: Flask) -> Order:
    return an_order(customer=some_answers(name="山田 太郎 様", company=COMPANY, **GIFT))


@pytest.mark.parametrize("page", ["", "/complete"])
def test_the_orders_pages_say_who_receives_and_from_whom(app: Flask, page: str) -> None:
    order = a_gift(app)

    text = app.test_client().get(f"/orders/{order.token}{page}").text

    assert "梅田商店<br>佐藤 次郎 様" in text
    assert "贈り主: 山田家一同 様" in text
    assert "様 様" not in text


@pytest.mark.parametrize(
    ("name", "addressee"),
    [("山田 太郎", f"{COMPANY}<br>山田 太郎 様"), ("", f"{COMPANY} 御中")],
)
def test_a_receipt_is_made_out_to_the_company(app: Flask, name: str, addressee: str) -> None:
    order = an_order(customer=some_answers(name=name, company=COMPANY))

    text = app.test_client().get(f"/orders/{order.token}/receipt").text

    assert f">{addressee}</p>" in text


def test_the_orders_mail_says_who_receives_and_from_whom(app: Flask) -> None:
    with app.test_request_context("/"):
        mail = sending.order_mail(a_gift(app))

    assert mail.text.startswith("山田 太郎 様\n")
    assert "梅田商店\n佐藤 次郎 様\n" in mail.text
    assert f"{COMPANY}\n山田 太郎 様\n" in mail.text
    assert "贈り主: 山田家一同 様" in mail.text
    assert "梅田商店<br>佐藤 次郎 様<br>" in mail.html
    assert "贈り主: 山田家一同 様" in mail.html
    assert "様 様" not in mail.text + mail.html


def test_a_letter_to_a_company_greets_the_company(app: Flask) -> None:
    order = an_order(customer=some_answers(name="", company=COMPANY), payment_status="paid")
    letter = Letter("お支払いを確認しました", [])
    with app.test_request_context("/"):
        mail = content.message(order, "paid", letter)

    assert mail.text.startswith(f"{COMPANY} 御中\n")
    assert f"<p>{COMPANY} 御中</p>" in mail.html


def test_nothing_of_them_is_left_when_their_person_is_erased(app: Flask) -> None:
    order = a_gift(app)

    erasure.erase([order.id])
    db.session.commit()
    db.session.expire_all()

    kept = str(db.session.get_one(Order, order.id).customer)
    assert not any(name in kept for name in (COMPANY, "梅田商店", "山田家一同"))


@pytest.fixture
def shopper(app: Flask) -> FormShopper:
    return FormShopper(app.test_client())


def test_the_confirmation_says_who_receives_and_from_whom(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod", name="山田 太郎 様", company=f"{COMPANY} 御中", **GIFT)

    text = shopper.get("/checkout/confirm").text

    assert "梅田商店<br>佐藤 次郎 様" in text
    assert f"{COMPANY}<br>山田 太郎 様" in text
    assert "贈り主: 山田家一同 様" in text


def test_the_form_keeps_them_folded_with_what_they_hold(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod", company=COMPANY, **GIFT)

    folds = parsed(shopper.get("/checkout").text).all("details")
    said = {one.all("summary")[0].text: "open" in one for one in folds}

    assert any(COMPANY in words and not is_open for words, is_open in said.items())
    assert any("梅田商店、山田家一同" in words and not is_open for words, is_open in said.items())


@pytest.mark.parametrize("field", ["company", "ship_company", "gift_sender"])
def test_the_form_opens_them_where_they_hold_an_error(shopper: FormShopper, field: str) -> None:
    shopper.put_in().answer("cod", **{**GIFT, field: "あ" * 26})

    folds = parsed(shopper.last.text).all("details")

    assert shopper.last.status_code == 422
    assert ["open" in one for one in folds if one.all("input", name=field)] == [True]


def test_mail_of_before_2009_reaches_its_mailbox(shopper: FormShopper, app: Flask) -> None:
    shopper.put_in().answer("cod", email="taro..y.@docomo.ne.jp")

    order_page = shopper.press_confirm()
    token = order_page.location.split("/")[-2]

    order = db.session.query(Order).filter_by(token=token).one()
    with app.test_request_context("/"):
        assert sending.order_mail(order).to == "taro..y.@docomo.ne.jp"


def test_an_order_is_looked_up_in_any_width(shopper: FormShopper) -> None:
    order = an_order(number="7KQ2-M9XD")

    answer = shopper.post(
        "/orders/find",
        {"number": "７ｋｑ２ー　ｍ９ｘｄ", "email": "　ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ"},
    )

    assert answer.location.endswith(f"/orders/{order.token}")


@pytest.mark.parametrize(
    ("typed", "addressee"),
    [(f"{COMPANY} 御中", f"{COMPANY} 御中"), ("山田 花子 様", "山田 花子 様")],
)
def test_a_name_given_for_the_receipt_keeps_one_honorific(
    app: Flask, typed: str, addressee: str
) -> None:
    order = an_order(receipt_name=typed)

    text = app.test_client().get(f"/orders/{order.token}/receipt").text

    assert f">{addressee}</p>" in text
