"""What a shopper types is shown as text, on every page and in every mail."""

import itertools
import time
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote, unquote, urlsplit

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser
from werkzeug.test import Client

from storefront.checkout.forms import fields
from storefront.core import japanese
from storefront.core.extensions import db
from storefront.orders.emails.sending import order_mail
from storefront.orders.models import Order
from storefront.providers.smtp import SmtpMail
from storefront.providers.yamato.protocol.encoding import LONGEST_NAME
from storefront.testing.form_shopper import ADDRESS
from storefront.testing.network import client_of
from tests.cookies import full_name
from tests.proofs import corpus
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop
from tests.proofs.watched import Watched, watching
from tests.unit.mail.test_smtp import Letterbox, listening

PAYLOADS = corpus.XSS.read_text(encoding="utf-8").splitlines()
TYPED = (*ADDRESS, "name_kana", "building", "sms_tel", "note", "payment")
SHIPPED = (
    *("ship_name", "ship_postal_code", "ship_prefecture", "ship_city", "ship_street"),
    *("ship_building", "ship_tel"),
)
ROOM = {
    "name": fields.NAME,
    "company": fields.COMPANY,
    "city": fields.CITY,
    "street": fields.LINE - 1,
    "building": fields.LINE,
}
DOOR = "1"  # a street needs a number
COOKIES = ("session", "cart", "checkout")
WITHIN = 20.0  # seconds until an order's mail is there


@pytest.fixture
def shop(lasting_shop: RunningShop) -> RunningShop:
    lasting_shop.reset()
    return lasting_shop


@pytest.fixture
def watched(browser: Browser, shop: RunningShop) -> Iterator[Watched]:
    with watching(browser, shop.url) as one:
        yield one


