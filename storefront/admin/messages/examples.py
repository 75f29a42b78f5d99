"""The order that mails and texts are shown by: the latest one, without who made it."""

import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders.details import OrderDetails
from storefront.orders.models import Order, OrderEvent, OrderLine, PaymentRequest, Shipment

DUE_IN = timedelta(days=14)
SLIP = "123456789012"
NOBODY = OrderDetails(
    name="山田 太郎",
    postal_code="1000005",
    prefecture="東京都",
    city="千代田区",
    street="丸の内2-7-2",
    tel="09000000000",
    email="taro@example.com",
    payment="cod",
)
NAMES = {"ja": "山田 太郎", "en": "Taro Yamada"}
TEXTS = ("quantity", "price", "payment", "delivery", "cancel")


def order() -> Order:
    """The latest order with made-up persons, or a made-up one. It is taken out of the session, so
    that no change on it is written."""
    found = _latest() or _made_up()
    found.status = "placed"
    found.request = PaymentRequest(token=secrets.token_urlsafe(16), due_on=clock.today() + DUE_IN)
    if not found.shipments:
        found.shipments = [Shipment(carrier="yamato", slip=SLIP, shipped_at=clock.now())]
    return found


def read_in(example: Order, locale: str, payment_status: str = "") -> None:
    """Give the order a language and a payment status for a preview."""
    example.locale, example.customer = locale, {**NOBODY.dump(), "name": NAMES[locale]}
    example.payment_status = payment_status or example.payment_status


def _latest() -> Order | None:
    parts = (Order.lines, Order.events, Order.shipments, Order.request)
    newest = sa.select(Order).order_by(Order.id.desc()).limit(1)
    found = db.session.scalar(newest.options(*(selectinload(part) for part in parts)))
    if found is not None:
        db.session.expunge(found)
    return found


def _made_up() -> Order:
    words = dict.fromkeys(TEXTS, "-")
    return Order(
        id=0,
        number="SAMPLE-0001",
        token=secrets.token_urlsafe(32),
        placed_at=clock.now(),
        payment_status="awaiting",
        payment_code="cod",
        texts={"law": words, "payment": "代金引換", "instructions": ""},
        goods=3_300,
        shipping=660,
        fee=330,
        total=4_290,
        lines=[
            OrderLine(sku="sample", name="萩焼の湯呑", option="", price=3_300, quantity=1, tax=1000)
        ],
        events=[OrderEvent(at=clock.now(), event="placed")],
        shipments=[],
    )
