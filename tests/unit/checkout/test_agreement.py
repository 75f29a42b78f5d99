"""What the shopper agrees to, and what is kept of it."""

import re

import pytest
import sqlalchemy as sa

from storefront.checkout.models import Checkout
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.payments.models import PaymentMethod
from storefront.testing.form_shopper import FormShopper
from tests.markup import parsed
from tests.unit.checkout.reading import leads_to, newest_order


def test_the_snapshot_holds_the_six_legal_items(shopper: FormShopper) -> None:
    shopper.to_sms()
    shopper.guess("1234")

    order = newest_order()

    assert order.texts["law"]["price"] == "4,136円(税込)"
    assert set(order.texts["law"]) == {"quantity", "price", "payment", "delivery", "cancel"}
    assert set(order.screens) == {"confirm", "sms"}


@pytest.mark.parametrize("path", ["/checkout/confirm", "/checkout/sms"])
def test_the_legal_items_stand_where_the_order_is_placed(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()

    page = shopper.get(path).text

    items = set(re.findall(r'data-law="(\w+)"', page))
    assert items == {"quantity", "price", "payment", "delivery", "cancel"}


BY_ONESELF = {
    "": "キャンセルは出荷準備までご注文状況の画面で、発送までお電話",
    "/en": "You can cancel on your order's page until we prepare it, and by phone",
}


@pytest.mark.parametrize("prefix", BY_ONESELF)
def test_the_demo_shops_terms_name_cancelling_by_oneself(shopper: FormShopper, prefix: str) -> None:
    shopper.to_sms()
    shopper.prefix = prefix

    for path in ("/checkout/confirm", "/checkout/sms"):
        item = parsed(shopper.get(path).text).one(data_law="cancel")
        assert item.text.startswith(BY_ONESELF[prefix])
    for path in ("/legal/tokushoho", "/legal/returns", "/products/yunomi"):
        assert BY_ONESELF[prefix] in parsed(shopper.get(path).text).text


def test_answers_are_sealed_in_the_database(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")

    with db.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT typed, answered FROM checkouts").one()

    assert all(b"taro" not in value for value in kept)
    assert db.session.scalars(sa.select(Checkout)).one().answered


def test_cash_on_delivery_asks_for_the_code_where_the_owner_wants_it(shopper: FormShopper) -> None:
    with transaction():
        db.session.execute(
            sa.update(PaymentMethod).where(PaymentMethod.code == "cod").values(sms_check=True)
        )

    shopper.to_sms(payment="cod")
    placed = shopper.guess("1234")

    assert leads_to(placed).endswith("/complete")
    assert db.session.scalars(sa.select(Order.payment_code)).all() == ["cod"]
