"""Every mail that the shop sends has the one base, in both languages, light and dark."""

import hashlib
import re
from collections import Counter
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from storefront.core.extensions import db
from storefront.design import mails
from storefront.design.contrast import EDGE, TEXT, ratio
from storefront.orders import fulfilment
from storefront.orders.emails.sending import send_letter
from storefront.orders.models import Order
from storefront.outbox.models import OutboxRow
from storefront.ports.mail import Message
from storefront.ports.registry import providers
from storefront.sandbox.phone import mailbox
from storefront.testing.form_shopper import field_value
from storefront.web import tokens
from storefront.web.tokens import Colour
from storefront.worker.handlers import HANDLERS
from tests.conftest import MakeApp, entered
from tests.markup import parsed
from tests.unit.test_translations import JAPANESE, japanese_in, without_allowed
from tools import mail_logo

LARGEST = 100_000  # bytes of an HTML part: Gmail cuts what is longer off
LARGEST_STYLE = 8_192  # characters: Gmail leaves a longer one out
YEN = re.compile(r"[−-]?(?:¥[\d,]+|(?<![\d,])[\d,]+円)")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
IN_JAPANESE = {fulfilment.OWNERS_MAIL, "yamato-alert"}  # to the owner
AS_IN_THE_BANK = JAPANESE.findall("みほん銀行桜支店サクラショウテンカ")  # beside its English
PAGE = "/design/mails/shipped-mail"

Mails = dict[tuple[str, str], Message]


@pytest.fixture(scope="module")
def written(shared_app: Flask) -> Mails:
    with shared_app.test_request_context("/"):
        return {
            (slug, language): kind.write(language)
            for slug, kind in mails.kinds().items()
            for language in mails.LANGUAGES
        }


def style_of(html: str) -> str:
    [style] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    return str(style)


def words_of(html: str) -> str:
    """What is read of the HTML part, with room where one element or line ends."""
    body = re.sub("</?small>", "", html.partition("<body>")[2])
    return re.sub(r"<[^>]+>", " ", body)


def faults(written: Mails, is_one: str) -> list[tuple[str, str]]:
    return [name for name, mail in written.items() if re.search(is_one, mail.html)]


def test_every_row_that_sends_a_mail_is_shown(shared_app: Flask) -> None:
    letters = {
        row
        for row, handler in HANDLERS.items()
        if isinstance(handler, partial) and handler.func is send_letter
    }
    sent = {one for one in letters if not one.startswith("link-")}  # each the request-mail again
    sent |= {"order-mail", fulfilment.OWNERS_MAIL}
    sent |= {row for one in providers().plugins for row in one.tasks}

    assert {kind.row for kind in mails.kinds().values()} == sent
    assert len(sent) > 12


def test_every_mail_is_small_and_its_style_stands_once(written: Mails) -> None:
    for name, mail in written.items():
        style = style_of(mail.html)
        light, dark = style.split("@media")
        assert len(mail.html.encode()) < LARGEST, name
        assert len(style) < LARGEST_STYLE, name
        for scheme in (light, dark.split("{", 1)[1]):
            selectors = Counter(" ".join(one.split()) for one, _body in RULE.findall(scheme))
            assert selectors.most_common(1)[0][1] == 1, (name, selectors.most_common(1))


def test_no_mail_has_what_mail_programs_do_not_know(written: Mails) -> None:
    """Nor loads anything but pictures."""
    unknown = r"\sstyle=|<script|<link|<svg|url\(|@import|var\(|\drem|calc\(|display: (flex|grid)"

    assert faults(written, unknown) == []


def test_every_mail_is_light_and_dark(written: Mails) -> None:
    for mail in written.values():
        assert '<meta name="color-scheme" content="light dark">' in mail.html
        assert '<meta name="supported-color-schemes" content="light dark">' in mail.html
        assert style_of(mail.html).count("@media (prefers-color-scheme: dark)") == 1


def test_every_mail_is_read_without_mending(written: Mails) -> None:
    for name, mail in written.items():
        page = parsed(mail.html)
        assert len(page.all("h1")) == 1, name
        assert page.all("html")[0].get("lang") == ("ja" if name[0] == "yamato-alert" else name[1])
        assert all(table.get("role") == "presentation" for table in page.all("table")), name


def test_pictures_are_the_shops_own_by_a_whole_address(written: Mails) -> None:
    for name, mail in written.items():
        sign, *goods = parsed(mail.html).all("img")
        assert re.fullmatch(r"http://127.0.0.1:8000/static/img/logo\.\w+\.png", sign["src"])
        assert sign["alt"], name
        assert len(goods) == (3 if name[0].startswith("order-mail") else 0), name
        for one in goods:
            assert re.fullmatch(r"http://127.0.0.1:8000/(static|media)/\S+\.jpg", one["src"])
            assert (one["alt"], one["width"], one["height"]) == ("", "64", "64")


def test_both_parts_say_the_same_sums(written: Mails) -> None:
    with_sums = 0
    for name, mail in written.items():
        html = Counter(YEN.findall(words_of(mail.html)))
        text = Counter(YEN.findall(mail.text))
        assert html == text, name
        with_sums += bool(text)
    assert with_sums > 40


def test_both_parts_have_the_same_links(written: Mails) -> None:
    for name, mail in written.items():
        links = {one["href"] for one in parsed(mail.html).all("a")}
        home = {one for one in links if re.fullmatch(r"http://127.0.0.1:8000/(en/)?", one)}
        assert len(home) == 1, name
        assert [one for one in links - home if one not in mail.text] == [], name


