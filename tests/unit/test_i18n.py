"""Both languages: their addresses, and how prices, days and names read in each."""

import contextvars
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.core import phones
from storefront.testing.form_shopper import ADDRESS, FormShopper
from storefront.web import i18n
from tests.markup import parsed
from tests.walk import CATALOGUE, PLAIN, Screen

KANA = re.compile("[ぁ-んァ-ヶ]")
LANGUAGES = ["", "/en"]


@pytest.fixture(scope="module")
def app(shared_app: Flask) -> Flask:
    return shared_app


def in_both(app: Flask, name: str, value: object) -> tuple[str, str]:
    """What a filter makes of a value in Japanese and in English."""

    def filtered() -> str:
        return str(i18n.FILTERS[name](value))

    return on_page(app, "", filtered), on_page(app, "/en", filtered)


def on_page(app: Flask, prefix: str, read: Callable[[], str]) -> str:
    """What is read while a page of this language is made."""

    def inside() -> str:
        with app.test_request_context("/", base_url=f"http://127.0.0.1{prefix}"):
            return read()

    return contextvars.Context().run(inside)


@pytest.mark.parametrize(
    ("name", "value", "japanese", "english"),
    [
        ("yen", 4136, "4,136円", "¥4,136"),
        ("yen", 0, "0円", "¥0"),
        ("price", 4136, "4,136円(税込)", "¥4,136 (tax incl.)"),
        ("price", 1_000_000, "1,000,000円(税込)", "¥1,000,000 (tax incl.)"),
        ("day", date(2026, 7, 8), "7月8日(水)", "Wed, 8 Jul"),
        ("full_day", date(2026, 7, 8), "2026年7月8日", "8 July 2026"),
        ("iso_day", "2026-11-20", "2026年11月20日", "20 November 2026"),
        (
            "moment",
            datetime(2026, 12, 31, 15, 4, tzinfo=UTC),
            "2027年1月1日 00:04",
            "1 January 2027 00:04",
        ),
        ("hour", datetime(2026, 7, 8, 5, 9, tzinfo=UTC), "14:09", "14:09"),
        ("honoured", "山田 太郎", "山田 太郎 様", "山田 太郎"),
        ("phone", "09012345678", "090-1234-5678", "090-1234-5678"),
        ("phone", "0312345678", "03-1234-5678", "03-1234-5678"),
        ("masked", "09012345678", "090-****-5678", "090-****-5678"),
    ],
)
def test_a_value_reads_in_both_languages(
    app: Flask, name: str, value: object, japanese: str, english: str
) -> None:
    assert in_both(app, name, value) == (japanese, english)


def test_a_moment_for_machines_names_japans_zone(app: Flask) -> None:
    moment = datetime(2026, 7, 8, 5, 9, tzinfo=UTC)

    assert in_both(app, "iso", moment)[0] == "2026-07-08T14:09:00+09:00"


def test_a_masked_phone_shows_no_middle() -> None:
    assert "1234" not in phones.masked("09012345678")


def test_a_prefecture_keeps_its_japanese_name_for_form_fillers(app: Flask) -> None:
    shown = on_page(app, "/en", lambda: i18n.english_prefecture("東京都"))

    assert shown == "Tokyo 東京都"


def test_a_breaking_sentence_is_escaped_all_the_same() -> None:
    assert str(i18n.may_break("a<wbr><b>")) == "a<wbr>&lt;b&gt;"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/sandbox/", "/sandbox/phone"])
