"""Checkouts on paper, by which the owner sees what shoppers will see; nothing is stored."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from storefront.cart.models import CartLine
from storefront.catalogue.models import Product, Variant
from storefront.checkout.journey import Journey
from storefront.checkout.models import Checkout
from storefront.core.extensions import db
from storefront.orders.details import OrderDetails
from storefront.payments.models import PaymentMethod
from storefront.shop import profile
from storefront.verification import challenges
from storefront.verification.models import Challenge

NOBODY = "example"
AFFORDABLE = 10_000  # yen, so that most payment methods may pay for it
PHONE = "09000000000"
PRICE = 3_300
ADDRESS = {
    "postal_code": "1000005",
    "prefecture": "東京都",
    "city": "千代田区",
    "street": "丸の内2-7-2",
    "tel": PHONE,
}
SAMPLE = {**ADDRESS, "name": "見本 太郎", "email": "mihon@example.com"}
SHOPPER = {
    **ADDRESS,
    "name": "山田 太郎",
    "name_kana": "ヤマダ タロウ",
    "email": "taro@example.com",
}


def of_sample_goods(
    methods: Sequence[PaymentMethod], chosen: PaymentMethod, ended: str = ""
) -> Journey:
    """One made-up piece by the chosen method; ended is the reason for which that has failed, empty
    for none."""
    product = Product(slug="mihon", name="見本の商品", name_en="Sample", tax=1000)
    variant = Variant(id=0, sku="mihon", price=PRICE, available=1, product=product)
    failed = [_failed(chosen, ended)] if ended else []
    answers = OrderDetails(**{**SAMPLE, "payment": chosen.code})
    return Journey(_checkout(), _line(variant), profile.shop(), list(methods), failed, answers)


def of_own_goods(payment: str = "") -> Journey | None:
    """A piece of the shop's by this method or the first on offer; None while it sells nothing."""
    shop, methods = profile.terms()
    variant = _something()
    if variant is None or not methods:
        return None
    codes = [method.code for method in methods]
    answers = OrderDetails(
        **SHOPPER,
        payment=payment if payment in codes else codes[0],
        delivery_method=next((way.code for way in shop.offered), ""),
    )
    return Journey(_checkout(), _line(variant), shop, methods, [], answers)


def _checkout() -> Checkout:
    return Checkout(id=NOBODY, cart_id=NOBODY)


def _line(variant: Variant) -> list[CartLine]:
    return [CartLine(variant_id=variant.id, variant=variant, quantity=1, seen_price=variant.price)]


def _failed(method: PaymentMethod, ended: str) -> Challenge:
    mark = challenges.phone_digest(PHONE)
    return Challenge(
        id=NOBODY, method=method.code, ended=ended, phone_digest=mark, offer_fingerprint=""
    )


def _something() -> Variant | None:
    goods = sa.select(Variant).join(Product).where(Product.published)
    goods = goods.order_by(Variant.price > AFFORDABLE, Product.position, Variant.position)
    return db.session.scalar(goods.options(joinedload(Variant.product)).limit(1))