def test_a_refused_form_shows_what_was_typed_as_text(watched: Watched, figure: Report) -> None:
    """Every field holds another payload in each round, so that each stands in each once."""
    payloads = PAYLOADS[:: len(PAYLOADS) // times(6, len(PAYLOADS))]
    names = (*TYPED, *SHIPPED)

    for round_, payload in enumerate(payloads):
        prefix = ("", "/en")[round_ % 2]
        fill_cart(watched, prefix)
        turned = itertools.islice(itertools.cycle(payloads), round_, round_ + len(names))
        typed = dict(zip(names, turned, strict=True))
        watched.send(f"{prefix}/checkout", {**typed, "ship_to": "other"})
        assert watched.value("note").split() == fields.tidy_note(typed["note"]).split()
        check_email_alone(watched, payload)
        refuse_small_forms(watched, prefix, payload)

    assert watched.caught == []
    figure(
        f"{len(payloads)} XSS payloads in each of {len(names)} order fields, refused and shown "
        "again; in search, cart, product, look-up, addresses and cookies",
        f"{watched.opened} pages in Chromium: nothing ran, nothing was asked for or forbidden",
    )


def fill_cart(watched: Watched, prefix: str) -> None:
    watched.open(f"{prefix}/products/chasen")
    watched.send(f"{prefix}/cart/items", {"product": "chasen", "quantity": "1"})
    watched.open(f"{prefix}/checkout")


def check_email_alone(watched: Watched, payload: str) -> None:
    """The field's own check suggests an address made of what was typed."""
    email = watched.page.locator("#email")
    email.fill(f"{payload}@gmial.com")
    with watched.page.expect_response("**/checkout/validate/email"):
        email.dispatch_event("change")


def refuse_small_forms(watched: Watched, prefix: str, payload: str) -> None:
    watched.send(f"{prefix}/checkout/other-method", {"payment": payload, "sms_tel": payload})
    watched.send(f"{prefix}/cart/items/chasen", {"quantity": payload})
    goods = {"product": "indigo-tote", "variant_1": payload, "quantity": payload}
    watched.send(f"{prefix}/cart/items", goods)
    watched.open(f"{prefix}/orders/find")
    watched.send(f"{prefix}/orders/find", {"number": payload, "email": payload})
    written = quote(payload, safe="")
    for path in (f"search?q={written}", f"products/{written}", f"cart?{written}={written}"):
        watched.open(f"{prefix}/{path}")
    watched.open(f"{prefix}/checkout/address?postal_code={written}&city={written}&town={written}")
    for page in ("phone?to=", "mailbox?to=", "?done="):
        watched.open(f"/sandbox/{page}{written}")
    spoil_cookies(watched, payload)


def spoil_cookies(watched: Watched, payload: str) -> None:
    url = watched.page.url.split("/sandbox")[0]
    spoilt = quote(payload, safe="<>'=()/:.{}*")
    watched.page.context.add_cookies(
        [
            {"name": full_name(name, urlsplit(url).port or 80), "value": spoilt, "url": url}
            for name in COOKIES
        ]
    )
    watched.open("/cart")
    watched.page.context.clear_cookies()


def test_an_order_shows_what_was_typed_as_text(
    watched: Watched, shop: RunningShop, figure: Report
) -> None:
    """Each payload goes at least once into every field that has room for it."""
    fitting = {name: [one for one in PAYLOADS if fits(one, room)] for name, room in ROOM.items()}
    notes = ["\n".join(PAYLOADS[start : start + 6]) for start in range(0, len(PAYLOADS), 6)]
    notes = [note for note in notes if len(note) <= fields.NOTE]
    orders = times(2, max(map(len, fitting.values())))

    for nth in range(orders):
        if nth % 40 == 0:
            shop.reset()
        pick = partial(nth_of, nth)
        typed = {name: pick(some) for name, some in fitting.items()}
        typed["street"] += DOOR
        shipped = {f"ship_{name}": nth_of(nth + 7, some) for name, some in fitting.items()}
        shipped["ship_street"] += DOOR
        buy(watched, ("", "/en")[nth % 2], {**typed, **shipped, "note": pick(notes)}, nth)

    assert watched.caught == []
    sizes = ", ".join(f"{min(orders, len(some))} in {name}" for name, some in fitting.items())
    figure(
        "XSS payloads that a field has room for, ordered with: confirmation, code, completion, "
        "status, receipt, sandbox phone and mailbox, the mail itself",
        f"{sizes}, {min(orders, len(notes)) * 6} in the note; {watched.opened} pages in {orders} "
        "orders: nothing ran, nothing was asked for or forbidden",
    )


def fits(payload: str, room: int) -> bool:
    tidy = japanese.tidy(payload)
    is_link = any(part in tidy.casefold() for part in fields.LINKS)
    return len(tidy) <= room and not is_link and japanese.first_unprintable(tidy) is None


def nth_of(nth: int, some: Sequence[str]) -> str:
    return some[nth % len(some)]


def buy(watched: Watched, prefix: str, typed: dict[str, str], nth: int) -> None:
    fill_cart(watched, prefix)
    places = {f"ship_{name}": ADDRESS[name] for name in ("postal_code", "prefecture", "tel")}
    email = f"shopper{nth}@example.com"
    method = ("kuroneko_smartphone", "bank_transfer")[nth % 4 // 2]
    short = {"city": "千代田区", "building": ""} if method.startswith("kuroneko") else {}
    if short and len(typed["name"]) > LONGEST_NAME:
        short["name"] = ADDRESS["name"]
    form = {**ADDRESS, **places, **typed, "ship_to": "other", "email": email, "payment": method}
    watched.send(f"{prefix}/checkout", {**form, **short, "street": typed["street"][-20:]})
    assert watched.page.url.endswith("/checkout/confirm"), typed
    watched.send(
        f"{prefix}/checkout/confirm", {"confirmation_key": watched.value("confirmation_key")}
    )
    if watched.page.url.endswith("/checkout/sms"):
        watched.send(f"{prefix}/checkout/sms", {"code": typed["name"]})
        watched.send(f"{prefix}/checkout/sms", {"code": "1234"})
    assert "/orders/" in watched.page.url
    order = watched.page.url.rsplit("/", 1)[0]
    for page in (order, f"{order}/receipt", "/sandbox/phone?to=09000000000"):
        watched.open(page)
    mail = mail_to(watched, email)
    watched.open(f"/sandbox/mailbox?to={email}")
    watched.show(mail)


def mail_to(watched: Watched, email: str) -> str:
    """The HTML of the order's mail, once the worker has sent it."""
    end = time.monotonic() + WITHIN
    while time.monotonic() < end:
        answer = watched.page.request.get(f"/sandbox/mailbox.json?to={email}")
        if mails := answer.json():
            return str(mails[0]["html"])
        time.sleep(0.05)
    raise AssertionError(f"no mail to {email}")


class Careless(BaseHTTPRequestHandler):
    """A page that writes what it is given as it stands, in text and in attributes."""

    def do_GET(self) -> None:
        text = unquote(self.path.partition("?")[2])
        page = f'<!doctype html><p>{text}</p><input value="{text}"><input value={text!r}>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path.startswith("/guarded"):
            self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format: str, *_arguments: object) -> None:
        """Quietly."""


def test_the_same_payloads_are_caught_on_a_careless_page(browser: Browser, figure: Report) -> None:
    payloads = PAYLOADS[:: len(PAYLOADS) // times(6, len(PAYLOADS))]
    caught = {"open": 0, "guarded": 0}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Careless)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        for kind in caught:
            for payload in payloads:
                with watching(browser, f"http://127.0.0.1:{server.server_port}") as page:
                    page.page.goto(f"/{kind}?{quote(payload)}")
                    page.page.wait_for_timeout(30)
                    caught[kind] += bool(page.caught)
    finally:
        server.shutdown()
        server.server_close()

    assert min(caught.values()) > len(payloads) / 2
    figure(
        "the same watch on a page that writes payloads as they are, without and with a policy",
        f"of {len(payloads)} payloads {caught['open']} ran, {caught['guarded']} were forbidden",
    )


BREAKS = ("\r\n", "\n", "\r", "\u2028", "%0d%0a", "\x00\r\n", "\x85", "\x0b", "\r\n\r\n")


def test_no_text_becomes_a_header_of_a_mail(shop: RunningShop, figure: Report) -> None:
    placed = sum(order_with_breaks(client_of(shop.url), one) for one in ("", *BREAKS))
    box = Letterbox()
    with listening(box) as url, shop.database():
        sender = SmtpMail(url, "noreply@shop.example.jp")
        for order in db.session.scalars(sa.select(Order)):
            sender.send(order_mail(order))

    mails = [message_from_bytes(content, policy=policy.default) for *_, content in box.arrived]
    assert len(mails) == placed > len(BREAKS) / 2
    assert len({tuple(sorted(mail.keys())) for mail in mails}) == 1
    assert {to for _sender, [to], _content in box.arrived} == {"taro@example.com"}
    figure(
        f"line breaks of {len(BREAKS)} kinds with a Bcc behind them, in every field of an order",
        f"{placed} mails: each with the headers of the first and one recipient",
    )


def order_with_breaks(client: Client, line_break: str) -> bool:
    """An order, unless the form refuses the field."""
    evil = f"{line_break}Bcc: eve@example.com" * bool(line_break)
    token = token_in(client.get("/products/chasen").text)
    client.post("/cart/items", data={"csrf_token": token, "product": "chasen", "quantity": "1"})
    client.get("/checkout")
    names = ("name", "city", "street", "building", "note", "email", "tel")
    form = {**ADDRESS, "csrf_token": token, "payment": "bank_transfer", "building": "", "note": ""}
    for name in names:
        tried = {**form, name: form[name] + evil}
        if client.post("/checkout", data=tried).status_code == 303:
            form = tried
    key = client.get("/checkout/confirm").text.split('name="confirmation_key" value="')[1]
    order = {"csrf_token": token, "confirmation_key": key.split('"')[0]}
    return "/orders/" in client.post("/checkout/confirm", data=order).headers["Location"]


def token_in(page: str) -> str:
    return page.split('name="csrf_token" value="')[1].split('"')[0]
