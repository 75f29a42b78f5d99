"""Checkouts as plain objects, and as rows, for the tests of their rules."""

import secrets
from typing import Any

import sqlalchemy as sa

from storefront.cart import carts
from storefront.cart.models import CartLine
from storefront.catalogue.models import Product, Variant
from storefront.checkout import journey as journeys
from storefront.checkout import store
from storefront.checkout.journey import Journey
from storefront.checkout.models import Checkout
from storefront.checkout.placing import Snapshot
from storefront.core.extensions import db
from storefront.orders.details import OrderDetails
from storefront.payments.models import PaymentMethod
from storefront.shipping.dates import ANY_TIME, SLOTS
from storefront.shipping.models import DeliveryMethod
from storefront.shop.models import Shop
from storefront.verification import challenges
from storefront.verification.models import Challenge
from tests.factories import some_answers

KURONEKO, COD, BANK = "kuroneko_smartphone", "cod", "bank_transfer"


def a_line(price: int = 3300, quantity: int = 1, tax: int = 1000, variant_id: int = 1) -> CartLine:
    product = Product(slug=f"p{variant_id}", name="湯呑", name_en="Cup", tax=tax)
    variant = Variant(
        id=variant_id, sku=f"p{variant_id}", price=price, available=99, product=product
    )
    return CartLine(variant_id=variant_id, variant=variant, quantity=quantity, seen_price=price)


def a_method(code: str = COD, **changes: Any) -> PaymentMethod:
    fees = {KURONEKO: 176, COD: 330, BANK: 0}
    maxima = {KURONEKO: 55_000, COD: 300_000, BANK: None}
    fields = {
        "kind": code,
        "name": code,
        "name_en": code,
        "fee": fees[code],
        "minimum": 0,
        "maximum": maxima[code],
        "sms_check": code == KURONEKO,
    }
    return PaymentMethod(code=code, **{**fields, **changes})


def a_shop(**changes: Any) -> Shop:
    fields = {"name": "さくら商店", "is_open": True, "deliveries": [a_delivery()]}
    fields |= {"texts_per_10_minutes": 30, "texts_per_day": 300}
    return Shop(**{**fields, **changes})


def a_delivery(**changes: Any) -> DeliveryMethod:
    fields = {
        "code": "standard",
        "name": "宅急便",
        "name_en": "Parcel",
        "published": True,
        "fee": 660,
        "fees": {},
        "free_from": 11_000,
        "prepare_days": 2,
        "offers_dates": True,
        "days_offered": 14,
        "slots": [slot for slot in SLOTS if slot != ANY_TIME],
    }
    return DeliveryMethod(**{**fields, **changes})


def a_journey(**changes: Any) -> Journey:
    """A yunomi on its way, with every method on offer and everything answered."""
    fields = {
        "checkout": Checkout(id="checkout", cart_id="cart"),
        "cart": [a_line()],
        "shop": a_shop(),
        "methods": [a_method(KURONEKO), a_method(COD), a_method(BANK)],
        "challenges": [],
        "answers": some_answers(),
    }
    return Journey(**{**fields, **changes})


def a_challenge(journey: Journey, **changes: Any) -> Challenge:
    """A code for just what the journey offers now."""
    fields = {
        "id": secrets.token_hex(16),
        "checkout_id": journey.checkout.id,
        "method": journey.method.code if journey.method else "",
        "phone_digest": challenges.phone_digest(journey.phone),
        "offer_fingerprint": journey.offer_fingerprint,
        "taken": True,
    }
    return Challenge(**{**fields, **changes})


def begun(answers: OrderDetails | None = None, **pieces: int) -> Journey:
    """A checkout in the database, with so many pieces of each sku (matcha_bowl=1)."""
    cart_id = None
    for sku, quantity in (pieces or {"yunomi": 1}).items():
        wanted = sa.select(Variant).where(Variant.sku == sku.replace("_", "-"))
        cart_id = carts.put_in(cart_id, db.session.scalars(wanted).one(), quantity)
    assert cart_id
    checkout = store.begin(cart_id)
    store.keep_answers(checkout, answers or some_answers())
    return journeys.load(checkout, cart_id)


def again(journey: Journey) -> Journey:
    """The same checkout as the next request would find it."""
    db.session.rollback()
    checkout = db.session.get_one(Checkout, journey.checkout.id, populate_existing=True)
    return journeys.load(checkout, checkout.cart_id)


def a_snapshot(journey: Journey) -> Snapshot:
    skus = [line.variant.sku for line in journey.cart]
    return Snapshot("ja", dict.fromkeys(skus, "名前"), dict.fromkeys(skus, ""), {"law": {}}, {})
