"""What a shopper has to know to pay for an order, besides the words it was placed with."""

from storefront.orders.models import Order
from storefront.payments import bank_account, collectors, hosted_sessions
from storefront.payments.bank_account import Fact
from storefront.payments.collectors import Collector
from storefront.payments.kinds import Check, kind_of_code
from storefront.shop import profile
from storefront.web.i18n import localized


def number_of(order: Order) -> str:
    """The number to pay by at a store; empty where the order has none."""
    if kind_of_code(order.payment_code).check is not Check.HOSTED:
        return ""
    visit = hosted_sessions.of_order(order.id)
    return (visit.number or "") if visit else ""


def collector_of(order: Order) -> Collector:
    """Who asks for its money after delivery, as it was agreed to when the order was placed."""
    agreed = order.texts.get("collector")
    return Collector(agreed) if agreed else collectors.of_code(order.payment_code)


def account_of(order: Order) -> list[Fact]:
    """The account that it is transferred to, as it was shown when the order was placed."""
    return bank_account.facts(order.texts.get("account") or {})


def sender_of(order: Order) -> str:
    """The name under which the request for payment comes: the shop's or the provider's."""
    if collector_of(order) is Collector.SHOP:
        return localized(profile.shop(), "name")
    return collectors.company(order.kind)
