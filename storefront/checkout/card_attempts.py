"""How many declined cards one checkout and one internet address may try: a shop that lets anybody
try more is where stolen cards are tested."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from storefront.checkout.models import CARD, Checkout
from storefront.core import clock
from storefront.core.extensions import UtcDateTime
from storefront.payments.models import HostedSession, PaymentMethod
from storefront.ports.payments import Outcome
from storefront.verification import rate_limit_slots
from storefront.verification.models import LimitSlot
from storefront.verification.rate_limit_slots import USED_BY, Hit
from storefront.verification.rate_limits import code_vault

PER_CHECKOUT = 3
PER_ADDRESS = 10  # in an hour
HOUR = timedelta(hours=1)
IN_VAIN = (Outcome.OPEN, Outcome.REFUSED)  # one that is open may still be declined


class TooManyDeclined(Exception):
    """Too many cards were declined at this address of late: pay otherwise, or try in an hour."""


def is_card(method: PaymentMethod) -> bool:
    """Whether the payment method is a card's, whose declined visits are counted."""
    return method.kind == CARD


def is_used_up(checkout: Checkout, method: PaymentMethod) -> bool:
    """Whether this checkout has had as many declined cards as it may have."""
    return is_card(method) and (checkout.declined_cards or 0) >= PER_CHECKOUT


def admission(method: PaymentMethod, address: str) -> Callable[[str], None]:
    """Give a function that counts a visit to the card page, called with the visit's token inside
    the transaction that begins the visit.

    address is the shopper's internet address as client_address() gives it. The function raises
    TooManyDeclined, after which the caller's transaction must roll back. With LIMITS=relaxed
    nothing is counted.
    """

    def admit(token: str) -> None:
        is_real = current_app.config["SETTINGS"].limits == "real"
        if is_real and is_card(method) and not rate_limit_slots.reserve([_hit(address, token)]):
            raise TooManyDeclined

    return admit


def _hit(address: str, token: str) -> Hit:
    """A visit's slot, which counts for an hour unless the visit has ended in another way."""
    mine = HostedSession.token == USED_BY
    others = sa.select(HostedSession.token).where(mine, HostedSession.outcome.not_in(IN_VAIN))
    since = sa.literal(clock.now() - HOUR, UtcDateTime())
    counted = (LimitSlot.used_at > since) & ~others.exists()
    subjects = code_vault().digests("declined", "ip", address)
    return Hit("declined:ip:60", subjects, PER_ADDRESS, HOUR, token, True, counted)
