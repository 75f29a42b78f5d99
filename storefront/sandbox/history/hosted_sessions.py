"""Visits to hosted payment pages for made-up orders, in the shop's table and in the provider's."""

from datetime import timedelta
from typing import Any

from storefront.payments.hosted_sessions import REFUNDED
from storefront.payments.status import PaymentState
from storefront.ports.payments import Outcome
from storefront.sandbox.history.orders import Made

GIVEN_BACK = {PaymentState.CANCELLED, PaymentState.REFUNDED}

Row = dict[str, Any]


def here(order_id: int, one: Made) -> Row:
    """The visit's row in the shop's table."""
    known = there(one)
    outcome = REFUNDED if known["refunded"] else known["outcome"]
    return {
        **{name: known[name] for name in ("token", "means", "yen", "order_number", "number")},
        "idempotency_key": one.key,
        "checkout_id": one.checkout_id,
        "offer_fingerprint": None,
        "order_id": order_id,
        "method": one.method.code,
        "locale": "ja",
        "outcome": outcome,
        "opened_at": one.at - timedelta(minutes=3),
        "settled_at": one.life.moment("paid") or one.at,
        "url": f"/sandbox/hosted/{known['token']}",
    }


def there(one: Made) -> Row:
    """The same visit's row in the sandbox provider's table, by which a refund finds it."""
    is_paid = one.life.moment("paid") is not None
    number = f"{int(one.key[:12], 16) % (9 * 10**11) + 10**11}"
    return {
        "token": one.key[::-1],
        "means": one.method.code,
        "yen": one.total,
        "order_number": one.number,
        "return_url": "",
        "locale": "ja",
        "outcome": Outcome.PAID if is_paid else Outcome.ISSUED,
        "number": number if one.method.code == "cvs" else None,
        "refunded": one.life.payment in GIVEN_BACK,
    }
