"""Walks the contract: addresses, answers, test ids, and that every page is sound HTML."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront import create_app
from storefront.extensions import db
from tests.conftest import OwnContextClient, close, settings
from tests.shopper import ADDRESS, Shopper, field_value

pytestmark = pytest.mark.web

VOID = {"base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "span", "button", "label", "legend", "dt", "summary"}
BLOCK = {"article", "aside", "details", "div", "dl", "fieldset", "figure", "footer", "form"}
BLOCK |= {"h1", "h2", "h3", "h4", "header", "hr", "main", "nav", "ol", "p", "pre", "section"}
BLOCK |= {"table", "ul"}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "select": {"option", "optgroup"},
    "table": {"thead", "tbody", "caption"},
    "tr": {"th", "td"},
}
NEVER_INSIDE_ITSELF = {"form", "a", "button", "label", "main"}
POINTS_TO_IDS = ("for", "aria-describedby", "aria-labelledby", "aria-controls")


@dataclass
class Element:
    """One element of a page, with what it holds."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def elements(self) -> "list[Element]":
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        """Everything that is read, with single spaces."""
        parts = [one if isinstance(one, str) else one.text for one in self.children]
        return " ".join("".join(parts).split())

    def all(self, *tags: str, **attributes: str) -> "list[Element]":
        """Descendants of these tags (any, if none) with these attributes, in source order."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self._walk()
            if (not tags or one.tag in tags)
            and all(one.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, *tags: str, **attributes: str) -> "Element":
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}"
        return found[0]

    def by_testid(self, testid: str) -> "Element":
        return self.one(data_testid=testid)

    def has(self, testid: str) -> bool:
        return bool(self.all(data_testid=testid))

    def ancestors(self) -> "Iterator[Element]":
        if self.parent is not None:
            yield self.parent
            yield from self.parent.ancestors()

    def _walk(self) -> "Iterator[Element]":
        for child in self.elements:
            yield child
            yield from child._walk()


class Reader(HTMLParser):
    """Reads strictly: what a browser would mend is a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.open = Element("#page")
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        doubled = [name for name, count in Counter(name for name, _ in attrs).items() if count > 1]
        self.faults += [f"<{tag}> says {name} twice" for name in doubled]
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.faults += _misplaced(element)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_endtag(self, tag: str) -> None:
        if tag != self.open.tag:
            self.faults.append(f"</{tag}> ends <{self.open.tag}>")
        self.open = self.open.parent or self.root

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def _misplaced(element: Element) -> list[str]:
    parent = element.parent or element
    around = [one.tag for one in element.ancestors()]
    faults = []
    if parent.tag in CHILDREN and element.tag not in CHILDREN[parent.tag]:
        faults.append(f"<{element.tag}> straight in <{parent.tag}>")
    if element.tag in NEVER_INSIDE_ITSELF and element.tag in around:
        faults.append(f"<{element.tag}> inside another")
    inside = next((one for one in around if one in PHRASING_ONLY), None)
    heading_in_summary = inside in {"summary", "legend"} and re.match("h[1-4]", element.tag)
    if inside and element.tag in BLOCK and not heading_in_summary:
        faults.append(f"<{element.tag}> inside <{inside}>")
    return faults


def read(html: str) -> tuple[Element, list[str]]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    if reader.open is not reader.root:
        reader.faults.append(f"<{reader.open.tag}> is never closed")
    return reader.root, reader.faults


def parsed(html: str) -> Element:
    return read(html)[0]


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

    def __init__(self, client: FlaskClient, prefix: str) -> None:
        self.shopper = Shopper(client, prefix)
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
        self.shopper.post("/checkout/other-method", {"payment": "cod"})
        self.get("/checkout/confirm", "by cod")
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
            for path in SANDBOX:
                self.get(path)
        return self.screens


def walk(app: Flask) -> list[Screen]:
    """Every screen in both languages; the order matters, so one test asks for one thing only."""
    app.test_client_class = OwnContextClient
    return [screen for prefix in ("", "/en") for screen in Walk(app.test_client(), prefix).go()]


def shared_shop(seeded: Path, folder: Path) -> Iterator[Flask]:
    """One demo shop for all tests of a module that leave its goods and its clock alone."""
    shutil.copytree(seeded, folder / "instance")
    app = create_app(settings(folder / "instance"))
    with app.app_context():
        yield app
        db.session.remove()
    close(app)


