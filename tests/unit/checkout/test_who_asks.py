"""Who sends the request for payment after delivery: one fact, and every place says the same."""

import re
from collections.abc import Callable
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from storefront.core.extensions import db, transaction
from storefront.orders.emails import sending
from storefront.orders.models import Order
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.queries import payment_facts
from storefront.payment_requests import lifecycle
from storefront.payments import method_settings, wording
from storefront.payments.collectors import Collector
from storefront.payments.models import PaymentMethod
from storefront.payments.status import PaymentEvent
from storefront.testing.form_shopper import FormShopper
from tests.factories import an_order
from tests.unit.checkout.reading import newest_order

SMARTPHONE = "kuroneko_smartphone"
COLLECTORS, PREFIXES = tuple(Collector), ("", "/en")
# by whom each collector's sentences say that the link is sent
NAMED = {
    (Collector.SHOP, ""): r"(当店|さくら商店)から|差出人はさくら商店",
    (Collector.PROVIDER, ""): r"ヤマト運輸株式会社から|差出人はヤマト運輸株式会社",
    (Collector.SHOP, "/en"): r"from (our shop|Sakura Shoten)|sender is Sakura Shoten",
    (Collector.PROVIDER, "/en"): r"from Yamato Transport|sender is Yamato Transport",
}


def collected_by(collector: str, **texts: str) -> None:
    with transaction():
        mine = sa.update(PaymentMethod).where(PaymentMethod.code == SMARTPHONE)
        db.session.execute(mine.values(collector=collector, **texts))


def other(collector: Collector) -> Collector:
    return next(one for one in Collector if one is not collector)


def placed(shopper: FormShopper) -> Order:
    shopper.to_sms()
    shopper.guess("1234")
    return newest_order()


def delivered(order: Order) -> Order:
    """It is asked for the money, by whoever does."""
    if lifecycle.shop_collects(order):
        lifecycle.issue(order.id)
    else:
        with transaction():
            apply_payment_event(order, PaymentEvent.REQUESTED)
    db.session.refresh(order)
    return order


def page(path: str) -> Callable[[FormShopper], str]:
    return lambda shopper: shopper.get(path).text


def confirmation(shopper: FormShopper) -> str:
    return shopper.put_in().answer().get("/checkout/confirm").text


def code_entry(shopper: FormShopper) -> str:
    return shopper.to_sms().get("/checkout/sms").text


def completion(shopper: FormShopper) -> str:
    return shopper.get(f"/orders/{placed(shopper).token}/complete").text


def status(shopper: FormShopper) -> str:
    return shopper.get(f"/orders/{placed(shopper).token}").text


def status_when_asked(shopper: FormShopper) -> str:
    return shopper.get(f"/orders/{delivered(placed(shopper)).token}").text


def mail(shopper: FormShopper) -> str:
    return sending.order_mail(placed(shopper)).text


def mail_as_html(shopper: FormShopper) -> str:
    return sending.order_mail(placed(shopper)).html or ""


PLACES = {
    "confirmation": confirmation,
    "SMS": code_entry,
    "completion": completion,
    "status": status,
    "status, asked": status_when_asked,
    "mail": mail,
    "HTML mail": mail_as_html,
    "特商法": page("/legal/tokushoho"),
    "help": page("/help"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("collector", COLLECTORS)
def test_every_place_names_the_one_who_asks_and_nobody_else(
    client: FlaskClient, collector: Collector, prefix: str, place: str
) -> None:
    collected_by(collector)

    said = " ".join(
        unescape(re.sub("<[^>]+>", "", PLACES[place](FormShopper(client, prefix)))).split()
    )

    assert re.search(NAMED[collector, prefix], said)
    assert not re.search(NAMED[other(collector), prefix], said)


@pytest.mark.parametrize(
    ("prefix", "said"), [("", "さくら商店から"), ("/en", "from Sakura Shoten")]
)
def test_the_page_to_pay_on_says_that_it_is_the_shops(
    client: FlaskClient, prefix: str, said: str
) -> None:
    collected_by(Collector.SHOP)
    shopper = FormShopper(client, prefix)
    order = delivered(placed(shopper))
    assert order.request is not None

    assert said in shopper.get(f"/pay/{order.request.token}").text


@pytest.mark.parametrize("collector", COLLECTORS)
def test_an_order_keeps_the_collector_it_was_agreed_with(
    shopper: FormShopper, collector: Collector
) -> None:
    collected_by(collector)
    order = placed(shopper)

    collected_by(other(collector))

    assert payment_facts.collector_of(order) is collector
    assert (delivered(order).request is not None) is (collector is Collector.SHOP)


def test_an_order_from_before_that_was_kept_goes_by_its_method(app: Flask) -> None:
    order = an_order(payment_code=SMARTPHONE, payment_status="deferred")

    found = []
    for collector in COLLECTORS:
        collected_by(collector)
        found.append(payment_facts.collector_of(order))

    assert found == list(COLLECTORS)


def test_a_confirmation_that_named_another_sender_is_shown_again(shopper: FormShopper) -> None:
    collected_by(Collector.PROVIDER)
    shopper.put_in().answer()
    key = re.search(
        r'name="confirmation_key" value="([^"]+)"', shopper.get("/checkout/confirm").text
    )
    assert key

    collected_by(Collector.SHOP)

    assert shopper.press_confirm(key[1]).status_code == 422
    assert "当店からメールとSMS" in shopper.last.text


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("ja", "後払いです。 お支払いのリンクは、当店からメールとSMSで届きます。"),
        ("en", "Pay later. The link to pay by comes from our shop by email and SMS."),
    ],
)
def test_legal_item_3_says_who_asks_where_the_owners_words_do_not(
    app: Flask, locale: str, said: str
) -> None:
    collected_by(Collector.SHOP, payment_time="後払いです。", payment_time_en="Pay later.")
    method = method_settings.find(SMARTPHONE)
    assert method is not None

    with force_locale(locale):
        assert wording.payment_time(method) == said
