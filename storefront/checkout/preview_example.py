"""An order that nobody makes, to show the owner what shoppers are shown."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from storefront.cart.models import CartLine
from storefront.catalogue.models import Product, Variant
from storefront.checkout.journey import Journey
from storefront.checkout.models import Checkout
from storefront.core.extensions import db
from storefront.orders.details import Answers
from storefront.shop import profile

NOBODY = "example"
AFFORDABLE = 10_000  # yen, so that most payment methods may pay for it


def journey(payment: str = "") -> Journey | None:
    """By this method or the first on offer; None while nothing can be bought."""
    shop, methods = profile.terms()
    variant = _something()
    if variant is None or not methods:
        return None
    codes = [method.code for method in methods]
    answers = Answers(
        name="山田 太郎",
        name_kana="ヤマダ タロウ",
        postal_code="1000005",
        prefecture="東京都",
        city="千代田区",
        street="丸の内2-7-2",
        tel="09000000000",
        email="taro@example.com",
        payment=payment if payment in codes else codes[0],
        delivery_method=next((way.code for way in shop.offered), ""),
    )
    line = CartLine(variant_id=variant.id, variant=variant, quantity=1, seen_price=variant.price)
    checkout = Checkout(id=NOBODY, cart_id=NOBODY)
    return Journey(checkout, [line], shop, methods, [], answers)


def _something() -> Variant | None:
    goods = sa.select(Variant).join(Product).where(Product.published)
    goods = goods.order_by(Variant.price > AFFORDABLE, Product.position, Variant.position)
    return db.session.scalar(goods.options(joinedload(Variant.product)).limit(1))
