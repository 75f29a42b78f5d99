"""The English catalogue: complete, up to date, and all that an English page shows."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import sqlalchemy as sa
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront.core.extensions import db
from storefront.design import english
from storefront.orders.emails.sending import order_mail
from storefront.orders.models import Order
from storefront.shipping.prefectures import PREFECTURES
from storefront.testing.form_shopper import ADDRESS, FormShopper

STOREFRONT = Path(__file__).parents[2] / "storefront"
ENGLISH = STOREFRONT / "translations/en/LC_MESSAGES/messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
IN_AN_ATTRIBUTE = re.compile(r"""="\{\{ _\("([^"]+)"\) \}\}""")
JAPANESE = re.compile(r"[\u3001-\u3011\u301c\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
POSTAL_MARK = "〒"  # stands before the code of a Japanese address in any language
ALLOWED = (*ADDRESS.values(), *dict(PREFECTURES), "番地なし", POSTAL_MARK)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def test_every_text_has_its_english(catalogue: Catalog) -> None:
    empty = [
        message.id for message in messages(catalogue) if not all(english.texts(message.string))
    ]

    assert empty == []


def test_placeholders_are_those_of_the_japanese(catalogue: Catalog) -> None:
    def placeholders(text: str) -> Counter[str]:
        return Counter(PLACEHOLDER.findall(text))

    different = [
        text
        for message in messages(catalogue)
        for text in english.texts(message.string)
        if placeholders(text) != placeholders(english.texts(message.id)[0])
    ]

    assert different == []


def test_no_english_waits_to_be_looked_at(catalogue: Catalog) -> None:
    """The sentence was changed since: `make words` lists it with the English that it keeps."""
    waiting = {message.id: message.string for message in english.to_look_at(catalogue)}

    assert waiting == {}, f"{len(waiting)} to be looked at"
    assert list(catalogue.obsolete) == []


def test_the_catalogue_holds_what_the_shop_says_today(catalogue: Catalog) -> None:
    said = {one.texts for one in english.uses(STOREFRONT)}

    assert {english.texts(message.id) for message in messages(catalogue)} == said


def test_the_compiled_catalogue_is_the_written_one(catalogue: Catalog) -> None:
    with ENGLISH.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)

    assert {
        english.texts(message.id): english.texts(message.string) for message in messages(compiled)
    } == {
        english.texts(message.id): english.texts(message.string) for message in messages(catalogue)
    }


def test_english_needs_no_escaping_where_it_stands(catalogue: Catalog) -> None:
    """Templates take translated text for safe."""
    said = {message.id: str(message.string) for message in messages(catalogue)}
    in_attributes = {
        text
        for template in (STOREFRONT / "templates").rglob("*.html")
        for text in IN_AN_ATTRIBUTE.findall(template.read_text(encoding="utf-8"))
    }

    assert [text for text in said.values() if re.search("[<>&]", text)] == []
    assert [said[text] for text in in_attributes if '"' in said[text]] == []


class Words(HTMLParser):
    """What a page says: its text, and attributes that are read; not what it says is Japanese."""

    READ = frozenset({"alt", "aria-label", "content", "placeholder", "title"})
    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.japanese_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID and (self.japanese_depth or dict(attrs).get("lang") == "ja"):
            self.japanese_depth += 1
        self.said += [
            value
            for name, value in attrs
            if value and (name in self.READ or name.startswith("data-"))
        ]

    def handle_endtag(self, tag: str) -> None:
        self.japanese_depth -= self.japanese_depth > 0

    def handle_data(self, data: str) -> None:
        if not self.japanese_depth:
            self.said.append(data)


def japanese_in(page: str) -> list[str]:
    words = Words()
    words.feed(page)
    return [text.strip() for text in words.said if JAPANESE.search(without_allowed(text))]


def without_allowed(text: str) -> str:
    for one in ALLOWED:
        text = text.replace(one, "") if JAPANESE.search(one) else text
    return text


@pytest.fixture
def shopper(client: FlaskClient) -> FormShopper:
    return FormShopper(client, prefix="/en")


def japanese_of(*answers: TestResponse) -> list[str]:
    """The Japanese in some pages, once each of them is really the shop's page."""
    assert all(answer.status_code in {200, 404, 422} for answer in answers)
    return [words for answer in answers for words in japanese_in(answer.text)]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search",
        "/search?q=zzz",
        "/categories/tea",
        "/products/yunomi",
        "/products/furoshiki",
        "/products/kyusu",
        "/cart",
        "/orders/find",
        "/help",
        "/legal/tokushoho",
        "/legal/privacy",
        "/legal/terms",
        "/legal/returns",
        "/nothing-here",
    ],
)
def test_an_english_page_says_nothing_in_japanese(shopper: FormShopper, path: str) -> None:
    assert japanese_of(shopper.get(path)) == []