def test_what_has_no_language_has_no_prefix(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code != 404
    assert client.get(f"/en{path}").status_code == 404


@pytest.mark.parametrize("path", ["/webhooks/twilio/status", "/sandbox/clock", "/sandbox/reset"])
def test_what_programs_post_to_has_no_prefix(client: FlaskClient, path: str) -> None:
    assert client.post(f"/en{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/english", "/en/en/cart", "/en/nowhere", "/EN/cart", "/ja/cart", "/enx/cart"]
)
def test_what_only_looks_like_a_prefix_is_none(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/en", "/en/"])
def test_english_begins_at_its_prefix(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert parsed(answer.text).one("html")["lang"] == "en"


@pytest.mark.parametrize("languages", ["en", "en-US,en;q=0.9", "fr", "*"])
def test_the_address_decides_and_not_the_browser(client: FlaskClient, languages: str) -> None:
    answer = client.get("/", headers={"Accept-Language": languages})

    assert answer.status_code == 200
    assert parsed(answer.text).one("html")["lang"] == "ja"


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_every_link_of_the_shop_stays_in_its_language(screens: list[Screen], prefix: str) -> None:
    apart = ("/sandbox", "/static", "#", "mailto:", "tel:", "")
    faults = [
        f"{screen}: {link['href']}"
        for screen in screens
        for link in screen.page.all("a")
        if screen.prefix == prefix
        and link.get("data-testid") != "language"
        and not link["href"].startswith(apart[:-1])
        and link["href"] != ""
        and (link["href"] + "/").startswith("/en/") != (prefix == "/en")
    ]

    assert faults == []


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_every_form_of_the_shop_stays_in_its_language(screens: list[Screen], prefix: str) -> None:
    faults = [
        f"{screen}: {form['action']}"
        for screen in screens
        for form in screen.page.all("form")
        if screen.prefix == prefix
        and not form["action"].startswith("/sandbox")
        and form["action"].startswith("/en/") != (prefix == "/en")
    ]

    assert faults == []


@pytest.mark.parametrize(
    "path", [path for path in (*CATALOGUE, *PLAIN) if not path.startswith("/search?")]
)
def test_the_language_link_leads_to_the_same_page_and_back(client: FlaskClient, path: str) -> None:
    there = parsed(client.get(path).text).by_testid("language")
    back = parsed(client.get(there["href"]).text).by_testid("language")

    assert (there["href"].rstrip("/"), back["href"]) == (f"/en{path}".rstrip("/"), path)
    assert (there["lang"], back["lang"]) == ("en", "ja")


def test_the_language_link_keeps_what_was_searched_for(client: FlaskClient) -> None:
    there = parsed(
        client.get("/search?page=1&q=%E3%81%9B%E3%82%93%E3%81%A1%E3%82%83").text
    ).by_testid("language")["href"]
    page = parsed(client.get(there).text)

    assert page.one("input", id="q")["value"] == "せんちゃ"
    assert page.one("html")["lang"] == "en"


# browsers read a backslash as a slash, and two slashes as another site
@pytest.mark.parametrize(
    "path", ["//evil.example/x", "///evil.example", "/\\evil.example", "/\t/x"]
)
@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_language_link_never_leads_to_another_site(
    client: FlaskClient, prefix: str, path: str
) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": prefix + path})
    if answer.status_code == 308:
        answer = client.get(answer.location)

    link = parsed(answer.text).by_testid("language")["href"]

    assert re.match(r"/[^/\\\t]", link)


def test_the_language_link_of_a_refusal_leads_to_a_page(client: FlaskClient) -> None:
    answer = FormShopper(client).post("/cart/items", {"product": "indigo-tote"})

    link = parsed(answer.text).by_testid("language")["href"]

    assert client.get(link).status_code == 200


@pytest.mark.parametrize("path", ["/categories/%E8%8C%B6", "/products/a%3Fb", "/x%22onclick%3D"])
def test_the_language_link_of_an_odd_address_is_an_address(client: FlaskClient, path: str) -> None:
    there = parsed(client.get(path).text).by_testid("language")["href"]

    back = parsed(client.get(there).text).by_testid("language")["href"]

    assert client.get(there).status_code == 404
    assert '"' not in there
    assert parsed(client.get(back).text).by_testid("language")["href"] == there


def test_the_cart_is_the_same_in_both_languages(client: FlaskClient) -> None:
    FormShopper(client).put_in("yunomi", 2)

    assert parsed(client.get("/en/cart").text).by_testid("cart-count").text == "2"


def test_nothing_is_left_untranslated(screens: list[Screen]) -> None:
    faults = {
        text
        for screen in screens
        if screen.prefix == "/en"
        for text in _texts(screen)
        if KANA.search(text) and text not in TYPED
    }

    assert sorted(faults) == []


TYPED = {"日本語", "せんちゃ"}


def _texts(screen: Screen) -> Iterator[str]:
    for one in screen.page.all():
        japanese = any(around.get("lang") == "ja" for around in (one, *one.ancestors()))
        for child in one.children:
            if isinstance(child, str) and not japanese:
                yield _without_what_was_typed(child)
        for name in ("aria-label", "alt", "title", "placeholder", "data-form", "data-last"):
            yield _without_what_was_typed(one.get(name))


def _without_what_was_typed(text: str) -> str:
    for typed in (*ADDRESS.values(), "せんちゃ"):
        text = text.replace(typed, "") if typed else text
    return " ".join(text.split())


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_every_price_says_that_tax_is_inside(screens: list[Screen], prefix: str) -> None:
    form = r"[\d,]+円\(税込\)" if not prefix else r"¥[\d,]+ \(tax incl\.\)"
    faults = [
        f"{screen}: {price.text}"
        for screen in screens
        for price in screen.page.all(class_="price")
        if screen.prefix == prefix and not re.fullmatch(form, price.text)
    ]

    assert faults == []


def test_addresses_for_mails_have_the_configured_host(app: Flask) -> None:
    with app.test_request_context("/", base_url="http://evil.example"):
        japanese = i18n.absolute_url("catalogue.product", "ja", slug="yunomi")
        english = i18n.absolute_url("catalogue.product", "en", slug="yunomi")

    assert japanese == "http://127.0.0.1:8000/products/yunomi"
    assert english == "http://127.0.0.1:8000/en/products/yunomi"
