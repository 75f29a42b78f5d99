"""Stock holds: pieces kept for a shopper whose phone or credit is being checked, or who pays on a
provider's page."""

import sqlalchemy as sa

from storefront.cart import carts
from storefront.catalogue import stock
from storefront.catalogue.models import StockHold
from storefront.checkout import order_limits
from storefront.checkout.journey import Journey
from storefront.checkout.models import Checkout
from storefront.core.extensions import db, transaction
from storefront.payments.models import HostedSession
from storefront.ports.failure_reasons import FailureReason
from storefront.ports.payments import Outcome
from storefront.verification import rate_limit_slots, rate_limits
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import DAY, RateLimit, Requester

EACH = "hold"  # scope of the counter of holds that run, and first part of that of holds begun
BEGUN = f"{EACH}:begun"
HOLDS = RateLimit("ip", 3, stock.HELD)  # carts that hold pieces; each holds its own once
HOLDS_A_DAY = RateLimit("ip", 12, DAY)  # each time that a cart begins to hold some


# a text that reached nobody, or a credit that was not given, costs whoever asks for it nothing
IN_VAIN = {
    *(FailureReason.REFUSED, FailureReason.UNDELIVERED, FailureReason.UNAVAILABLE),
    *(FailureReason.TOO_MANY, FailureReason.CREDIT, FailureReason.LIMIT),
}


class HeldByOthers(Exception):
    """Checkouts from this internet address hold too many pieces, or held them of late: offer
    methods that hold none."""


def hold_stock(journey: Journey, requester: Requester) -> None:
    """Keep the pieces of the offer for this shopper.

    Raises SoldOut, HeldByOthers or TooManyOrders.
    """
    cart_id = journey.checkout.cart_id
    with transaction(of=carts.name_of(cart_id)):
        order_limits.spend(journey, requester.ip)
        is_new = stock.hold(cart_id, journey.offer.stock)
        uses = rate_limits.hits(EACH, [HOLDS], requester, cart_id, keeps_place=True)
        if is_new:
            uses += rate_limits.hits(BEGUN, [HOLDS_A_DAY], requester, cart_id)
        if not rate_limit_slots.reserve(uses):
            raise HeldByOthers


def spend(journey: Journey) -> None:
    """Sell the pieces that were held, inside the caller's transaction, and stop counting the hold
    against the shopper's internet address."""
    cart_id = journey.checkout.cart_id
    if stock.spend(cart_id, journey.offer.stock):
        rate_limits.give_back(EACH, cart_id)


def let_go(cart_id: str) -> None:
    """Give the held pieces back to the stock after a check that failed."""
    with transaction(of=carts.name_of(cart_id)):
        stock.release(cart_id)
        rate_limits.give_back(f"{EACH}:{HOLDS.over}", cart_id)  # it was begun all the same


def let_go_in_vain() -> None:
    """Give back the pieces of all checkouts whose provider refused after its shopper had left; a
    task of each minute."""
    held = (StockHold.cart_id == Checkout.cart_id) & (StockHold.state == "held")
    mine = Challenge.checkout_id == Checkout.id
    refused = sa.select(Challenge.id).where(mine, Challenge.ended.in_(IN_VAIN))
    refused = refused.where(Challenge.created_at >= StockHold.held_at)
    running = sa.select(Challenge.id).where(mine, Challenge.ended.is_(None))
    away = sa.select(HostedSession.token).where(HostedSession.checkout_id == Checkout.id)
    away = away.where(HostedSession.outcome == Outcome.OPEN)
    carts = sa.select(StockHold.cart_id).join(Checkout, held).distinct()
    carts = carts.where(refused.exists(), ~running.exists(), ~away.exists())
    for cart_id in db.session.scalars(carts).all():
        let_go(cart_id)
