"""What a shopper has to know to pay for an order, besides the words it was placed with."""

from storefront.orders.models import Order
from storefront.payments import bank_account, hosted_sessions, methods
from storefront.payments.bank_account import Fact
from storefront.payments.kinds import Check, kind_of_code
from storefront.shop import profile
from storefront.web.i18n import localized


def number_of(order: Order) -> str:
    """The number to pay by at a store; empty where the order has none."""
    if kind_of_code(order.payment_code).check is not Check.HOSTED:
        return ""
    visit = hosted_sessions.of_order(order.id)
    return (visit.number or "") if visit else ""


def account_of(order: Order) -> list[Fact]:
    """The account that it is transferred to, as it was shown when the order was placed."""
    return bank_account.facts(order.texts.get("account") or {})


def sender_of(order: Order) -> str:
    """The shop's name where the shop asks for the money; empty where the provider does."""
    is_shop = methods.is_collected_by_shop(order.payment_code)
    return localized(profile.shop(), "name") if is_shop else ""
