"""Every state of the gallery by one call, in a shop that others use at the same time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront import create_app
from storefront.catalogue.models import Product, Variant
from storefront.core.extensions import db
from storefront.gallery.page import Marks, Page
from storefront.gallery.states import STATES, State
from storefront.sandbox.contract import test_ids
from storefront.sandbox.yamato import notices
from storefront.shipping.models import DeliveryMethod
from storefront.shop.models import Shop
from tests.app_pool import close, own_folder
from tests.conftest import OwnContextClient
from tests.markup import Element, parsed
from tests.unit.sandbox.test_sandbox_is_not_in_production import production
from tests.walk import shared_shop

pytestmark = pytest.mark.web

BY_SLUG = {state.slug: state for state in STATES}
HOST = "http://localhost"


@dataclass(frozen=True)
class Reached:
    """What the call answered, and what a browser was shown that opened it."""

    state: State
    answer: TestResponse
    status: int
    html: str

    @property
    def screen(self) -> str:
        """The endpoint of what was opened: a mail is read in the mailbox."""
        return self.state.screen or ("sandbox.show_mailbox" if self.is_mail else "")

    @property
    def is_mail(self) -> bool:
        return "/sandbox/mailbox" in self.answer.get_json()["url"]

    @property
    def shown(self) -> Marks:
        return Page("", self.status, self.html, {}, {}).shown


def browser(app: Flask, answer: TestResponse) -> FlaskClient:
    """With the cookies of the answer, and no others."""
    app.test_client_class = OwnContextClient
    client = app.test_client()
    for cookie in answer.get_json()["storage_state"]["cookies"]:
        client.set_cookie(cookie["name"], cookie["value"], domain=cookie["domain"])
    return client


def bring(app: Flask, slug: str, **more: str) -> TestResponse:
    app.test_client_class = OwnContextClient
    return app.test_client().post("/sandbox/states", json={"slug": slug, **more})


def look(client: FlaskClient, answer: TestResponse) -> TestResponse:
    path = answer.get_json()["url"].removeprefix(HOST)
    return client.get(path, headers={"Accept": "text/html"})


@pytest.fixture(scope="module")
def shop(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One demo shop for all of them, with Yamato as a demo shop has it."""
    folder = tmp_path_factory.mktemp("shop")
    yield from shared_shop(seeded, folder, kuroneko_base_url="")


@pytest.fixture(scope="module")
def everywhere(shop: Flask) -> dict[str, Reached]:
    reached = {}
    for state in STATES:
        answer = bring(shop, state.slug)
        assert answer.status_code == 201, f"{state.slug}: {answer.text}"
        page = look(browser(shop, answer), answer)
        reached[state.slug] = Reached(state, answer, page.status_code, page.text)
    return reached


@pytest.mark.parametrize("slug", BY_SLUG)
def test_a_browser_that_opens_it_shows_what_its_recipe_does(
    everywhere: dict[str, Reached], slug: str
) -> None:
    reached, state = everywhere[slug], BY_SLUG[slug]

    assert (reached.status, reached.shown) == (state.status, state.shown)


def test_a_frame_of_the_kit_for_designers_shows_the_same(
    shop: Flask, everywhere: dict[str, Reached]
) -> None:
    client = shop.test_client()
    faults = {}
    for slug, reached in everywhere.items():
        page = Page("", reached.status, reached.html, {}, {}, is_mail=reached.is_mail)
        shop.extensions["design_pages"].keep(reached.state, "ja", page)
        answer = client.get(f"/design/states/{slug}")
        if (answer.status_code, _main(answer.text)) != (200, _main(reached.html)):
            faults[slug] = answer.status_code

    assert faults == {}


def _main(html: str) -> str:
    """Without what a frame decides for itself: who has the keys, and a mail's light or dark."""
    main = html.partition("<main")[2].partition("</main>")[0].replace(" autofocus", "")
    return re.sub(r"(?:<|&lt;)style.*?/style", "", main, flags=re.DOTALL)


def test_each_call_is_another_customer(everywhere: dict[str, Reached]) -> None:
    cookies = [
        cookie["value"]
        for one in everywhere.values()
        for cookie in one.answer.get_json()["storage_state"]["cookies"]
    ]

    assert len(cookies) == len(set(cookies))


