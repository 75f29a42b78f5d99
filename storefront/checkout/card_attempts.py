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
from storefront.verification.rate_limits import DAY, code_vault

PER_CHECKOUT = 3
PER_ADDRESS = 10  # in an hour
HOUR = timedelta(hours=1)


class TooManyDeclined(Exception):
    """Too many cards were declined, or may be yet, in this checkout or at this address of late: pay
    otherwise, or try in an hour."""


def is_card(method: PaymentMethod) -> bool:
    """Whether the payment method is a card's, whose declined visits are counted."""
    return method.kind == CARD


def is_used_up(checkout: Checkout, method: PaymentMethod) -> bool:
    """Whether this checkout has had as many declined cards as it may have."""
    return is_card(method) and (checkout.declined_cards or 0) >= PER_CHECKOUT


def admission(method: PaymentMethod, checkout_id: str, address: str) -> Callable[[str], None]:
    """Give a function that counts a visit to the card page, called with the visit's token inside
    the transaction that begins the visit.

    A visit takes its slots before anything is known of its card, so that pages opened beside each
    other pass no cap. address is the shopper's internet address as client_address() gives it. The
    function raises TooManyDeclined, after which the caller's transaction must roll back. With
    LIMITS=relaxed nothing is counted over an address.
    """

    def admit(token: str) -> None:
        is_real = current_app.config["SETTINGS"].limits == "real"
        hits = [_of_checkout(checkout_id, token)]
        hits += [_of_address(address, token)] if is_real else []
        if is_card(method) and not rate_limit_slots.reserve(hits):
            raise TooManyDeclined

    return admit


def _of_checkout(checkout_id: str, token: str) -> Hit:
    """A visit's slot, which counts for a day once its card is declined, and until then an hour."""
    subjects = code_vault().digests("declined", "checkout", checkout_id)
    declined = _visits(HostedSession.outcome == Outcome.REFUSED).exists()
    counted = (_since(HOUR) & ~_otherwise_ended()) | (_since(DAY) & declined)
    scope = "declined:checkout:1440"
    return Hit(scope, subjects, PER_CHECKOUT, DAY, token, True, counted)


def _of_address(address: str, token: str) -> Hit:
    """A visit's slot, which counts for an hour unless the visit has ended in another way."""
    subjects = code_vault().digests("declined", "ip", address)
    counted = _since(HOUR) & ~_otherwise_ended()
    return Hit("declined:ip:60", subjects, PER_ADDRESS, HOUR, token, True, counted)


def _otherwise_ended() -> sa.ColumnElement[bool]:
    """One that is open may still be declined. No list of outcomes: several slots are claimed by one
    executemany, which takes none."""
    declined, still_open = (HostedSession.outcome == one for one in (Outcome.REFUSED, Outcome.OPEN))
    return _visits(~declined & ~still_open).exists()


def _visits(outcome: sa.ColumnElement[bool]) -> sa.Select[str]:
    return sa.select(HostedSession.token).where(HostedSession.token == USED_BY, outcome)


def _since(window: timedelta) -> sa.ColumnElement[bool]:
    return LimitSlot.used_at > sa.literal(clock.now() - window, UtcDateTime())
