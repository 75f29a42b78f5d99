"""How many orders without a code may come from one address, one mailbox and one phone.

A code proves a person; who proves none is counted, so that nobody fills the shop with orders, or
somebody's mailbox with their mails. LIMITS=relaxed lifts it.
"""

from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from storefront.checkout.journey import Journey
from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.orders.status import OrderStatus
from storefront.payments import methods
from storefront.payments.models import PaymentMethod
from storefront.payments.status import PaymentState
from storefront.shop.models import Shop
from storefront.verification import rate_limit_slots
from storefront.verification.models import LimitSlot
from storefront.verification.rate_limit_slots import USED_BY, Hit
from storefront.verification.rate_limits import DAY, code_vault

HOUR = timedelta(hours=1)
UNDER_WAY = timedelta(minutes=30)  # from leaving for a payment page to the order
PAID_LATER = ("bank_transfer", "cvs")  # kinds whose goods are kept while the money is awaited
UNPAID = f"{rate_limit_slots.LASTING}unpaid:"


class TooManyOrders(Exception):
    """A limit on orders without a code is used up: offer methods that prove a phone, or the shop's
    telephone number."""


def spend(journey: Journey, address: str | None) -> None:
    """Count the order of this checkout once, inside the caller's transaction.

    Address is as client_address() gives it, or None where no shopper is at the shop, as for a
    caller's order. Raises TooManyOrders, which must roll it back.
    """
    method, answers = journey.method, journey.answers
    if address is None or method is None or answers is None or not _is_counted(method):
        return
    who = {"ip": address, "mail": mailbox(answers.email), "phone": answers.tel}
    uses = _rates(journey.shop, who, journey.checkout.id)
    if method.kind in PAID_LATER:
        uses += _unpaid(journey.shop, who, journey.checkout.id)
    if not rate_limit_slots.reserve(uses):
        raise TooManyOrders


def purge() -> None:
    """Delete slots of orders that no longer wait for money, inside the caller's transaction."""
    unpaid = LimitSlot.scope.startswith(UNPAID)
    db.session.execute(sa.delete(LimitSlot).where(unpaid, ~_is_unpaid()))


def mailbox(email: str) -> str:
    """A mail address without what does not change its mailbox: capitals, and what follows a plus
    sign."""
    local, _, domain = email.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _is_counted(method: PaymentMethod) -> bool:
    is_real: bool = current_app.config["SETTINGS"].limits == "real"
    return is_real and not methods.checks_sms(method)


def _rates(shop: Shop, who: dict[str, str], checkout_id: str) -> list[Hit]:
    rates = (
        ("ip", shop.orders_per_hour, HOUR),
        ("ip", shop.orders_per_day, DAY),
        ("mail", shop.orders_per_person, DAY),
        ("phone", shop.orders_per_person, DAY),
    )
    return [
        Hit(f"order:{over}:{window // HOUR}", _marks(over, who), most, window, checkout_id, True)
        for over, most, window in rates
    ]


def _unpaid(shop: Shop, who: dict[str, str], checkout_id: str) -> list[Hit]:
    most, counts = shop.unpaid_per_person, _is_unpaid()
    return [
        Hit(f"{UNPAID}{over}", _marks(over, who), most, UNDER_WAY, checkout_id, True, counts)
        for over in ("mail", "phone")
    ]


def _is_unpaid() -> sa.ColumnElement[bool]:
    """SQL condition: the slot's checkout waits for money, or is just becoming such an order.

    The second part keeps two orders at once apart, neither of which sees the other's.
    """
    mine = Order.checkout_id == USED_BY
    kinds = [Order.payment_code.startswith(kind) for kind in PAID_LATER]
    is_awaited = (Order.payment_status == PaymentState.AWAITING) & sa.or_(*kinds)
    is_open = (
        is_awaited
        & (Order.status != OrderStatus.CANCELLED)
        & (Order.status != OrderStatus.RETURNED)
    )
    orders = sa.select(Order.id).where(mine)
    is_under_way = (LimitSlot.used_at > clock.now() - UNDER_WAY) & ~orders.exists()
    return orders.where(is_open).exists() | is_under_way


def _marks(over: str, who: dict[str, str]) -> tuple[str, ...]:
    return code_vault().digests("order", over, who[over])
