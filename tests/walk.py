"""A shopper who looks at every screen there is, in both languages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from storefront import create_app
from storefront.core.extensions import db
from storefront.gallery.own_shop import hurry
from storefront.testing.form_shopper import ADDRESS, FormShopper, field_value
from tests.app_pool import close, copy_data, keep_templates, own_folder, settings
from tests.conftest import OwnContextClient
from tests.markup import Element, parsed


@dataclass(frozen=True)
class Screen:
    """One answer with a page, and how the shopper came to it."""

    name: str
    prefix: str
    status: int
    html: str

    @cached_property
    def page(self) -> Element:
        return parsed(self.html)

    def __str__(self) -> str:
        return f"{self.prefix or '/ja'} {self.name}"


CATALOGUE = (
    "/",
    "/categories/tea",
    "/search",
    "/search?q=せんちゃ",
    "/search?q=zzz",
    "/products/yunomi",
    "/products/uji-sencha",
    "/products/indigo-tote",
    "/products/furoshiki",
    "/products/kyusu",
    "/products/matcha-bowl",
)
PLAIN = (
    "/legal/tokushoho",
    "/legal/privacy",
    "/legal/terms",
    "/legal/returns",
    "/help",
    "/orders/find",
    "/nowhere",
)
SANDBOX = ("/sandbox/", "/sandbox/phone", "/sandbox/mailbox")


class Walk:
    """A shopper who looks at every screen there is, in one language."""

    other_method = "cod"  # which the order is placed by, once the first has failed
    sandbox: tuple[str, ...] = SANDBOX

    def __init__(self, shopper: FormShopper) -> None:
        self.shopper = shopper
        self.screens: list[Screen] = []

    def see(self, name: str, answer: TestResponse, status: int = 200) -> None:
        assert answer.status_code == status, f"{name}: {answer.status_code} {answer.text[:2000]}"
        self.screens.append(Screen(name, self.shopper.prefix, status, answer.text))

    def get(self, path: str, note: str = "") -> None:
        status = 404 if path == "/nowhere" else 200
        self.see(f"{path} {note}".strip(), self.shopper.get(path), status)

    def refused(self, path: str, data: dict[str, str], note: str = "") -> None:
        self.see(f"POST {path} {note}".strip(), self.shopper.post(path, data), 422)

    def look_around(self) -> None:
        for path in (*CATALOGUE, *PLAIN):
            self.get(path)
        self.refused("/orders/find", {"number": "", "email": ""}, "empty")
        self.refused("/orders/find", {"number": "AAAA-AAAA", "email": "x@example.com"})

    def fill_the_cart(self) -> None:
        self.get("/cart", "empty")
        self.refused("/cart/items", {"product": "indigo-tote"}, "no size")
        self.refused("/cart/items", {"product": "furoshiki", "quantity": "0"}, "two faults")
        self.refused("/cart/items", {"product": "yunomi", "csrf_token": "old"}, "old token")
        self.shopper.put_in("indigo-tote", variant_1="M").put_in("uji-sencha")
        self.get("/cart", "after adding")
        self.refused("/cart/items/uji-sencha", {"quantity": "x"})
        self.shopper.post("/cart/items/uji-sencha", {"quantity": "0"})
        self.get("/cart", "after removing")
        self.get("/cart", "with goods")

    def answer(self) -> None:
        self.get("/checkout", "new")
        self.refused("/checkout", {}, "empty")
        self.refused("/checkout", {**ADDRESS, "csrf_token": "old"}, "old token")
        self.shopper.answer(tel="090-0000-0001", ship_to="same")
        self.get("/checkout", "answered")
        self.get("/checkout?edit=delivery")
        self.get("/checkout?switch=1")

    def prove(self) -> None:
        self.get("/checkout/confirm")
        self.refused("/checkout/confirm", {"confirmation_key": "old"})
        self.shopper.press_confirm()
        self.get("/checkout/sms")
        self.refused("/checkout/sms", {"code": "12"}, "malformed")
        self.refused("/checkout/sms", {"code": "9999"}, "wrong")
        self.refused("/checkout/sms/resend", {}, "too early")
        self.get("/checkout/confirm", "with a code on its way")
        self.shopper.guess("9998")
        self.shopper.guess("9997")
        self.get("/checkout", "ng locked")

    def place(self) -> None:
        self.shopper.post("/checkout/other-method", {"payment": self.other_method})
        self.get("/checkout/confirm", "by another method")
        key = field_value(self.shopper.last.text, "confirmation_key")
        placed = self.shopper.press_confirm(key)
        complete = placed.location.removeprefix(self.shopper.prefix)
        status = complete.removesuffix("/complete")
        for path, name in ((complete, "complete"), (status, "status")):
            self.see(name, self.shopper.get(path))

    def fail(self) -> None:
        self.shopper.to_sms("090-0000-0002")
        self.get("/checkout/sms", "expired")
        self.shopper.answer(tel="090-0000-0004")
        self.shopper.press_confirm()
        self.get("/checkout", "ng refused")
        number = {"payment": "kuroneko_smartphone", "sms_tel": "090-0000-0004"}
        self.refused("/checkout/other-method", number, "the same number")

    def go(self) -> list[Screen]:
        for stage in (self.look_around, self.fill_the_cart, self.answer):
            stage()
        for stage in (self.prove, self.place, self.fail):
            stage()
        if not self.shopper.prefix:
            for path in self.sandbox:
                self.get(path)
        return self.screens


def walk(app: Flask) -> list[Screen]:
    """Every screen in both languages; the order matters, so one test asks for one thing only."""
    app.test_client_class = OwnContextClient
    shoppers = [FormShopper(app.test_client(), prefix) for prefix in ("", "/en")]
    return [screen for shopper in shoppers for screen in Walk(shopper).go()]


def shared_shop(seeded: Path, folder: Path, **changes: object) -> Iterator[Flask]:
    """One demo shop for all tests of a module that leave its goods and its clock alone."""
    instance = own_folder(seeded, folder / "instance")
    copy_data(seeded, instance)
    app = create_app(settings(instance, **changes))
    hurry(app)
    keep_templates(seeded, app)
    with app.app_context():
        yield app
        db.session.remove()
    close(app)


def faults_of(screens: list[Screen], check: Callable[[Element], list[str]]) -> list[str]:
    return [f"{screen}: {fault}" for screen in screens for fault in check(screen.page)]
