"""What a shopper has to know to pay for an order, besides the words it was placed with."""

from storefront.orders.models import Order
from storefront.payments import hosted_sessions, methods
from storefront.payments.kinds import Check, kind_of_code
from storefront.shop import profile
from storefront.web.i18n import localized


def number_of(order: Order) -> str:
    """What is paid by at a store; empty where nothing is."""
    if kind_of_code(order.payment_code).check is not Check.HOSTED:
        return ""
    visit = hosted_sessions.of_order(order.id)
    return (visit.number or "") if visit else ""


def sender_of(order: Order) -> str:
    """Who will ask for the money, where that is the shop; empty where its provider does."""
    is_shop = methods.is_collected_by_shop(order.payment_code)
    return localized(profile.shop(), "name") if is_shop else ""
