"""From the placed order to its last message, as the shopper, the owner and Yamato live it."""

import re

import pytest
from flask import Flask
from werkzeug.test import Client

from storefront.orders.models import Order
from storefront.sandbox import time
from storefront.sms.segments import size_of
from storefront.testing.form_shopper import QuickFormShopper
from tests.unit.checkout.reading import newest_order
from tests.yamato import asked, client, shopper, yamato_app

__all__ = ["asked", "client", "shopper", "yamato_app"]

MAIL = "taro@example.com"


def play(client: Client, event: str, order: Order) -> None:
    answer = client.post("/sandbox/events", json={"event": event, "order": order.number})
    assert answer.status_code == 200, answer.text


def subjects(client: Client, to: str = MAIL) -> list[str]:
    mails = client.get(f"/sandbox/mailbox.json?to={to}").get_json()
    return [re.sub(r"【.*?】| \(.*\)", "", mail["subject"]) for mail in reversed(mails)]


def texts(client: Client, to: str = "09000000000") -> list[str]:
    found = client.get(f"/sandbox/phone.json?to={to}").get_json()
    return [one["text"] for one in reversed(found)]


def buy(shopper: QuickFormShopper, phone: str = "090-0000-0000") -> Order:
    shopper.to_sms(phone).guess("1234")
    assert str(shopper.last.location).endswith("/complete"), shopper.last.text[:300]
    return newest_order()


def delivered(shopper: QuickFormShopper, phone: str = "090-0000-0000") -> Order:
    order = buy(shopper, phone)
    play(shopper.client, "shipped", order)
    play(shopper.client, "delivered", order)
    return newest_order()


def pay_path(shopper: QuickFormShopper) -> str:
    newest = texts(shopper.client)[-1]
    found = re.search(r"/p/\S+", newest)
    assert found, newest
    return str(shopper.get(found[0]).location)


def test_every_step_is_told_by_mail_and_the_request_by_text_too(shopper: QuickFormShopper) -> None:
    order = delivered(shopper)

    assert (order.status, order.payment_status) == ("delivered", "requested")
    assert subjects(shopper.client) == [
        "ご注文を承りました",
        "商品を発送しました",
        "お支払い手続きのお願い",
    ]
    assert size_of(texts(shopper.client)[-1]).parts <= 2
    assert order.number[-4:] in texts(shopper.client)[-1]
    assert "4,136円" in texts(shopper.client)[-1]


@pytest.mark.parametrize("means", ["au", "card", "kuroneko_pay"])
def test_a_hosted_way_pays(shopper: QuickFormShopper, means: str) -> None:
    order = delivered(shopper)
    path = pay_path(shopper)
    shopper.post(path, {"means": means})
    hosted = str(shopper.last.location)
    assert "/sandbox/hosted/" in hosted
    shopper.post(hosted, {"press": "pay"})
    shopper.get(str(shopper.last.location))
    page = shopper.get(path).text

    assert newest_order().payment_status == "paid"
    assert 'data-state="paid"' in page
    assert order.number in page
    shopper.client.post("/sandbox/clock", json={"advance": 0})
    assert "お支払いを確認しました" in subjects(shopper.client)


@pytest.mark.parametrize(("means", "store"), [("cvs", "lawson"), ("bank", "")])
def test_a_number_pays(shopper: QuickFormShopper, means: str, store: str) -> None:
    delivered(shopper)
    path = pay_path(shopper)
    shopper.post(path, {"means": means, "store": store})
    page = shopper.get(path).text
    number = re.search(r"<b>(\d{7,13})</b>", page)
    assert 'data-state="chosen"' in page
    assert number
    shopper.post("/sandbox/store", {"payment_number": number[1]})

    assert newest_order().payment_status == "paid"
    assert shopper.get(f"{path}/status").status_code == 303


def test_the_card_is_paid_before_the_order_stands(shopper: QuickFormShopper) -> None:
    shopper.put_in().answer(payment="card")
    hosted = str(shopper.press_confirm().location)
    shopper.post(hosted, {"press": "pay"})
    shopper.get(str(shopper.last.location))

    assert str(shopper.last.location).endswith("/complete")
    assert newest_order().payment_status == "paid"


def test_a_store_number_is_given_before_and_paid_after(shopper: QuickFormShopper) -> None:
    shopper.put_in().answer(payment="cvs")
    hosted = str(shopper.press_confirm().location)
    shopper.post(hosted, {"press": "issue"})
    shopper.get(str(shopper.last.location))
    assert str(shopper.last.location).endswith("/complete")
    order = newest_order()
    assert order.payment_status == "awaiting"
    play(shopper.client, "paid", order)

    assert newest_order().payment_status == "paid"


def test_what_is_never_paid_goes_overdue(shopper: QuickFormShopper, yamato_app: Flask) -> None:
    delivered(shopper, "090-0000-0000")
    for days in (12, 4, 8):  # the last one is told at ten in the morning of the seventh
        time.advance(days * 86_400)
        shopper.client.post("/sandbox/clock", json={"advance": 0})

    assert newest_order().payment_status == "overdue"
    assert subjects(shopper.client)[-3:] == [
        "お支払い期限が近づいています",
        "お支払い期限を過ぎています",
        "お支払い期限を過ぎています",
    ]
