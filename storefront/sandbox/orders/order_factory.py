"""Orders for tests, placed by the shop's own rules."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import request
from flask_babel import force_locale

from storefront.cart import carts
from storefront.cart.carts import TooMany
from storefront.checkout import holds, hosted_payment, placing, staff_orders, store
from storefront.checkout import journey as journeys
from storefront.checkout.holds import HeldByOthers
from storefront.checkout.journey import Journey
from storefront.checkout.legal.snapshot import snapshot
from storefront.checkout.placing import Changed, SoldOut, TooManyOrders
from storefront.checkout.validation import problems
from storefront.checkout.verifier import code_request
from storefront.checkout.verifier.choice import verifier
from storefront.checkout.web.submission import again
from storefront.core.extensions import db
from storefront.orders.details import OrderDetails
from storefront.orders.models import Order
from storefront.payments import methods
from storefront.ports.payments import Outcome
from storefront.providers.yamato.simulator import records
from storefront.sandbox import stock
from storefront.sandbox.orders import hosted as provider
from storefront.sandbox.phone import phone
from storefront.sandbox.yamato import connection
from storefront.shop import profile
from storefront.verification.code_check import CodeCheckResult
from storefront.verification.models import Challenge

A_YUNOMI = {"yunomi": 1}
ANSWERS = OrderDetails(
    name="山田 太郎",
    postal_code="1000005",
    prefecture="東京都",
    city="千代田区",
    street="丸の内2-7-2",
    tel="",
    email="",
    payment="",
)


class NotPlaced(Exception):
    """A rule of the shop refused the order; the message says which step it ended at."""


@dataclass(frozen=True)
class Wishes:
    """What an order is to be like: pieces by SKU, and fields of the order form."""

    items: Mapping[str, int] = field(default_factory=A_YUNOMI.copy)
    answers: Mapping[str, str] = field(default_factory=dict)
    locale: str = "ja"


def place(payment: str, tel: str, email: str, wishes: Wishes | None = None) -> Order:
    """Place an order of one yunomi, or of what is wished for, by this payment method; raises
    NotPlaced."""
    wishes = wishes or Wishes()
    tel = tel or f"0800{secrets.randbelow(10**7):07d}"  # a number without caps
    who = {"payment": payment, "tel": tel, "email": email or f"{tel}@example.com"}
    answers = replace(ANSWERS, **{**who, **wishes.answers})
    delivery_method = _delivery_method(payment, answers.delivery_method)
    answers = replace(answers, delivery_method=delivery_method)
    try:
        with force_locale(wishes.locale):
            return _place(_begun(answers, wishes.items), payment)
    except (TooMany, SoldOut, Changed, HeldByOthers, TooManyOrders) as why:
        raise NotPlaced(f"the shop refused it ({type(why).__name__})") from why


def _delivery_method(payment: str, wished: str) -> str:
    """What is wished for, or the first that the payment method goes with; nothing is asked where
    there is one only. Raises NotPlaced."""
    shop, offered = profile.terms()
    if wished and wished not in {one.code for one in shop.offered}:
        raise NotPlaced(f"the shop does not deliver by {wished}")
    if wished:
        return wished
    method = next((one for one in offered if one.code == payment), None)
    ways = [one for one in shop.offered if method and methods.goes_with(method, one.code)]
    return ways[0].code if ways and len(shop.offered) > 1 else ""


def _place(journey: Journey, payment: str) -> Order:
    if not journey.shop.is_open:
        raise NotPlaced("the shop is closed")
    if journey.method is None:
        raise NotPlaced(f"{payment} is not on offer")
    if wrong := problems(journey):
        raise NotPlaced(f"the order form refuses it ({', '.join(wrong)})")
    if journey.is_hosted:
        return _by_hosted_page(journey)
    if journey.needs_code or journey.needs_credit:
        journey = _proven(journey)
    return placing.place(journey, journey.key, snapshot(journey))


def _begun(answers: OrderDetails, items: Mapping[str, int]) -> Journey:
    stock.ensure(items)
    cart_id = _cart(items)
    checkout = store.begin(cart_id)
    store.keep_answers(checkout, answers)
    return journeys.load(checkout, cart_id)


def _cart(items: Mapping[str, int]) -> str:
    goods, unknown = staff_orders.goods_of(items)
    if unknown:
        raise NotPlaced(f"not for sale: {', '.join(unknown)}")
    cart_id = None
    for variant, count in goods:
        cart_id = carts.put_in(cart_id, variant, count)
    if cart_id is None:
        raise NotPlaced("there is nothing in the cart")
    return cart_id


def _proven(journey: Journey) -> Journey:
    by, requester = verifier(journey), code_request.requester(journey)
    holds.hold_stock(journey, requester)
    challenge = by.issue(code_request.asked(journey), requester)
    if challenge.ended:
        raise NotPlaced(f"the check ended as {challenge.ended}")
    if not challenge.passed_at:
        verdict = by.judge(challenge, _code(challenge, journey.phone), requester)
        if verdict is not CodeCheckResult.RIGHT:
            raise NotPlaced(f"the code was judged {verdict}")
    return again(journey)


def _code(challenge: Challenge, number: str) -> str:
    """As its shopper would read it; whoever gets no text types something."""
    if challenge.verifier == "own":
        texts = phone.messages(number)
        return phone.code_in(texts[0]) if texts else ""
    record = records.find(connection.MERCHANT, challenge.reference or "")
    code = record.code if record else None
    db.session.commit()
    return code or "0000"


def _by_hosted_page(journey: Journey) -> Order:
    requester = code_request.requester(journey)
    holds.hold_stock(journey, requester)
    return_to = f"{request.host_url}{{}}".format
    hosted_payment.leave(journey, snapshot(journey), return_to, requester.ip)
    visit = hosted_payment.newest(journey)
    known = provider.find(visit.token) if visit else None
    if visit is None or known is None:
        raise NotPlaced("the payment page did not open")
    provider.end(known, Outcome.ISSUED if known.number else Outcome.PAID)
    order = hosted_payment.learn(visit)
    if order is None:
        raise NotPlaced("the order could not be placed")
    return order