@pytest.fixture(scope="module")
def app(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from shared_shop(seeded, tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="module")
def screens(app: Flask) -> list[Screen]:
    return walk(app)


def faults_of(screens: list[Screen], check: Callable[[Element], list[str]]) -> list[str]:
    return [f"{screen}: {fault}" for screen in screens for fault in check(screen.page)]


# Pages


def test_every_page_is_well_formed(screens: list[Screen]) -> None:
    faults = [f"{screen}: {fault}" for screen in screens for fault in read(screen.html)[1]]

    assert faults == []


def test_every_page_begins_with_its_document_type(screens: list[Screen]) -> None:
    faults = [str(screen) for screen in screens if not screen.html.startswith("<!doctype html>")]

    assert faults == []


def test_every_page_has_one_heading_of_the_first_rank(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        headings = [one.text for one in page.all("h1")]
        return [] if len(headings) == 1 and headings[0] else [str(headings)]

    assert faults_of(screens, check) == []


def test_no_heading_skips_a_rank(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        ranks = [int(one.tag[1]) for one in page.one("main").all("h1", "h2", "h3", "h4")]
        after_title = ranks[ranks.index(1) :]
        return [f"h{low} before h{high}" for low, high in pairwise(after_title) if high > low + 1]

    assert faults_of(screens, check) == []


def test_no_page_says_an_id_twice(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        ids = Counter(one["id"] for one in page.all() if "id" in one)
        return [name for name, count in ids.items() if count > 1]

    assert faults_of(screens, check) == []


def test_every_page_names_its_language(screens: list[Screen]) -> None:
    faults = [
        str(screen)
        for screen in screens
        if screen.page.one("html")["lang"] != (screen.prefix.removeprefix("/") or "ja")
    ]

    assert faults == []


def test_every_title_names_the_screen_and_the_shop(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        title = page.one("title").text
        return [] if re.fullmatch(r".+ \| (さくら商店|Sakura Shoten)", title) else [title]

    assert faults_of(screens, check) == []


def test_the_title_of_a_refusal_begins_with_the_error(screens: list[Screen]) -> None:
    refusals = [screen for screen in screens if screen.status == 422]

    faults = [str(one) for one in refusals if not re.match("(エラー|Error)", _title(one))]

    assert refusals
    assert faults == []


def _title(screen: Screen) -> str:
    return screen.page.one("title").text


def test_every_page_has_one_main_that_takes_the_focus(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        main = page.one("main")
        return [] if (main.get("id"), main.get("tabindex")) == ("main", "-1") else ["main"]

    assert faults_of(screens, check) == []


def test_every_input_has_a_name_that_is_read_out(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        labels = {one["for"] for one in page.all("label") if "for" in one and one.text}
        return [
            one.get("name")
            for one in page.all("input", "select", "textarea")
            if one.get("type") != "hidden"
            and one.get("id") not in labels
            and not one.get("aria-label")
            and not any(around.tag == "label" and around.text for around in one.ancestors())
        ]

    assert faults_of(screens, check) == []


def test_what_an_attribute_points_to_is_on_the_page(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        ids = {one["id"] for one in page.all() if "id" in one}
        pointed = {
            name for one in page.all() for which in POINTS_TO_IDS for name in one.get(which).split()
        }
        return sorted(pointed - ids)

    assert faults_of(screens, check) == []


def test_a_link_inside_the_page_leads_to_something(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        ids = {one["id"] for one in page.all() if "id" in one}
        return [
            one["href"]
            for one in page.all("a")
            if one.get("href").startswith("#") and one["href"][1:] not in ids
        ]

    assert faults_of(screens, check) == []


def test_every_link_and_button_says_what_it_does(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            str(one.attributes)
            for one in page.all("a", "button")
            if not one.text
            and not one.get("aria-label")
            and one.get("aria-hidden") != "true"
            and not any(picture.get("alt") for picture in one.all("img"))
        ]

    assert faults_of(screens, check) == []


def test_every_picture_has_its_size_and_its_words(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            one["src"]
            for one in page.all("img")
            if not {"alt", "width", "height"} <= set(one.attributes)
        ]

    assert faults_of(screens, check) == []


# Forms


def test_every_form_has_a_site_absolute_action_and_a_method(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            str(form.attributes)
            for form in page.all("form")
            if not re.match("/[^/]|/$", form.get("action")) or form.get("method") not in METHODS
        ]

    assert faults_of(screens, check) == []


METHODS = {"get", "post"}


def test_every_form_that_posts_holds_a_token(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            form["action"]
            for form in page.all("form", method="post")
            if not form.one("input", type_="hidden", name="csrf_token")["value"]
        ]

    assert faults_of(screens, check) == []


def test_a_search_puts_no_token_into_an_address(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        forms = page.all("form", method="get")
        return [form["action"] for form in forms if form.all(name="csrf_token")]

    assert faults_of(screens, check) == []


def test_every_button_stands_in_its_form(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            button.text
            for button in page.all("button")
            if "form" in button or not any(one.tag == "form" for one in button.ancestors())
        ]

    assert faults_of(screens, check) == []


# action without prefix and sku, to the words of the first button
FIRST_BUTTONS = {
    "/search": {"探す"},
    "/cart/items": {"カートに入れる"},
    "/cart/items/<sku>": {"更新", "削除", "元に戻す"},
    "/checkout": {"内容を確認する"},
    "/checkout/confirm": {"SMS認証へ進む", "注文を確定する"},
    "/checkout/sms": {"認証して注文を確定する"},
    "/checkout/sms/resend": {"認証番号をもう一度送る"},
    "/checkout/other-method": {
        "で続ける",
        "この番号でもう一度SMSを受け取る",
        "別のお支払い方法を選ぶ",
    },
    "/orders/find": {"注文状況を見る"},
    "/sandbox/": {"1分", "初期状態に戻す"},
}


def test_the_first_button_of_every_form_does_the_main_thing(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            f"{form['action']}: {_first_button(form).text}"
            for form in page.all("form")
            if not any(words in _first_button(form).text for words in _expected(form))
        ]

    assert faults_of([one for one in screens if not one.prefix], check) == []


def _first_button(form: Element) -> Element:
    kinds = ("submit", "")
    return next(one for one in form.all("button") if one.get("type") in kinds)


def _expected(form: Element) -> set[str]:
    action = re.sub("(?<=/cart/items/).+", "<sku>", form["action"])
    return FIRST_BUTTONS.get(action, set())


@pytest.mark.parametrize("action", sorted(FIRST_BUTTONS))
def test_every_form_of_the_contract_is_on_a_page(screens: list[Screen], action: str) -> None:
    actions = {
        re.sub("(?<=/cart/items/).+", "<sku>", form["action"])
        for screen in screens
        for form in screen.page.all("form")
    }

    assert action in actions


def test_a_refusal_has_one_summary_and_a_good_page_none(screens: list[Screen]) -> None:
    faults = [
        str(screen)
        for screen in screens
        if len(screen.page.all(data_testid="error-summary")) != (screen.status == 422)
    ]

    assert faults == []


def test_a_screen_asks_for_the_focus_at_most_once(screens: list[Screen]) -> None:
    faults = [
        str(screen)
        for screen in screens
        if len(screen.page.all(data_focus="")) > 1 or len(screen.page.all(autofocus="")) > 1
    ]

    assert faults == []


def test_money_with_a_test_id_tells_its_yen(screens: list[Screen]) -> None:
    ids = ("cart-total", "order-total", "confirm-total")

    def check(page: Element) -> list[str]:
        found = [one for testid in ids for one in page.all(data_testid=testid)]
        return [one["data-testid"] for one in found if not one.get("data-yen").isdigit()]

    assert faults_of(screens, check) == []


# Test ids, by the name of a screen that must hold them

TEST_IDS = {
    "/": ("language", "product-card", "cart-count", "sandbox-banner"),
    "/categories/tea": ("product-card",),
    "/search": ("product-card",),
    "/products/yunomi": ("add-to-cart", "stock"),
    "/cart with goods": ("cart-count", "cart-line", "cart-total", "go-to-checkout"),
    "/checkout new": (
        "order-form",
        "payment-kuroneko_smartphone",
        "payment-cod",
        "payment-bank_transfer",
        "order-total",
        "review-order",
    ),
    "/checkout?switch=1": ("switch-to-cod", "switch-to-bank_transfer"),
    "/checkout ng locked": ("ng-banner", "switch-to-cod", "switch-to-bank_transfer"),
    "/checkout ng refused": ("ng-banner", "retry-number"),
    "/checkout/confirm": (
        "confirm-items",
        "confirm-total",
        "confirm-submit",
        "change-items",
        "change-customer",
        "change-delivery",
        "change-payment",
    ),
    "/checkout/sms": (
        "sms-form",
        "sms-code",
        "sms-submit",
        "sms-phone",
        "sms-expires",
        "sms-resend",
        "sms-other-method",
    ),
    "/checkout/sms expired": ("sms-form", "switch-to-cod", "sms-resend", "sms-other-method"),
    "complete": ("order-number", "order-status-link"),
    "status": ("order-number", "order-status", "payment-state"),
    "/sandbox/phone": ("phone-message", "sandbox-banner"),
}


@pytest.mark.parametrize(
    ("name", "testid"),
    [(name, testid) for name, ids in TEST_IDS.items() for testid in ids],
)
def test_a_screen_holds_its_test_ids(screens: list[Screen], name: str, testid: str) -> None:
    found = [screen for screen in screens if screen.name == name]

    assert found
    assert all(screen.page.has(testid) for screen in found)


def test_every_page_has_the_live_region(screens: list[Screen]) -> None:
    faults = [str(screen) for screen in screens if screen.page.one(id="status").text]

    assert faults == []


@pytest.mark.parametrize("name", ["/checkout/confirm", "/checkout/confirm by cod", "/checkout/sms"])
@pytest.mark.parametrize("item", ["quantity", "price", "payment", "delivery", "cancel"])
def test_the_legal_items_stand_where_the_order_is_agreed(
    screens: list[Screen], name: str, item: str
) -> None:
    found = [screen for screen in screens if screen.name == name]

    assert [bool(screen.page.one(data_law=item).text) for screen in found] == [True, True]


@pytest.mark.parametrize(
    ("name", "step", "state"),
    [
        ("/checkout new", "input", ""),
        ("/checkout/confirm", "confirm", "idle"),
        ("/checkout/sms", "sms", "idle"),
        ("POST /checkout/sms wrong", "sms", "wrong"),
        ("/checkout/sms expired", "sms", "expired"),
        ("complete", "complete", ""),
    ],
)
def test_main_names_the_step_and_its_state(
    screens: list[Screen], name: str, step: str, state: str
) -> None:
    mains = [screen.page.one("main") for screen in screens if screen.name == name]

    assert [(main["data-step"], main.get("data-state")) for main in mains] == [(step, state)] * 2


@pytest.mark.parametrize(
    ("name", "reason"), [("/checkout ng locked", "locked"), ("/checkout ng refused", "refused")]
)
def test_the_banner_names_its_reason(screens: list[Screen], name: str, reason: str) -> None:
    banners = [one.page.by_testid("ng-banner") for one in screens if one.name == name]

    assert [banner["data-reason"] for banner in banners] == [reason] * 2


def test_the_method_that_failed_cannot_be_chosen_again(screens: list[Screen]) -> None:
    page = next(screen.page for screen in screens if screen.name == "/checkout ng locked")

    card = page.by_testid("payment-kuroneko_smartphone")

    assert card["data-unavailable"] == "failed"
    assert "disabled" in card.one("input")


# Addresses


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", [*CATALOGUE, *PLAIN[:-1], "/cart"])
def test_a_page_of_the_contract_answers(client: FlaskClient, prefix: str, path: str) -> None:
    assert client.get(prefix + path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/categories/nowhere",
        "/products/nowhere",
        "/orders/nowhere",
        "/orders/nowhere/complete",
        "/pay/nowhere",
        "/admin/",
        "/design/",
        "/webhooks/kuroneko/judgement",
        "/sandbox/nowhere",
    ],
)
def test_what_is_not_there_or_not_there_yet_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/checkout",
        "/checkout/confirm",
        "/checkout/sms",
        "/checkout/sms/status",
        "/checkout/confirm/status",
        "/checkout/address?postal_code=1000005",
    ],
)
def test_a_step_without_a_cart_leads_to_the_cart(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.location) == (303, "/cart")


@pytest.mark.parametrize(
    "path",
    [
        "/checkout",
        "/checkout/confirm",
        "/checkout/sms",
        "/checkout/sms/resend",
        "/checkout/other-method",
        "/checkout/address",
    ],
)
def test_a_post_without_a_cart_leads_to_the_cart(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data={"csrf_token": "old"})

    assert (answer.status_code, answer.location) == (303, "/cart")


@pytest.mark.parametrize("path", ["/checkout/confirm", "/checkout/sms"])
def test_a_step_that_cannot_be_open_leads_to_the_first_unanswered(
    shopper: Shopper, path: str
) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.get(path)

    assert (answer.status_code, answer.location) == (303, "/checkout")


@pytest.mark.parametrize(
    "path",
    [
        "/checkout",
        "/checkout/confirm",
        "/checkout/sms",
        "/checkout/sms/resend",
        "/checkout/other-method",
        "/checkout/address",
    ],
)
def test_an_old_token_is_a_refusal_with_a_fresh_one(shopper: Shopper, path: str) -> None:
    shopper.to_sms()

    answer = shopper.client.post(path, data={"csrf_token": "old"})

    assert answer.status_code == 422
    assert field_value(answer.text, "csrf_token") != "old"


def test_an_old_token_at_the_look_up_is_a_refusal(client: FlaskClient) -> None:
    answer = client.post("/orders/find", data={"number": "AAAA-AAAA", "email": "a@example.com"})

    assert answer.status_code == 422
    assert 'value="AAAA-AAAA"' in answer.text


def test_the_order_form_leads_to_the_confirmation(shopper: Shopper) -> None:
    shopper.put_in().answer()

    assert (shopper.last.status_code, shopper.last.location) == (303, "/checkout/confirm")


def test_a_sent_code_leads_to_code_entry(shopper: Shopper) -> None:
    shopper.to_sms()

    assert (shopper.last.status_code, shopper.last.location) == (303, "/checkout/sms")


def test_the_right_code_leads_to_the_completion(shopper: Shopper) -> None:
    answer = shopper.to_sms().guess("1234")

    assert answer.status_code == 303
    assert re.fullmatch(r"/orders/[\w-]{43}/complete", answer.location)


def test_the_last_wrong_code_leads_to_the_order_form(shopper: Shopper) -> None:
    shopper.to_sms("090-0000-0006")

    answer = shopper.guess("9999")

    assert (answer.status_code, answer.location) == (303, "/checkout")


def test_another_method_leads_to_the_confirmation(shopper: Shopper) -> None:
    answer = shopper.to_sms().post("/checkout/other-method", {"payment": "cod"})

    assert (answer.status_code, answer.location) == (303, "/checkout/confirm")


def test_no_method_leads_to_the_list_of_methods(shopper: Shopper) -> None:
    answer = shopper.to_sms().post("/checkout/other-method")

    assert (answer.status_code, answer.location) == (303, "/checkout?switch=1")


@pytest.mark.parametrize("path", ["/checkout/sms/status", "/checkout/confirm/status"])
def test_a_poll_with_nothing_new_is_empty(shopper: Shopper, path: str) -> None:
    answer = shopper.to_sms().get(path)

    assert (answer.status_code, answer.text) == (204, "")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/checkout/address?postal_code=1000005"),
        ("POST", "/checkout/quote"),
        ("POST", "/checkout/validate/email"),
    ],
)
def test_a_small_partial_is_a_piece_of_a_page(shopper: Shopper, method: str, path: str) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.client.open(path, method=method, data={"email": "a@gmial.com"})

    assert answer.status_code == 200
    assert "<html" not in answer.text


def test_the_button_for_the_address_leads_back_to_the_form(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post("/checkout/address", {"postal_code": "100-0005"})

    assert (answer.status_code, answer.location) == (303, "/checkout")


@pytest.mark.parametrize("path", ["/checkout", "/checkout/confirm", "/checkout/sms"])
def test_after_the_order_every_checkout_address_leads_to_its_completion(
    shopper: Shopper, path: str
) -> None:
    placed = shopper.to_sms().guess("1234")

    answer = shopper.get(path)

    assert (answer.status_code, answer.location) == (303, placed.location)


@pytest.mark.parametrize("name", ["/", "/products/yunomi", "/cart", "/checkout", "/nowhere"])
def test_htmx_gets_the_same_main_as_the_page(shopper: Shopper, name: str) -> None:
    shopper.put_in().get("/cart")
    shopper.get("/checkout")

    page = shopper.get(name).text
    part = shopper.get(name, **{"HX-Request": "true"}).text

    assert _main(part) == _main(page)
    assert "<html" not in part


def _main(html: str) -> str:
    found = re.search(r"<main.*</main>", html, re.DOTALL)
    assert found
    return re.sub('name="csrf_token" value="[^"]*"', "", found[0])
