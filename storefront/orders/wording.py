"""What the steps of an order and the states of its payment are called."""

from flask_babel import gettext as _

from storefront.orders.models import Order
from storefront.payments.kinds import Time, kind_of_code


def steps(order: Order) -> dict[str, str]:
    """By the name of the event, and so by the status that it leads to."""
    return {
        "placed": _("注文確定"),
        "preparing": _("出荷準備"),
        "shipped": _("発送"),
        "delivered": _("お届け完了"),
        "requested": _("お支払いのご案内"),
        "due": _("お支払い期限"),
        "overdue": _("お支払い期限切れ"),
        "paid": _("入金確認") if _is_prepaid(order) else _("お支払い済み"),
        "cancelled": _("キャンセル"),
        "returned": _("返品"),
    }


def payment(order: Order) -> str:
    """Where the payment stands."""
    return {
        "awaiting": _("ご入金待ち") if _is_prepaid(order) else _("お届け時にお支払い"),
        "deferred": _("お支払いは商品のお届け後"),
        "requested": _("お支払い待ち"),
        "overdue": _("お支払い期限を過ぎています"),
        "paid": _("お支払い済み"),
        "cancelled": _("お支払いは不要です"),
        "refunded": _("返金済み"),
    }[order.payment_status]


def _is_prepaid(order: Order) -> bool:
    return kind_of_code(order.payment_code).time is Time.BEFORE
