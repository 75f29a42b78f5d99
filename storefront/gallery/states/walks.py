"""Ways through the shop that many states begin with; every one ends on a page."""

import re
from dataclasses import replace

from storefront.gallery.page import Page
from storefront.gallery.visitor import Visitor

SMARTPHONE, COD, TRANSFER = "kuroneko_smartphone", "cod", "bank_transfer"
LAND_LINE = "03-1234-5678"
CONTACT = {
    "name": "山田 太郎",
    "name_kana": "ヤマダ タロウ",
    "postal_code": "100-0005",
    "prefecture": "東京都",
    "city": "千代田区",
    "street": "丸の内2-7-2",
    "building": "さくらマンション101",
}
ELSEWHERE = {
    "ship_to": "other",
    "ship_name": "佐藤 花子",
    "ship_postal_code": "150-0001",
    "ship_prefecture": "東京都",
    "ship_city": "渋谷区",
    "ship_street": "神宮前1-1-1",
    "ship_building": "けやきハイツ205",
    "ship_tel": LAND_LINE,
}
PRESENT = {
    "company": "株式会社さくら 総務部",
    "ship_company": "けやき商会",
    "gift_sender": "山田家一同",
}


USUAL = "0000"  # ending of the number that most of them have
HOSTED = {"card": "hosted-pay", "cvs": "hosted-issue"}
NUMBER = re.compile(r"<b>(\d{7,13})</b>")


def put_in(visitor: Visitor, slug: str = "yunomi", quantity: int = 1, option: str = "") -> Page:
    visitor.get(f"/products/{slug}")
    chosen = {"variant_1": option} if option else {}
    return visitor.press("add-to-cart", quantity=str(quantity), **chosen)


def to_order_input(visitor: Visitor, slug: str = "yunomi") -> Page:
    put_in(visitor, slug)
    return visitor.get("/checkout")


def answer(visitor: Visitor, payment: str, ending: str = USUAL, **changes: str) -> Page:
    """Fill in the order form that is open, and send it."""
    reached = {"tel": visitor.customer.number(ending), "email": visitor.customer.email()}
    fields = {**CONTACT, **reached, "payment": payment, **changes}
    return visitor.press("review-order", **fields)


def to_confirmation(
    visitor: Visitor, payment: str = SMARTPHONE, ending: str = USUAL, **changes: str
) -> Page:
    to_order_input(visitor)
    return answer(visitor, payment, ending, **changes)


def confirm(visitor: Visitor) -> Page:
    return visitor.press("confirm-submit")


def to_code_entry(visitor: Visitor, ending: str = USUAL, **changes: str) -> Page:
    """As far as the screen of the code or, with some numbers, back at the order form."""
    to_confirmation(visitor, SMARTPHONE, ending, **changes)
    return confirm(visitor)


def give_code(visitor: Visitor, code: str) -> Page:
    return visitor.press("sms-submit", code=code)


def resend(visitor: Visitor, after: int) -> Page:
    visitor.wait(after)
    return visitor.press("sms-resend")


def to_completion(visitor: Visitor, payment: str = COD, **changes: str) -> Page:
    to_confirmation(visitor, payment, **changes)
    page = confirm(visitor)
    if payment in HOSTED:
        return visitor.press(HOSTED[payment])
    return give_code(visitor, visitor.code(visitor.tel)) if payment == SMARTPHONE else page


def to_delivered(visitor: Visitor, payment: str = SMARTPHONE) -> Page:
    """The status page of an order whose parcel has arrived."""
    to_completion(visitor, payment)
    path = order_path(visitor)
    for event in ("shipped", "delivered"):
        visitor.happen(event=event, order=visitor.order)
    return visitor.get(path)


def path_of(visitor: Visitor, address: str) -> str:
    """Without host, language and query."""
    return address.removeprefix(visitor.url).removeprefix(visitor.prefix).partition("?")[0]


def number_on(page: Page) -> str:
    """What is to be paid by, as the payment page shows it."""
    return NUMBER.findall(page.html)[0]


def order_path(visitor: Visitor) -> str:
    """The address of the order whose completion is open, without language."""
    return f"/orders/{order_token(visitor)}"


def order_token(visitor: Visitor) -> str:
    return visitor.page.address.removesuffix("/complete").rpartition("/")[2]


def with_old_token(visitor: Visitor, mark: str, **changes: str) -> Page:
    """Press a button of a page that was open for too long."""
    return visitor.press(mark, csrf_token="old", **changes)  # noqa: S106  # no secret: it is no token


def look_up_address(visitor: Visitor, postal_code: str) -> Page:
    """By the button 住所を入力, which leads elsewhere than its form."""
    form = visitor.page.form("order-form")
    elsewhere = replace(form, action=f"{visitor.prefix}/checkout/address")
    return visitor.send(elsewhere, postal_code=postal_code)