def test_an_english_mail_says_nothing_in_japanese(written: Mails) -> None:
    for (slug, language), mail in written.items():
        if language == "en" and slug not in IN_JAPANESE and slug != "order-mail-present":
            assert japanese_in(mail.html) == [], slug
            words = without_allowed(mail.subject + mail.text)
            assert JAPANESE.findall(re.sub("[【】●○■]", "", words)) in ([], AS_IN_THE_BANK), slug


def test_no_mail_has_two_empty_lines_in_a_row(written: Mails) -> None:
    assert [name for name, mail in written.items() if "\n\n\n" in mail.text] == []


def test_nothing_of_the_orders_on_paper_stays(written: Mails) -> None:
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Order)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == 0


# Colours


def colours(style: str, scheme: str) -> dict[tuple[str, str], Colour]:
    """By selector and property, as a mail program of that scheme has them."""
    light, dark = style.split("@media")
    found = {}
    for part in (light, dark.split("{", 1)[1]) if scheme == "dark" else (light,):
        for selector, body in RULE.findall(part):
            for name, value in re.findall(r"([\w-]+): [^;]*?(#[0-9a-f]{3,6})\b", body):
                seen = tokens.colour(value)
                assert seen
                found[selector.strip(), name] = seen
    return found


PAIRS = [  # whose colour is read on whose ground
    ("body", "body", TEXT),
    ("body", ".ground", TEXT),
    (".name a", ".ground", TEXT),
    (".foot", ".ground", TEXT),
    (".card", ".card", TEXT),
    ("a", ".card", TEXT),
    ("a", ".facts", TEXT),
    ("a", ".ground", TEXT),
    (".go", ".go", TEXT),
    (".small", ".card", TEXT),
    (".done", ".card", EDGE),
    (".facts", ".facts", TEXT),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_a_mail_are_told_from_their_ground(written: Mails, scheme: str) -> None:
    has = colours(style_of(written["order-mail", "ja"].html), scheme)

    weak = [
        (ink, ground)
        for ink, ground, least in PAIRS
        if ratio(has[ink, "color"], has[ground, "background-color"]) < least
    ]

    assert weak == []
    coloured = {selector for selector, name in has if name == "color"}
    assert coloured == {ink for ink, _ground, _least in PAIRS}


# The sign


def test_the_sign_in_mails_is_drawn_from_the_logo_of_today() -> None:
    """`python -m tools.mail_logo` draws it anew."""
    with Image.open(mail_logo.LOGO.with_suffix(".png")) as picture:
        assert picture.size == (mail_logo.SIDE, mail_logo.SIDE)
        assert picture.getchannel("A").getpixel((0, 0)) == 0  # it lies on light and dark grounds
        drawn_from = picture.text[mail_logo.DRAWN_FROM]  # type: ignore[attr-defined]  # a PNG's

    assert drawn_from == hashlib.sha256(mail_logo.LOGO.read_bytes()).hexdigest()


# The pages


def test_the_list_leads_to_every_mail(client: FlaskClient) -> None:
    links = [one["href"] for one in parsed(client.get("/design/mails").text).all("a")]

    for slug in mails.kinds():
        assert f"/design/mails/{slug}" in links
        assert f"/design/mails/{slug}?lang=en" in links


@pytest.mark.parametrize(
    ("language", "subject"), [("ja", "商品を発送しました"), ("en", "Your order has shipped")]
)
def test_a_mail_is_shown_with_its_subject_and_both_parts(
    client: FlaskClient, language: str, subject: str
) -> None:
    page = parsed(client.get(f"{PAGE}?lang={language}").text)

    assert subject in page.all("b", data_testid="mail-subject")[0].text
    assert "123456789012" in page.all("pre", data_testid="mail-text")[0].text
    frames = [one["src"] for one in page.all("iframe")]
    assert {one.rpartition("=")[2] for one in frames} == {"light", "dark"}
    assert subject in client.get(frames[0]).text


def test_the_html_part_has_its_style_and_runs_nothing(client: FlaskClient) -> None:
    answer = client.get("/design/mails/order-mail/html?lang=ja&scheme=dark")

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "script" not in policy
    assert "@media all {" in answer.text
    assert 'src="/static/img/logo.' in answer.text


@pytest.mark.parametrize("path", ["/design/mails/nothing", "/design/mails/nothing/html"])
def test_an_unknown_mail_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def press(client: FlaskClient, **fields: str) -> tuple[int, str]:
    token = field_value(client.get(PAGE).text, "csrf_token")
    answer = client.post(PAGE, data={"csrf_token": token, "lang": "en", **fields})
    return answer.status_code, answer.location or ""


def test_send_to_me_brings_the_mail_to_that_address_each_time(client: FlaskClient) -> None:
    for _again in range(2):
        assert press(client, to="Me@Example.com") == (303, f"{PAGE}?lang=en&sent=1")

    found = mailbox.mails("me@example.com")
    assert len(found) == 2
    assert "Your order has shipped" in found[0].subject


def test_without_an_address_or_a_token_nothing_is_sent(client: FlaskClient) -> None:
    assert press(client, to="nobody")[0] == 422
    assert client.post(PAGE, data={"to": "me@example.com"}).status_code == 422
    assert mailbox.mails() == []


def test_a_mail_server_that_takes_nothing_is_told_of(make_app: MakeApp) -> None:
    with entered(make_app(mail_url="smtp://127.0.0.1:9")) as app:
        assert press(app.test_client(), to="me@example.com")[0] == 422
