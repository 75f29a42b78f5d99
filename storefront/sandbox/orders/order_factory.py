"""Orders for tests, placed by the shop's own rules."""

import secrets
from dataclasses import replace

import sqlalchemy as sa
from flask import request

from storefront.cart import carts
from storefront.cart.carts import TooMany
from storefront.catalogue import stock
from storefront.catalogue.models import Variant
from storefront.checkout import holds, hosted_payment, placing, store
from storefront.checkout import journey as journeys
from storefront.checkout.holds import HeldByOthers
from storefront.checkout.journey import Journey
from storefront.checkout.legal.snapshot import snapshot
from storefront.checkout.placing import Changed, SoldOut, TooManyOrders
from storefront.checkout.validation import problems
from storefront.checkout.verifier import code_request
from storefront.checkout.verifier.choice import verifier
from storefront.checkout.web.submission import again
from storefront.core.extensions import db, transaction
from storefront.orders.details import OrderDetails
from storefront.orders.models import Order
from storefront.ports.payments import Outcome
from storefront.providers.yamato.simulator import records
from storefront.sandbox.orders import hosted as provider
from storefront.sandbox.phone import phone
from storefront.sandbox.yamato import connection
from storefront.verification.code_check import CodeCheckResult
from storefront.verification.models import Challenge

SKU = "yunomi"
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


def place(payment: str, tel: str, email: str) -> Order:
    """Place an order of one yunomi by this payment method; raises NotPlaced."""
    tel = tel or f"080{secrets.randbelow(10**8):08d}"
    answers = replace(ANSWERS, payment=payment, tel=tel, email=email or f"{tel}@example.com")
    try:
        return _place(_begun(answers), payment)
    except (TooMany, SoldOut, Changed, HeldByOthers, TooManyOrders) as why:
        raise NotPlaced(f"the shop refused it ({type(why).__name__})") from why


def _place(journey: Journey, payment: str) -> Order:
    if journey.method is None:
        raise NotPlaced(f"{payment} is not on offer")
    if wrong := problems(journey):
        raise NotPlaced(f"the order form refuses it ({', '.join(wrong)})")
    if journey.is_hosted:
        return _by_hosted_page(journey)
    if journey.needs_code or journey.needs_credit:
        journey = _proven(journey)
    return placing.place(journey, journey.key, snapshot(journey))


def _begun(answers: OrderDetails) -> Journey:
    variant = db.session.scalars(sa.select(Variant).where(Variant.sku == SKU)).one()
    if variant.available < 1:  # a test may need many orders: they never run out
        with transaction():
            stock.put_back({variant.id: 1})
        db.session.refresh(variant)
    cart_id = carts.put_in(None, variant, 1)
    checkout = store.begin(cart_id)
    store.keep_answers(checkout, answers)
    return journeys.load(checkout, cart_id)


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