CHANGING = (
    *("cart-changed", "cart-closed", "confirm-sold-out", "category-empty", "input-no-delivery"),
    *("product-long", "sms-expired", "sandbox-clock"),
)
FOR_ALL = (
    (Product.slug, Product.name, Product.published),
    (Variant.sku, Variant.price, Variant.withdrawn),
    (Shop.is_open,),
    (DeliveryMethod.code, DeliveryMethod.fees),
)


def test_the_shop_is_as_before_for_everybody_else(shop: Flask) -> None:
    before = _told(shop)

    for slug in CHANGING:
        assert bring(shop, slug).status_code == 201

    assert _told(shop) == before
    assert shop.test_client().get("/products/matcha-bowl").status_code == 200


def test_a_report_that_comes_in_meanwhile_leaves_the_guest_their_shop(
    shop: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is posted to the shop in the middle of the request, which then reads its rows anew."""
    monkeypatch.setattr(notices, "push_due_later", db.session.expire_all)

    assert bring(shop, "input-no-delivery").status_code == 201


def _told(shop: Flask) -> list[Any]:
    clock = shop.test_client().get("/sandbox/clock").get_json()["offset"]
    return [clock, *(db.session.execute(sa.select(*columns)).all() for columns in FOR_ALL)]


def test_the_guest_goes_on_in_the_shop_that_was_shown(shop: Flask) -> None:
    answer = bring(shop, "confirm-price")
    client = browser(shop, answer)
    page = look(client, answer)

    again = look(client, answer)

    totals = [parsed(one.text).by_testid("confirm-total")["data-yen"] for one in (page, again)]
    assert (page.status_code, again.status_code) == (422, 200)
    assert totals == ["4356", "4356"]


def test_the_page_is_kept_for_the_first_one_that_is_opened(shop: Flask) -> None:
    answer = bring(shop, "sms-wrong")
    client = browser(shop, answer)

    elsewhere = client.get("/cart", headers={"Accept": "text/html"})
    after = look(client, answer)

    assert (elsewhere.status_code, after.status_code) == (200, 200)
    assert 'data-state="idle"' in after.text


def test_a_guest_who_asks_for_texts_first_still_sees_the_page(shop: Flask) -> None:
    answer = bring(shop, "sms-wrong")
    client = browser(shop, answer)

    texts = client.get(f"/sandbox/phone.json?to={answer.get_json()['tel']}").get_json()

    assert [one["to"] for one in texts] == [answer.get_json()["tel"].replace("-", "")]
    assert look(client, answer).status_code == 422


@pytest.mark.parametrize("slug", ["sms", "sms-wrong-2", "sms-resent"])
def test_the_code_that_it_answers_passes(shop: Flask, slug: str) -> None:
    answer = bring(shop, slug)
    client = browser(shop, answer)
    form = parsed(look(client, answer).text).by_testid("sms-form")
    fields = {one["name"]: one.get("value") for one in form.all("input")}

    placed = client.post("/checkout/sms", data={**fields, "code": answer.get_json()["code"]})

    assert (placed.status_code, placed.location.rpartition("/")[2]) == (303, "complete")


def test_the_mail_address_that_it_answers_is_the_customers(shop: Flask) -> None:
    answer = bring(shop, "mail-shipped").get_json()

    mails = shop.test_client().get(f"/sandbox/mailbox.json?to={answer['email']}").get_json()

    assert any("発送" in mail["subject"] for mail in mails)
    assert all(answer["number"] in mail["text"] for mail in mails)


def test_an_order_is_told_by_its_number(shop: Flask) -> None:
    answer = bring(shop, "status-shipped", lang="en")

    page = look(browser(shop, answer), answer)

    assert answer.get_json()["url"].startswith(f"{HOST}/en/orders/")
    assert parsed(page.text).by_testid("order-number").text == answer.get_json()["number"]


def test_two_calls_have_two_numbers(shop: Flask) -> None:
    first, second = bring(shop, "sms").get_json(), bring(shop, "sms").get_json()

    assert first["tel"] != second["tel"]
    assert first["tel"].startswith("070-0")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"slug": "no-such"}, 404),
        ({}, 404),
        ({"slug": 1}, 404),
        ({"slug": "sms", "lang": "fr"}, 400),
        ({"slug": "sms", "size": "320"}, 400),
    ],
)
def test_what_is_not_there_is_refused_in_words(
    client: FlaskClient, body: dict[str, object], status: int
) -> None:
    answer = client.post("/sandbox/states", json=body)

    assert answer.status_code == status
    assert "GET /sandbox/states" in answer.get_json()["error"]


def test_a_shop_that_does_not_lead_there_says_where_the_way_ended(client: FlaskClient) -> None:
    db.session.execute(sa.update(Product).where(Product.slug == "yunomi").values(published=False))
    db.session.commit()

    answer = client.post("/sandbox/states", json={"slug": "sms"})

    assert answer.status_code == 409
    assert "/products/yunomi" in answer.get_json()["error"]


def test_the_list_says_what_each_shows(client: FlaskClient) -> None:
    listed = {one["slug"]: one for one in client.get("/sandbox/states").get_json()}

    assert listed.keys() == BY_SLUG.keys()
    assert listed["ng-locked"] == {
        "slug": "ng-locked",
        "title": BY_SLUG["ng-locked"].title,
        "screen": "checkout.order_input",
        "status": 200,
        "step": "input",
        "state": "",
        "reason": "locked",
    }


def test_production_has_none(seeded: Path, tmp_path: Path) -> None:
    app = create_app(production(own_folder(seeded, tmp_path)))
    close(app)

    addresses = [rule.rule for rule in app.url_map.iter_rules()]
    assert [one for one in addresses if "states" in one or "contract" in one] == []


def test_the_panel_has_a_button_each_and_brings_this_browser_there(client: FlaskClient) -> None:
    panel = parsed(client.get("/sandbox/").text)
    form = next(one for one in panel.all("form") if one["action"] == "/sandbox/states/open")
    token = form.one("input", name="csrf_token")["value"]
    slugs = [one["value"] for one in form.all("button", name="slug")]

    pressed = {"csrf_token": token, "slug": "input-empty", "english": "1"}
    answer = client.post("/sandbox/states/open", data=pressed)

    assert sorted(slugs) == sorted(BY_SLUG)
    assert (answer.status_code, answer.location) == (303, f"{HOST}/en/checkout")
    assert client.get("/en/checkout", headers={"Accept": "text/html"}).status_code == 422


@pytest.mark.parametrize("pressed", [{"slug": "sms", "csrf_token": "old"}, {"slug": "no-such"}])
def test_a_press_that_leads_nowhere_says_so_on_the_panel(
    client: FlaskClient, pressed: dict[str, str]
) -> None:
    token = parsed(client.get("/sandbox/").text).all("input", name="csrf_token")[0]["value"]

    answer = client.post("/sandbox/states/open", data={"csrf_token": token, **pressed})

    assert answer.status_code == 422
    assert parsed(answer.text).by_testid("error-summary").text


def ids_of(page: Element) -> set[str]:
    return {one["data-testid"] for one in page.all() if "data-testid" in one}


def test_no_page_has_an_id_that_the_contract_does_not_name_on_it(
    everywhere: dict[str, Reached],
) -> None:
    by_screen = test_ids.expanded()

    unnamed = {
        slug: sorted(ids_of(parsed(one.html)) - _named(by_screen, one.screen))
        for slug, one in everywhere.items()
    }

    assert {slug: ids for slug, ids in unnamed.items() if ids} == {}


def _named(by_screen: dict[str, list[str]], endpoint: str) -> set[str]:
    of_screen = by_screen.get(test_ids.SCREENS.get(endpoint, ""), [])
    return {*by_screen[test_ids.EVERYWHERE], *of_screen}


def test_each_id_of_the_contract_is_met_somewhere(everywhere: dict[str, Reached]) -> None:
    met = set[str]().union(*(ids_of(parsed(one.html)) for one in everywhere.values()))

    assert sorted({*chain.from_iterable(test_ids.expanded().values())} - met) == []
