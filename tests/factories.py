"""Things that tests need many of."""

import secrets
from datetime import timedelta
from typing import Any

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import ledger, numbers, receipt
from storefront.orders.details import OrderDetails
from storefront.orders.models import Order, OrderEvent, OrderLine, PaymentRequest
from storefront.testing.specimen import CITY, EMAIL, NAME, PHONE, POSTAL_CODE, PREFECTURE, STREET
from storefront.verification.rate_limits import Requester


def some_answers(**changes: str) -> OrderDetails:
    fields = {
        "name": NAME,
        "postal_code": POSTAL_CODE.replace("-", ""),
        "prefecture": PREFECTURE,
        "city": CITY,
        "street": STREET,
        "tel": PHONE.replace("-", ""),
        "email": EMAIL,
        "payment": "cod",
    }
    return OrderDetails(**{**fields, **changes})


def an_order(**changes: Any) -> Order:
    """A yunomi by cash on delivery, placed now and committed."""
    customer = changes.pop("customer", some_answers())
    fields = {
        "number": numbers.new_number(),
        "token": secrets.token_urlsafe(32),
        "key": secrets.token_hex(16),
        "checkout_id": secrets.token_hex(16),
        "locale": "ja",
        "placed_at": clock.now(),
        "payment_status": "awaiting",
        "payment_code": "cod",
        "customer": customer.dump(),
        "texts": {
            "law": {
                "quantity": "萩焼の湯呑 × 1点",
                "price": "4,290円(税込)",
                "payment": "商品のお届け時に、配達員へ現金でお支払いください。",
                "delivery": "7月8日(水)〜7月11日(土)",
                "cancel": "発送前のキャンセルは無料です。",
            },
            "payment": "代金引換",
            "instructions": "合計金額を配達員へお支払いください。",
        },
        "screens": {},
        "goods": 3300,
        "shipping": 660,
        "fee": 330,
        "total": 4290,
        "lines": [
            OrderLine(
                variant_id=1,
                sku="yunomi",
                name="萩焼の湯呑",
                option="",
                price=3300,
                quantity=1,
                tax=1000,
            )
        ],
        "events": [OrderEvent(at=clock.now(), event="placed")],
    }
    order = Order(**{**fields, **changes})
    with transaction():
        db.session.add(order)
        db.session.flush()
        ledger.record_sale(order, receipt.taxes_of(order), clock.now())
        if order.payment_status == "paid":
            ledger.record_payment(order, clock.now())
    return order


def a_requester(**changes: Any) -> Requester:
    fields: dict[str, Any] = {
        "checkout": secrets.token_hex(16),
        "phone": "08012345678",
        "session": secrets.token_hex(16),
        "ip": "203.0.113.7",
    }
    return Requester(**{**fields, **changes})


def a_payment_request(order: Order | None = None, **changes: Any) -> PaymentRequest:
    """The link after delivery, to pay within 14 days; its order stands at requested."""
    order = order or an_order(payment_status="requested", payment_code="kuroneko_smartphone")
    fields = {
        "order_id": order.id,
        "token": secrets.token_urlsafe(16),
        "issued_at": clock.now(),
        "due_on": clock.today() + timedelta(days=14),
    }
    request = PaymentRequest(**{**fields, **changes})
    with transaction():
        db.session.add(request)
    return request
