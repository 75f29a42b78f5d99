"""States of a placed order: completion, status, receipt, looking it up, and its mail."""

from collections.abc import Callable

from storefront.gallery.page import Page
from storefront.gallery.states import long, walks
from storefront.gallery.states.state import State
from storefront.gallery.visitor import Visitor

How = Callable[[Visitor], Page]
COMPLETE, STATUS, CANCEL, RECEIPT, FIND = (
    "orders.complete",
    "orders.status",
    "orders.ask",
    "orders.show_receipt",
    "orders.find",
)


def _complete(payment: str) -> How:
    return lambda visitor: walks.to_completion(visitor, payment)


def _status(payment: str, *reached: str, screen: str = "") -> How:
    """An order as it is, or as its parcel and its payment have come on since."""

    def play(visitor: Visitor) -> Page:
        walks.to_completion(visitor, payment)
        path = walks.order_path(visitor)
        if reached:
            visitor.owner.bring_order_to(walks.order_token(visitor), *reached)
        return visitor.get(path + screen)

    return play


def _waiting(visitor: Visitor) -> Page:
    walks.to_completion(visitor, walks.SMARTPHONE)
    path = walks.order_path(visitor)
    visitor.owner.leave_cancellation_open(walks.order_token(visitor))
    return visitor.get(path)


def _receipt(payment: str, *reached: str) -> How:
    return _status(payment, *reached, screen="/receipt")


def _mail(payment: str) -> How:
    def play(visitor: Visitor) -> Page:
        walks.to_completion(visitor, payment)
        return visitor.mail(visitor.customer.email())

    return play


def _find(number: str, email: str) -> How:
    def play(visitor: Visitor) -> Page:
        visitor.get("/orders/find")
        return visitor.press("number", number=number, email=email)

    return play


def _link_again(visitor: Visitor) -> Page:
    walks.to_delivered(visitor)
    return visitor.press("send-link")


def _letter(about: str) -> How:
    """The newest of those that follow a delivery whose Japanese or English subject says so."""

    def play(visitor: Visitor) -> Page:
        walks.to_delivered(visitor)
        return visitor.mail(visitor.customer.email(), *SUBJECTS[about])

    return play


SUBJECTS = {
    "発送": ("商品を発送しました", "Your order has shipped"),
    "お支払い手続き": ("お支払い手続きのお願い", "Please choose how to pay"),
}
DELIVERED = ("preparing", "shipped", "delivered")
STATES = (
    State("complete", "注文完了: 代金後払い", COMPLETE, _complete(walks.SMARTPHONE)),
    State("complete-cod", "注文完了: 代引", COMPLETE, _complete(walks.COD)),
    State("complete-transfer", "注文完了: 振込", COMPLETE, _complete(walks.TRANSFER)),
    State("complete-payslip", "注文完了: 払込票", COMPLETE, _complete("kuroneko_payslip")),
    State("complete-card", "注文完了: カード", COMPLETE, _complete("card")),
    State("complete-cvs", "注文完了: コンビニ", COMPLETE, _complete("cvs")),
    State("complete-long", "注文完了: 長い名前と住所", COMPLETE, long.completion),
    State("status", "注文状況: 確定したところ", STATUS, _status(walks.SMARTPHONE)),
    State("cancel", "キャンセル: 確認", CANCEL, _status(walks.COD, screen="/cancel")),
    State(
        "cancel-too-late",
        "キャンセル: 出荷の準備中",
        CANCEL,
        _status(walks.COD, "preparing", "awaiting", "preparing", screen="/cancel"),
    ),
    State("status-waiting", "注文状況: キャンセルの回答待ち", STATUS, _waiting),
    State("status-transfer", "注文状況: ご入金待ち", STATUS, _status(walks.TRANSFER)),
    State(
        "status-shipped",
        "注文状況: 発送済み",
        STATUS,
        _status(walks.COD, "shipped", "awaiting", "preparing", "shipped"),
    ),
    State("status-requested", "注文状況: お届け後のお支払い待ち", STATUS, walks.to_delivered),
    State("status-link", "注文状況: リンクをもう一度送った", STATUS, _link_again),
    State(
        "status-overdue",
        "注文状況: お支払い期限切れ",
        STATUS,
        _status(walks.SMARTPHONE, "delivered", "overdue", *DELIVERED, "requested"),
    ),
    State(
        "status-cancelled",
        "注文状況: キャンセル",
        STATUS,
        _status(walks.COD, "cancelled", "cancelled", "cancelled"),
    ),
    State("status-long", "注文状況: 長い名前と住所", STATUS, long.status),
    State("receipt", "明細: 未払い", RECEIPT, _receipt(walks.COD)),
    State(
        "receipt-paid",
        "領収書: 支払い済み",
        RECEIPT,
        _receipt(walks.COD, "delivered", "paid", *DELIVERED, "paid"),
    ),
    State(
        "receipt-refunded",
        "明細: 返金済み",
        RECEIPT,
        _receipt(walks.COD, "returned", "refunded", *DELIVERED, "paid", "returned"),
    ),
    State("receipt-long", "明細: 長い名前と大きな金額", RECEIPT, long.receipt),
    State("find", "注文の確認", FIND, lambda visitor: visitor.get("/orders/find")),
    State("find-empty", "注文の確認: 未入力", FIND, _find("", ""), 422),
    State("find-wrong", "注文の確認: 違う組", FIND, _find("ABCD-1234", "a@example.com"), 422),
    State(
        "order-unknown",
        "注文の確認: 知らないアドレス",
        STATUS,
        lambda visitor: visitor.get(f"/orders/{'x' * 43}"),
        404,
    ),
    State("mail", "注文のメール: 代金後払い", "", _mail(walks.SMARTPHONE)),
    State("mail-cod", "注文のメール: 代引", "", _mail(walks.COD)),
    State("mail-transfer", "注文のメール: 振込", "", _mail(walks.TRANSFER)),
    State("mail-shipped", "発送のメール", "", _letter("発送")),
    State("mail-request", "お支払い手続きメール", "", _letter("お支払い手続き")),
    State("mail-long", "注文のメール: 長い名前と住所", "", long.mail),
)
