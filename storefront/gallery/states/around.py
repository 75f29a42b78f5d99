"""States around the shop: legal pages, help, error pages, and the sandbox."""

from collections.abc import Callable

from storefront.gallery.page import Page
from storefront.gallery.states import walks
from storefront.gallery.states.state import State
from storefront.gallery.visitor import Visitor

HUGE = "1" * 300_000  # characters, more than a request may have


def _oversized(visitor: Visitor) -> Page:
    visitor.get("/products/yunomi")
    return visitor.press("add-to-cart", quantity=HUGE)


def _clock_moved(visitor: Visitor) -> Page:
    """As after its button, by which the clock would go on for everybody."""
    return visitor.get("/sandbox/?done=600")


def _panel_refused(visitor: Visitor) -> Page:
    visitor.get("/sandbox/")
    return visitor.send(visitor.page.forms[0], press="nothing")


def _phone(visitor: Visitor) -> Page:
    """A text that arrived, one that could not be delivered, and one that is under way."""
    for ending in ("0000", "0003", "0009"):
        someone = visitor.another()
        walks.to_code_entry(someone, ending)
        someone.wait(30)
    walks.to_code_entry(visitor.another(), "0003")
    return visitor.get("/sandbox/phone")


def _mailbox(visitor: Visitor, *, is_of_all: bool = True) -> Page:
    walks.to_completion(visitor, walks.COD)
    walks.to_completion(visitor.another(), walks.TRANSFER)
    visitor.wait(0)
    query = "" if is_of_all else f"?to={visitor.customer.email()}"
    return visitor.get(f"/sandbox/mailbox{query}")


def _nothing_came(visitor: Visitor, page: str, to: str) -> Page:
    """To somebody who has not been here yet."""
    return visitor.get(f"/sandbox/{page}?to={to}")


def _legal(name: str) -> Callable[[Visitor], Page]:
    return lambda visitor: visitor.get(f"/legal/{name}")


LEGAL = {
    "tokushoho": "特定商取引法に基づく表記",
    "privacy": "プライバシーポリシー",
    "terms": "利用規約",
    "returns": "返品・交換",
}
PANEL, PHONE, MAILBOX = "sandbox.panel", "sandbox.show_phone", "sandbox.show_mailbox"
STATES = (
    *(State(f"legal-{name}", title, f"shop.{name}", _legal(name)) for name, title in LEGAL.items()),
    State("help", "お問い合わせ", "shop.help_page", lambda visitor: visitor.get("/help")),
    State("error-400", "エラー: 知らないホスト名", "", lambda v: v.get("/", Host="x.test"), 400),
    State("error-404", "エラー: ないページ", "", lambda visitor: visitor.get("/no-such-page"), 404),
    State("error-405", "エラー: 開けないページ", "", lambda v: v.get("/cart/items"), 405),
    State("error-413", "エラー: 大きすぎる送信", "", _oversized, 413),
    State("error-429", "エラー: 操作が続いた", "", lambda visitor: visitor.meet_fault(429), 429),
    State("error-500", "エラー: 故障", "", lambda visitor: visitor.meet_fault(500), 500),
    State("error-503", "エラー: 混雑", "", lambda visitor: visitor.meet_fault(503), 503),
    State("sandbox", "操作パネル", PANEL, lambda visitor: visitor.get("/sandbox/")),
    State("sandbox-clock", "操作パネル: 時計を進めた", PANEL, _clock_moved),
    State("sandbox-refused", "操作パネル: 時間がたった画面", PANEL, _panel_refused, 422),
    State(
        "phone-empty",
        "電話: 空",
        PHONE,
        lambda visitor: _nothing_came(visitor, "phone", visitor.customer.capped),
    ),
    State("phone", "電話: 届いた・届かない・送信中", PHONE, _phone),
    State(
        "mailbox-empty",
        "メール: 空",
        MAILBOX,
        lambda visitor: _nothing_came(visitor, "mailbox", visitor.customer.email()),
    ),
    State("mailbox", "メール: 2通", MAILBOX, _mailbox),
    State(
        "mailbox-one",
        "メール: 一つの宛先",
        MAILBOX,
        lambda visitor: _mailbox(visitor, is_of_all=False),
    ),
)
