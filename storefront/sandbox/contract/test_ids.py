"""Test ids (data-testid) by the screens that have them: the one list, which walks are held to.

An id in angle brackets stands for one of several: of a payment method, a way to pay, a section.
"""

import re

from storefront.payments.kinds import KINDS
from storefront.payments.pay_later_options import MEANS
from storefront.sandbox import demo, guests

SECTIONS = ("items", "customer", "delivery", "payment")
EVERYWHERE = "every page"
BY_SCREEN: dict[str, tuple[str, ...]] = {
    EVERYWHERE: ("error-summary", "language", "sandbox-banner", "cart-count", "shop-closed"),
    "home, category, search": ("product-card",),
    "product": ("product-card", "add-to-cart", "stock"),
    "cart": ("cart-line", "cart-total", "go-to-checkout"),
    "order input": (
        "order-form",
        "payment-<method>",
        "delivery-<delivery>",
        "order-total",
        "review-order",
        "forget",
        "unlisted-code",
        "other-city",
        "ng-banner",
        "switch-to-<method>",
        "retry-number",
        "retry-card",
    ),
    "confirmation": (
        "confirm-items",
        "confirm-total",
        "confirm-submit",
        "change-<section>",
        "switch-to-<method>",
        "payment-notice",
        "unlisted-code",
        "other-city",
    ),
    "SMS": (
        "sms-form",
        "sms-code",
        "sms-submit",
        "sms-phone",
        "sms-expires",
        "sms-resent",
        "sms-resend",
        "sms-other-method",
        "switch-to-<method>",
    ),
    "completion": (
        "order-number",
        "order-status-link",
        "pay-by",
        "pay-number",
        "pay-steps",
        "bank-account",
        "reach",
    ),
    "order status": (
        "order-number",
        "order-status",
        "payment-state",
        "pay-link",
        "send-link",
        "cancel-order",
        "being-cancelled",
        "pay-by",
        "pay-number",
        "pay-steps",
        "bank-account",
        "reach",
    ),
    "cancelling": ("order-number", "cancel-money", "cancel-submit", "reach"),
    "receipt": ("receipt-name",),
    "payment page": (
        "pay-amount",
        "pay-due",
        "pay-means-<means>",
        "pay-submit",
        "pay-instructions",
        "pay-notice",
        "pay-change",
    ),
    "privacy": ("kept-for",),
    "hosted page": (
        "hosted-amount",
        "hosted-pay",
        "hosted-pay-and-stay",
        "hosted-issue",
        "hosted-refuse",
        "hosted-leave",
        "hosted-return",
    ),
    "sandbox": ("phone-message", "mail-message", "store-pay", "store-paid"),
}
SCREENS = {
    "catalogue.home": "home, category, search",
    "catalogue.category": "home, category, search",
    "catalogue.search": "home, category, search",
    "catalogue.product": "product",
    "cart.show": "cart",
    "checkout.order_input": "order input",
    "checkout.confirm": "confirmation",
    "checkout.sms": "SMS",
    "orders.complete": "completion",
    "orders.status": "order status",
    "orders.ask": "cancelling",
    "orders.show_receipt": "receipt",
    "collecting.pay": "payment page",
    "shop.privacy": "privacy",
    "sandbox.show_hosted": "hosted page",
    "sandbox.show_phone": "sandbox",
    "sandbox.show_mailbox": "sandbox",
    "sandbox.show_store": "sandbox",
}  # by their endpoints; others have the ids of every page only
# The owner's side; <name> stands for the code, slug or language of what the row is about.
ADMIN = (
    "again",
    "app-secret",
    "asked-address",
    "broken",
    "connection-result",
    "contract",
    "cut-off",
    "dates-preview",
    "days-ahead",
    "deed-<name>",
    "delivery-<name>",
    "deposit",
    "do-again",
    "erased",
    "fault",
    "faulty-rows",
    "first-password",
    "flash",
    "give-back",
    "given-back",
    "holders",
    "import-state",
    "item-<name>",
    "job-progress",
    "job-result",
    "left",
    "meter",
    "method-<name>",
    "missing",
    "none-yet",
    "not-by-staff",
    "not-noted",
    "not-open",
    "note-form",
    "nothing",
    "order-count",
    "order-list",
    "order-row",
    "order-search",
    "order-status",
    "payment-state",
    "person",
    "picture",
    "preview",
    "product-<name>",
    "recovery-codes",
    "refused",
    "report-<name>",
    "reveal",
    "sample-<name>",
    "sandbox-owner",
    "sent-10-minutes",
    "sent-day",
    "sheet",
    "ship-form",
    "shop-state",
    "size-<name>",
    "standing",
    "sums",
    "timeline",
    "today",
    "under-way",
    "waiting",
)


def expanded() -> dict[str, list[str]]:
    """By screen, each id in full."""
    return {
        screen: [one for pattern in ids for one in each(pattern)]
        for screen, ids in BY_SCREEN.items()
    }


def each(pattern: str) -> list[str]:
    """The ids that one stands for."""
    found = re.search(r"<(\w+)>", pattern)
    if found is None:
        return [pattern]
    return [pattern.replace(found[0], code) for code in _codes()[found[1]]]


def _codes() -> dict[str, list[str]]:
    deliveries = [one["code"] for one in demo.deliveries()]
    return {
        "method": list(KINDS),
        "means": [one.code for one in MEANS],
        "section": list(SECTIONS),
        "delivery": [*deliveries, guests.letter().code],
    }
