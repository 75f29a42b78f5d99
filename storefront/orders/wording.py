"""What the steps of an order and the states of its payment are called."""

from flask_babel import gettext as _

from storefront.orders import owed_back
from storefront.orders.models import Order
from storefront.payments.kinds import Check, Time, kind_of_code
from storefront.payments.status import PaymentState
from storefront.web.i18n import price


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


def at_the_store() -> list[str]:
    """What to do at a convenience store with a number that any chain may take."""
    return [
        _(
            "お近くのコンビニのレジで「インターネットの支払い」と伝えるか、店内の端末で番号の入力を選びます。"
        ),
        _("払込番号を伝えるか入力して、お支払いの金額を確かめます。"),
        _("レジでお支払いになり、領収書をお受け取りください。"),
    ]


def before_cancelling(order: Order) -> str:
    """What becomes of the money where the order is cancelled as it stands."""
    if order.payment_status == PaymentState.PAID:
        way = by_provider() if _is_hosted(order) else by_hand()
        paid = price(order.received)
        return _("お支払い済みの%(yen)sをご返金します。%(way)s", yen=paid, way=way)
    if order.payment_reference is not None:
        return _("代金後払いのお申し込みも取り消します。お支払いは不要です。")
    if _is_hosted(order):
        return _("お支払いは不要です。払込番号は使えなくなります。")
    if _is_prepaid(order):
        return _("お支払いは不要です。お振込みがお済みの場合は、ご入金を確認してからご返金します。")
    return _("お支払いは不要です。")


def way_back(order: Order) -> str:
    """How the money of a refunded order comes back to the shopper."""
    return by_hand() if owed_back.yen_of(order) else by_provider()


def by_provider() -> str:
    return _("お支払いに使われた方法で、決済会社がお返しします。")


def by_hand() -> str:
    return _("ご返金先の口座をうかがうため、当店からご連絡します。")


def not_cancelled() -> dict[str, str]:
    """Why the press of the button changed nothing."""
    return {
        "too-late": _("出荷準備が始まったため、この画面からはキャンセルできません"),
        "busy": _("このご注文は、いま別の手続きの途中です。少し待って、もう一度押してください"),
        "unanswered": _(
            "決済会社に接続できず、キャンセルできませんでした。"
            "ご注文は元のままです。少し待って、もう一度押してください"
        ),
    }


def _is_hosted(order: Order) -> bool:
    return kind_of_code(order.payment_code).check is Check.HOSTED


def _is_prepaid(order: Order) -> bool:
    return kind_of_code(order.payment_code).time is Time.BEFORE
