"""A checkout on paper, by which the owner sees what shoppers will see."""

from collections.abc import Sequence

from storefront.cart.models import CartLine
from storefront.catalogue.models import Product, Variant
from storefront.checkout.journey import Journey
from storefront.checkout.models import Checkout
from storefront.orders.details import Answers
from storefront.payments.models import PaymentMethod
from storefront.shop import profile
from storefront.verification import challenges
from storefront.verification.models import Challenge

PHONE = "09000000000"
PRICE = 3_300
ANSWERS = {
    "name": "見本 太郎",
    "postal_code": "1000005",
    "prefecture": "東京都",
    "city": "千代田区",
    "street": "丸の内2-7-2",
    "tel": PHONE,
    "email": "mihon@example.com",
}


def journey(methods: Sequence[PaymentMethod], chosen: PaymentMethod, ended: str = "") -> Journey:
    """One piece of goods by the chosen method, whose check has ended so; nothing is stored."""
    product = Product(slug="mihon", name="見本の商品", name_en="Sample", tax=1000)
    variant = Variant(id=0, sku="mihon", price=PRICE, available=1, product=product)
    line = CartLine(variant_id=0, variant=variant, quantity=1, seen_price=PRICE)
    answers = Answers(**{**ANSWERS, "payment": chosen.code})
    return Journey(
        Checkout(id="sample", cart_id="sample"),
        [line],
        profile.shop(),
        list(methods),
        [_failed(chosen, ended)] if ended else [],
        answers,
    )


def _failed(method: PaymentMethod, ended: str) -> Challenge:
    mark = challenges.phone_mark(PHONE)
    return Challenge(id="sample", method=method.code, ended=ended, phone_mark=mark, offer_mark="")