def test_the_english_cart_says_nothing_in_japanese(shopper: FormShopper) -> None:
    shopper.put_in("uji-sencha").put_in()
    pages = [shopper.get("/cart"), shopper.post("/cart/items/yunomi", {"quantity": "500"})]
    for quantity in ("2", "0"):
        shopper.post("/cart/items/yunomi", {"quantity": quantity})
        pages.append(shopper.get("/cart"))
    pages.append(shopper.post("/cart/items", {"product": "furoshiki"}))

    assert japanese_of(*pages) == []


def test_the_english_order_form_says_nothing_in_japanese(shopper: FormShopper) -> None:
    shopper.put_in()
    wrong = {"name": "🌸", "postal_code": "1", "tel": "1", "email": "taro", "street": "Marunouchi"}
    pages = [
        shopper.get("/checkout"),
        shopper.post("/checkout"),
        shopper.post("/checkout", {**ADDRESS, **wrong, "sms_tel": "1", "name_kana": "Taro"}),
        shopper.post("/checkout/quote", {"payment": "cod"}),
        shopper.post("/checkout/validate/email", {"email": "taro@gmial.com"}),
        shopper.get("/checkout/address?postal_code=1000005"),
    ]

    assert japanese_of(*pages) == []


def test_english_confirmation_and_code_entry_say_nothing_in_japanese(shopper: FormShopper) -> None:
    shopper.put_in().answer()
    pages = [shopper.get("/checkout/confirm"), shopper.press_confirm("old")]
    shopper.press_confirm()
    pages += [
        shopper.get("/checkout/sms"),
        shopper.guess(""),
        shopper.guess("9999"),
        shopper.post("/checkout/sms/resend"),
        shopper.get("/checkout?switch=1"),
    ]

    assert japanese_of(*pages) == []


@pytest.mark.parametrize("phone", ["090-0000-0002", "090-0000-0004", "090-0000-0006"])
def test_an_english_failure_says_nothing_in_japanese(shopper: FormShopper, phone: str) -> None:
    """Expired, refused, and locked at the first wrong code."""
    answer = shopper.to_sms(phone).guess("9999")

    page = answer if answer.status_code == 422 else shopper.get("/checkout")

    assert japanese_of(page) == []


@pytest.mark.parametrize("payment", ["kuroneko_smartphone", "cod", "bank_transfer"])
def test_an_english_order_says_nothing_in_japanese(shopper: FormShopper, payment: str) -> None:
    answer = shopper.put_in().answer(payment).press_confirm()
    if answer.location.endswith("/sms"):
        answer = shopper.guess("1234")
    home = answer.location.removesuffix("/complete")

    pages = [shopper.client.get(home + rest) for rest in ("/complete", "", "/receipt")]

    assert japanese_of(*pages) == []


def test_an_english_mail_says_nothing_in_japanese(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod", note="Please ring").press_confirm()

    mail = order_mail(db.session.scalars(sa.select(Order)).one())

    assert japanese_in(mail.html) == []
    assert not JAPANESE.search(without_allowed(mail.subject + mail.text))
