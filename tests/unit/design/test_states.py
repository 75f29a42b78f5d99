"""/design/: every state in a frame as its recipe ends, without touching who looks at it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront import create_app
from storefront.catalogue.models import Product
from storefront.core.extensions import db
from storefront.design.screens import frames, places
from storefront.design.screens.listing import ALL, BY_SLUG, PARTS, Sought
from storefront.gallery.page import Page
from storefront.gallery.states import OWNERS
from tests.app_pool import close, copy_data, own_folder
from tests.conftest import OwnContextClient
from tests.markup import Element, parsed
from tests.unit.sandbox.test_sandbox_is_not_in_production import production
from tests.walk import shared_shop

pytestmark = pytest.mark.web

# each is brought about otherwise; a proof looks at all of them
SAMPLE = ("home", "cart-refused", "error-404", "error-503", "sms-slow", "mail", "owner-order")


@pytest.fixture(scope="module")
def shop(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from shared_shop(seeded, tmp_path_factory.mktemp("shop"), kuroneko_base_url="")


@pytest.fixture
def visitor(shop: Flask) -> FlaskClient:
    """Somebody without a cookie."""
    shop.test_client_class = OwnContextClient
    return shop.test_client()


def main_of(html: str) -> str:
    found = re.search(r"<main.*</main>", html, re.DOTALL)
    assert found
    return found[0]


# The list


def test_the_list_has_a_link_to_each_state(visitor: FlaskClient) -> None:
    page = parsed(visitor.get("/design/").text)

    addresses = [one["href"] for one in page.one("main").all("a")]
    assert [one.slug for one in ALL if f"/design/screens/{one.slug}" not in addresses] == []


def test_it_is_narrowed_without_a_script(visitor: FlaskClient) -> None:
    page = parsed(visitor.get("/design/?q=sms+422").text)

    slugs = [one.text for one in page.one("main").all("code")]
    assert "sms-wrong" in slugs
    assert "sms" not in slugs
    assert "/design/screens/sms-wrong?q=sms+422" in [one["href"] for one in page.all("a")]


def test_what_is_found_nowhere_is_said(visitor: FlaskClient) -> None:
    page = parsed(visitor.get("/design/?q=zzz").text)

    assert "hidden" not in next(one for one in page.all("p") if "data-none" in one)


@pytest.mark.parametrize("part", [part.name for part in PARTS])
def test_each_part_of_the_shop_has_states(part: str) -> None:
    assert Sought(part=part).states()


def test_a_state_is_found_once() -> None:
    slugs = [one.slug for one in Sought().states()]

    assert sorted(slugs) == sorted(BY_SLUG)
    assert len(slugs) == len(ALL)


# One state


def test_a_state_is_shown_in_every_size_scheme_and_language(visitor: FlaskClient) -> None:
    page = parsed(visitor.get("/design/screens/sms-wrong").text)

    shown = page.all("iframe")
    assert len(shown) == 12
    assert len({one["title"] for one in shown}) == 12
    assert {one["src"] for one in shown} == {
        f"/design/states/sms-wrong?lang={language}&scheme={scheme}"
        for language in ("ja", "en")
        for scheme in ("light", "dark")
    }


def test_what_is_chosen_alone_is_shown_and_goes_on_to_the_next_state(visitor: FlaskClient) -> None:
    page = parsed(visitor.get("/design/screens/sms?q=sms&lang=en&scheme=dark&size=320").text)

    [frame] = page.all("iframe")
    [after] = page.all("a", rel="next")
    assert frame["src"] == "/design/states/sms?lang=en&scheme=dark"
    assert after["href"] == "/design/screens/sms-slow?q=sms&lang=en&scheme=dark&size=320"


def test_what_is_printed_is_shown_on_paper_too(visitor: FlaskClient) -> None:
    page = parsed(visitor.get("/design/screens/receipt?lang=ja&size=390&scheme=light").text)

    assert [one["src"].rpartition("=")[2] for one in page.all("iframe")] == ["light", "paper"]


def test_it_says_where_the_state_is_written(visitor: FlaskClient) -> None:
    page = parsed(visitor.get("/design/screens/sms-slow?size=390").text)

    named = [one.text for one in page.one("dl").all("code")]
    assert named[0] == "storefront/templates/checkout/sms.html"
    assert "storefront/templates/partials/sms_help.html" in named
    assert any(one.startswith("storefront/gallery/states/code_entry.py:") for one in named)


def test_a_recipe_is_where_it_is_said_to_be() -> None:
    told = {state.slug: places.recipe(state) for state in ALL}

    lines = {slug: _line(place) for slug, place in told.items()}
    elsewhere = {slug: line for slug, line in lines.items() if slug not in line}
    assert [one for one in elsewhere.values() if "lambda" not in one] == []
    assert len(elsewhere) < 12


def _line(place: places.SourceLine) -> str:
    return place.file.read_text(encoding="utf-8").splitlines()[place.line - 1]


# A frame


@pytest.mark.parametrize("slug", SAMPLE)
def test_a_frame_shows_what_its_recipe_ends_with(visitor: FlaskClient, slug: str) -> None:
    answer = visitor.get(f"/design/states/{slug}?lang=en")

    shown = Page("", 200, answer.text, {}, {}).shown
    assert (answer.status_code, shown) == (200, BY_SLUG[slug].shown)


def test_whoever_looks_is_given_no_cookie_and_has_an_empty_cart(visitor: FlaskClient) -> None:
    answers = [visitor.get(f"/design/states/{slug}") for slug in ("cart-added", "owner-order")]

    assert [one.headers.getlist("Set-Cookie") for one in answers] == [[], []]
    assert parsed(visitor.get("/").text).by_testid("cart-count").text == "0"
    assert visitor.get("/admin/").location.startswith("/admin/login")


def test_nothing_in_a_frame_asks_the_shop(visitor: FlaskClient) -> None:
    answer = visitor.get("/design/states/sms")

    policy = answer.headers["Content-Security-Policy"]
    assert "connect-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "htmx-4" not in answer.text
    assert "autofocus" not in answer.text


@pytest.mark.parametrize(
    ("scheme", "paper"), [("light", "#fff"), ("dark", "#131316"), ("paper", "#fff")]
)
def test_a_frame_has_the_colours_that_were_asked_for(
    visitor: FlaskClient, scheme: str, paper: str
) -> None:
    page = parsed(visitor.get(f"/design/states/home?scheme={scheme}").text)
    address = next(one["href"] for one in page.all("link") if one["rel"] == "stylesheet")

    css = visitor.get(address).text

    answered = [(media, one) for media, one in _papers(css) if media != frames.NEVER]
    assert "prefers-color-scheme" not in css
    assert answered[-1][1] == paper


def _papers(css: str) -> list[tuple[str, str]]:
    """Each value of the ground, with the condition that it stands under."""
    rules = re.findall(r"(?:@media (\([^)]*\))\{)?:root\{([^}]*)", css)
    found = [(media, re.search(r"--paper:(#\w+)", body)) for media, body in rules]
    return [(media, one[1]) for media, one in found if one]


def test_on_paper_the_rules_of_print_count() -> None:
    css = "@media print{.a{top:0}}@media screen and (x){.b{top:0}}"

    assert frames.sheet(css, "paper") == (
        "@media (min-width: 0){.a{top:0}}@media (max-width: 0) and (x){.b{top:0}}"
    )


def test_a_brand_of_one_scheme_stays_what_it_is() -> None:
    assert frames.sheet(":root{color-scheme:dark}", "light") == ":root{color-scheme:dark}"


@pytest.mark.parametrize(
    "address",
    [
        "/design/states/nothing",
        "/design/screens/nothing",
        "/design/states/home?lang=fr",
        "/design/states/home?scheme=blue",
        "/design/sheets/dark/css/site.css",
        "/design/sheets/blue/css/site.css",
    ],
)
def test_what_is_not_there_is_404(visitor: FlaskClient, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_a_shop_that_does_not_lead_there_says_where_the_way_ended(client: FlaskClient) -> None:
    db.session.execute(sa.update(Product).where(Product.slug == "yunomi").values(published=False))
    db.session.commit()

    frame, page = client.get("/design/states/sms"), client.get("/design/screens/sms")

    assert (frame.status_code, page.status_code) == (409, 200)
    assert "/products/yunomi" in frame.text
    assert "/products/yunomi" in main_of(page.text)


def test_a_frame_is_answered_at_once_when_it_is_asked_for_again(visitor: FlaskClient) -> None:
    """As the same guest: nobody walks there twice."""
    first, second = (visitor.get("/design/states/complete").text for _ in range(2))

    numbers = {parsed(one).by_testid("order-number").text for one in (first, second)}
    assert len(numbers) == 1


def test_one_walks_anew_who_asks_for_it(visitor: FlaskClient) -> None:
    before = visitor.get("/design/states/complete").text

    visitor.get("/design/screens/complete?anew=1")

    after = visitor.get("/design/states/complete").text
    numbers = {parsed(one).by_testid("order-number").text for one in (before, after)}
    assert len(numbers) == 2


def test_this_browser_becomes_who_stands_there_by_a_press(visitor: FlaskClient) -> None:
    form = _open_form(parsed(visitor.get("/design/screens/cart-added").text))
    token = form.one("input", name="csrf_token")["value"]

    pressed = {"csrf_token": token, "slug": "cart-added"}
    answer = visitor.post("/sandbox/states/open", data=pressed)

    assert answer.location.endswith("/cart")
    assert parsed(visitor.get("/").text).by_testid("cart-count").text == "1"


def _open_form(page: Element) -> Element:
    return next(one for one in page.all("form") if one["action"] == "/sandbox/states/open")


def test_the_owners_states_are_of_the_owners_side() -> None:
    assert {one.slug.partition("-")[0] for one in OWNERS} == {"owner"}
    assert {one.screen.partition(".")[0] for one in OWNERS} == {"admin"}


def test_the_kit_is_not_in_production(seeded: Path, tmp_path: Path) -> None:
    folder = own_folder(seeded, tmp_path / "shop")
    copy_data(seeded, folder)
    app = create_app(production(folder))

    answer = app.test_client().get("/design/", base_url="https://shop.example.jp")

    close(app)
    assert answer.status_code == 404
    assert [one.rule for one in app.url_map.iter_rules() if "design" in one.rule] == []
    assert "design_doors" not in app.jinja_env.globals
