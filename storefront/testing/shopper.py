"""What a shopper does on each screen: a verb for each thing, and no judgement."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

from storefront.testing.sandbox import Sandbox
from storefront.testing.specimen import BUILDING, CITY, NAME, POSTAL_CODE, PREFECTURE, STREET

if TYPE_CHECKING:  # its methods are called, its names are not needed
    from playwright.sync_api import Locator, Page, Request, Route

SMARTPHONE, COD, TRANSFER = "kuroneko_smartphone", "cod", "bank_transfer"
LABELS = {
    "ja": {
        "name": "お名前",
        "name_kana": "フリガナ",
        "postal_code": "郵便番号",
        "prefecture": "都道府県",
        "city": "市区町村",
        "street": "町名・番地",
        "building": "建物名・部屋番号",
        "tel": "電話番号",
        "email": "メールアドレス",
        "sms_tel": "SMSを受け取る携帯電話番号",
        "code": "認証番号(4桁)",
    },
    "en": {
        "name": "Full name",
        "name_kana": "Name in katakana",
        "postal_code": "Postal code",
        "prefecture": "Prefecture",
        "city": "City, ward",
        "street": "Street and number",
        "building": "Building, room",
        "tel": "Phone number",
        "email": "Email",
        "sms_tel": "Mobile number for the SMS",
        "code": "4-digit code",
    },
}
ADDRESS = {
    "postal_code": POSTAL_CODE,
    "prefecture": PREFECTURE,
    "city": CITY,
    "street": STREET,
}


class Shopper:
    """One person in one tab, with a phone number and a mailbox."""

    def __init__(
        self, page: "Page", sandbox: Sandbox, number: str, *, js: bool = True, lang: str = "ja"
    ) -> None:
        """page: of a context whose base_url is the shop's; number: eleven digits."""
        self.page, self.sandbox, self.number, self.js, self.lang = page, sandbox, number, js, lang
        self.prefix = "/en" if lang == "en" else ""
        self.email = f"{number}@example.com"

    def in_new_tab(self) -> "Shopper":
        page = self.page.context.new_page()
        return Shopper(page, self.sandbox, self.number, js=self.js, lang=self.lang)

    # wherever they are

    def open(self, path: str) -> Self:
        self.page.goto(self.prefix + path)
        return self

    def go_back(self) -> None:
        self.page.go_back()

    @property
    def main(self) -> "Locator":
        return self.page.locator("#main")

    @property
    def heading(self) -> "Locator":
        return self.page.get_by_role("heading", level=1)

    @property
    def summary(self) -> "Locator":
        return self.page.get_by_test_id("error-summary")

    @property
    def announced(self) -> "Locator":
        return self.page.locator("#status")

    def see(self, test_id: str) -> "Locator":
        return self.page.get_by_test_id(test_id)

    @contextmanager
    def requests(self) -> "Iterator[list[Request]]":
        """What the browser asks for meanwhile."""
        sent: list[Request] = []

        def note(request: "Request") -> None:
            sent.append(request)

        self.page.on("request", note)
        yield sent
        self.page.remove_listener("request", note)

    def later(self, route: "Route", milliseconds: float) -> None:
        """Let a request go on when the network is slow."""
        self.page.wait_for_timeout(milliseconds)
        route.continue_()

    def hidden_fields(self, form: str) -> dict[str, str | float | bool]:
        """What a form sends besides what is typed, as a program reads it."""
        inputs = self.page.locator(f"{form} input[type=hidden]").all()
        return {one.get_attribute("name") or "": one.input_value() for one in inputs}

    # product and cart

    def put_in_cart(self, slug: str = "yunomi", quantity: int = 1, option: str = "") -> Self:
        answer = self.page.goto(f"{self.prefix}/products/{slug}")
        if answer is not None and answer.status == HTTPStatus.NOT_FOUND:
            raise LookupError(f"no product {slug!r}: docs/contract.md lists the demo shop's goods")
        if option:
            self.page.get_by_role("radio", name=option).check()
        self.page.get_by_role("textbox", name="数量").or_(
            self.page.get_by_role("textbox", name="Quantity")
        ).fill(str(quantity))
        self.see("add-to-cart").click()
        self.see("cart-total").or_(self.summary).wait_for()
        return self

    def cart_line(self, name: str) -> "Locator":
        return self.see("cart-line").filter(has_text=name)

    def quantity_of(self, name: str) -> "Locator":
        return self.cart_line(name).get_by_role("textbox")

    def change_quantity(self, name: str, quantity: int) -> None:
        """By leaving the field or, where no script listens, by the button beside it."""
        self.quantity_of(name).fill(str(quantity))
        if self.js:
            self.quantity_of(name).blur()
        else:
            self.cart_line(name).get_by_role("button", name="更新").click()

    def step_up(self, name: str) -> None:
        self.cart_line(name).get_by_role("button", name="数量を増やす").click()

    def step_down(self, name: str) -> None:
        self.cart_line(name).get_by_role("button", name="数量を減らす").click()

    def remove(self, name: str) -> None:
        self.cart_line(name).get_by_role("button", name="削除").click()

    def undo(self) -> None:
        self.page.get_by_role("button", name="元に戻す").click()

    def go_to_checkout(self) -> Self:
        self.see("go-to-checkout").click()
        return self

    # order input

    def field(self, name: str, group: str = "customer") -> "Locator":
        within = self.page.locator(f"#{group}")
        return within.get_by_label(LABELS[self.lang][name], exact=True)

    @property
    def sms_field(self) -> "Locator":
        return self.field("sms_tel", "payment")

    def have_text_sent_to(self, number: str) -> Self:
        """By the field that is folded where the phone itself is a mobile."""
        if not self.sms_field.is_visible():
            self.page.get_by_text("別の番号で受け取る").click()
        self.sms_field.fill(number)
        return self

    @property
    def other_number(self) -> "Locator":
        """The field of the banner, for a number that can be reached."""
        return self.see("ng-banner").get_by_role("textbox")

    def give_contact(self, tel: str = "") -> Self:
        self.field("name").fill(NAME)
        self.give_address(**ADDRESS)
        self.field("building").fill(BUILDING)
        self.field("tel").fill(tel or self.number)
        self.field("email").fill(self.email)
        return self

    def give_top_to_bottom(self, street: str) -> Self:
        """Without what the look-up of the postal code is expected to fill in."""
        self.field("name").fill(NAME)
        self.give_address(postal_code=POSTAL_CODE, street=street)
        self.field("tel").fill(self.number)
        self.field("email").fill(self.email)
        return self

    def give_address(self, group: str = "customer", **address: str) -> None:
        for name, value in address.items():
            if name == "prefecture":
                self.field(name, group).select_option(value)
            else:
                self.field(name, group).fill(value)

    def method(self, code: str) -> "Locator":
        return self.see(f"payment-{code}").get_by_role("radio")

    def choose(self, code: str) -> Self:
        """By a tap anywhere on its card."""
        self.see(f"payment-{code}").click()
        return self

    def deliver_elsewhere(self) -> Self:
        self.page.get_by_role("radio", name="別の住所に届ける").check()
        delivery = self.page.locator("#delivery")
        delivery.get_by_label("お届け先のお名前").fill("佐藤 花子")
        self.give_address("delivery", **ADDRESS)
        delivery.get_by_label("お届け先の電話番号").fill("03-1234-5678")
        return self

    def look_up_address(self) -> None:
        self.page.locator("#customer").get_by_role("button", name="住所を入力").click()

    def review(self) -> Self:
        self.see("review-order").click()
        return self

    def switch_to(self, code: str) -> Self:
        self.see(f"switch-to-{code}").click()
        return self

    def retry_with(self, number: str) -> Self:
        self.other_number.fill(number)
        self.see("retry-number").click()
        return self

    # confirmation

    def confirm(self) -> Self:
        self.see("confirm-submit").click()
        return self

    def change(self, section: str) -> Self:
        self.see(f"change-{section}").click()
        return self

    # code entry

    @property
    def code_field(self) -> "Locator":
        return self.page.get_by_label(LABELS[self.lang]["code"])

    def give_code(self, code: str) -> Self:
        self.code_field.fill(code)
        self.see("sms-submit").click()
        return self

    def give_right_code(self, number: str = "") -> Self:
        return self.give_code(self.sandbox.code(number or self.number))

    def give_wrong_code(self, number: str = "") -> Self:
        return self.give_code(self.sandbox.wrong_code(number or self.number))

    def resend(self) -> Self:
        self.see("sms-resend").click()
        return self

    def let_pass(self, seconds: int) -> Self:
        """Let time go on for this shopper alone: a code expires, a button opens."""
        self.sandbox.advance(seconds, tel=self.number)
        return self

    def ng_reason(self) -> str:
        """Why the check failed, as the banner says: `locked`, `refused`, `undelivered` …"""
        return self.see("ng-banner").get_attribute("data-reason") or ""

    # completion

    def order_number(self) -> str:
        """Of the order that was placed, on its completion or its own page."""
        return self.see("order-number").inner_text().strip()

    # the payment page, and the pages of whoever takes the money

    def open_payment_page(self) -> Self:
        """By the link of the text that comes after delivery."""
        self.page.goto(self.sandbox.link(self.number))
        return self

    def pay_there(self) -> Self:
        """On the page of whoever takes the money, which leads back by itself."""
        self.see("hosted-pay").click()
        return self

    def be_refused_there(self) -> Self:
        self.see("hosted-refuse").click()
        return self

    def leave_there(self) -> Self:
        """Come back without paying."""
        self.see("hosted-leave").click()
        return self

    def pay_and_stay_there(self) -> Self:
        """Pay, and never come back."""
        self.see("hosted-pay-and-stay").click()
        return self

    def take_number_there(self) -> Self:
        """Of a convenience store, to be paid later."""
        self.see("hosted-issue").click()
        return self

    def choose_means(self, code: str, store: str = "") -> Self:
        self.see(f"pay-means-{code}").click()
        if store:
            self.page.get_by_label("お支払いになる店舗").select_option(label=store)
        self.see("pay-submit").click()
        return self

    def number_to_pay_by(self) -> str:
        shown = self.see("pay-instructions").locator("b").first
        return shown.inner_text().strip()

    def pay_at_till(self, number: str) -> None:
        """In another tab, as it is another person's machine."""
        till = self.page.context.new_page()
        till.goto("/sandbox/store")
        till.get_by_role("textbox").fill(number)
        till.get_by_test_id("store-pay").click()
        till.get_by_test_id("store-paid").wait_for()
        till.close()

    # orders

    def find_order(self, number: str, email: str) -> None:
        self.main.get_by_label("ご注文番号").fill(number)
        self.main.get_by_label("メールアドレス").fill(email)
        self.main.get_by_role("button", name="注文状況を見る").click()

    # several screens at once

    def to_order_input(self, slug: str = "yunomi") -> Self:
        self.put_in_cart(slug).go_to_checkout()
        self.see("order-form").wait_for()
        return self

    def walk_to_confirmation(self, payment: str = SMARTPHONE, tel: str = "") -> Self:
        self.to_order_input().give_contact(tel).choose(payment).review()
        self.see("confirm-submit").wait_for()
        return self

    def to_confirmation(self, payment: str = SMARTPHONE, tel: str = "") -> Self:
        """The same by the forms alone, for tests of what comes after."""
        page = self._get("/products/yunomi")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token
        self._post("/cart/items", csrf_token=token[1], product="yunomi", quantity="1")
        self._get("/checkout")
        contact = {"name": NAME, **ADDRESS, "building": BUILDING}
        contact |= {"tel": tel or self.number, "email": self.email, "ship_to": "same"}
        chosen = {"delivery_time": "0000", "payment": payment}
        self._post("/checkout", csrf_token=token[1], **contact, **chosen)
        return self.open("/checkout/confirm")

    def _get(self, path: str) -> str:
        return self.page.request.get(self.prefix + path).text()

    def _post(self, path: str, **form: str | float | bool) -> None:
        self.page.request.post(self.prefix + path, form=form, max_redirects=0)

    def to_code_entry(self, tel: str = "") -> Self:
        return self.to_confirmation(tel=tel).to_code_entry_from_confirmation()

    def to_banner(self, tel: str) -> Self:
        """After a text that reaches nobody: the code's screen, and at its next loading this."""
        self.to_code_entry(tel).page.reload()
        self.see("ng-banner").wait_for()
        return self

    def to_code_entry_from_confirmation(self) -> Self:
        self.confirm()
        self.see("sms-code").wait_for()
        return self
