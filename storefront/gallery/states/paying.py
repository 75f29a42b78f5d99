"""States of the payment page, and of the pages of whoever takes the money."""

from collections.abc import Callable

from storefront.gallery.page import Page
from storefront.gallery.states import walks
from storefront.gallery.states.state import State
from storefront.gallery.visitor import Visitor

How = Callable[[Visitor], Page]
DAY = 86_400
WEEKS_LATER = 16 * DAY  # past the last day, and past the hour when that is noticed


def _asked(visitor: Visitor) -> Page:
    """The open request of an order that has arrived."""
    walks.to_delivered(visitor)
    return visitor.follow("pay-link")


def _chosen(means: str, store: str = "") -> How:
    def play(visitor: Visitor) -> Page:
        _asked(visitor)
        return visitor.press("pay-submit", means=means, store=store)

    return play


def _paid(visitor: Visitor) -> Page:
    _chosen("au")(visitor)
    return visitor.press("hosted-pay")


def _refused(visitor: Visitor) -> Page:
    _chosen("card")(visitor)
    return visitor.press("hosted-refuse")


def _overdue(visitor: Visitor) -> Page:
    _asked(visitor)
    path = visitor.page.address
    visitor.wait(WEEKS_LATER)
    return visitor.get(walks.path_of(visitor, path))


def _cancelled(visitor: Visitor) -> Page:
    _asked(visitor)
    path = walks.path_of(visitor, visitor.page.address)
    visitor.owner.payment_of(visitor.order, "cancelled")
    return visitor.get(path)


def _before(visitor: Visitor) -> Page:
    _asked(visitor)
    path = walks.path_of(visitor, visitor.page.address)
    visitor.owner.payment_of(visitor.order, "deferred")
    return visitor.get(path)


def _old_token(visitor: Visitor) -> Page:
    _asked(visitor)
    return walks.with_old_token(visitor, "pay-submit", means="bank")


def _hosted(means: str) -> How:
    def play(visitor: Visitor) -> Page:
        walks.to_confirmation(visitor, means)
        return walks.confirm(visitor)

    return play


def _hosted_over(visitor: Visitor) -> Page:
    _chosen("kuroneko_pay")(visitor)
    return visitor.press("hosted-pay-and-stay")


def _till_paid(visitor: Visitor) -> Page:
    number = walks.number_on(_chosen("cvs", "seven")(visitor))
    visitor.get("/sandbox/store")
    return visitor.press("store-pay", payment_number=number)


def _till_wrong(visitor: Visitor) -> Page:
    visitor.get("/sandbox/store")
    return visitor.press("store-pay", payment_number="123")


PAY, HOSTED, TILL = "collecting.pay", "sandbox.show_hosted", "sandbox.show_store"
STATES = (
    State("pay", "お支払い手続き", PAY, _asked, state="ready"),
    State("pay-empty", "お支払い手続き: 未選択", PAY, _chosen(""), 422, state="ready"),
    State("pay-no-store", "お支払い手続き: 店舗が未選択", PAY, _chosen("cvs"), 422, state="ready"),
    State("pay-old-token", "お支払い手続き: 時間がたった画面", PAY, _old_token, 422, state="ready"),
    State("pay-cvs", "お支払い手続き: コンビニ", PAY, _chosen("cvs", "lawson"), state="chosen"),
    State("pay-bank", "お支払い手続き: 銀行振込", PAY, _chosen("bank"), state="chosen"),
    State("pay-refused", "お支払い手続き: 断られた", PAY, _refused, state="ready"),
    State("pay-paid", "お支払い手続き: 支払い済み", PAY, _paid, state="paid"),
    State("pay-overdue", "お支払い手続き: 期限切れ", PAY, _overdue, state="ready"),
    State("pay-cancelled", "お支払い手続き: 取消済み", PAY, _cancelled, state="cancelled"),
    State("pay-before", "お支払い手続き: お届け前", PAY, _before, state="before"),
    State(
        "pay-unknown",
        "お支払い手続き: 使えないリンク",
        PAY,
        lambda visitor: visitor.get(f"/pay/{'x' * 22}"),
        404,
    ),
    State("hosted-card", "決済会社: カード", HOSTED, _hosted("card")),
    State("hosted-cvs", "決済会社: コンビニ", HOSTED, _hosted("cvs")),
    State("hosted-over", "決済会社: 済んだ支払い", HOSTED, _hosted_over),
    State("till", "店舗レジ", TILL, lambda visitor: visitor.get("/sandbox/store")),
    State("till-paid", "店舗レジ: 受け付けた", TILL, _till_paid),
    State("till-wrong", "店舗レジ: 知らない番号", TILL, _till_wrong, 422),
)
