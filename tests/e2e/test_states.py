"""Every screen in every state: valid HTML, without barriers, sound in its layout, quiet.

`make test` looks at each state in one of the sixteen ways, in a fixed rotation; with
STOREFRONT_PROOF=full at each in all of them.
"""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

from storefront.testing import OpenedShop
from storefront.testing.states import STATES, Owner, State, Visitor
from storefront.testing.tabs import show
from tests.e2e import html_checker, soundness
from tests.labels import faults_of_groups, faults_of_labels
from tests.markup import parsed
from tests.proofs.scale import IS_FULL

OWN_ANSWER = re.compile(r"Failed to load resource: the server responded with a status of [45]\d\d")


class Look(NamedTuple):
    language: str
    theme: str
    width: int
    text: int  # percent


LOOKS = [Look(*one) for one in product(("ja", "en"), ("light", "dark"), (320, 390), (100, 200))]
CASES = [
    (state, [look for look in LOOKS if look.language == language])
    for state, language in product(STATES, ("ja", "en"))
]
if not IS_FULL:
    CASES = [(state, [LOOKS[place % len(LOOKS)]]) for place, state in enumerate(STATES)]

every_state = pytest.mark.parametrize(
    ("state", "looks"),
    CASES,
    ids=[f"{state.slug}-{'-'.join(map(str, looks[0]))}" for state, looks in CASES],
)


@pytest.fixture(scope="module")
def owner(shop: OpenedShop) -> Owner:
    return Owner(shop.app)


@pytest.fixture(scope="module")
def said() -> list[str]:
    """What the console of the phone complained of."""
    return []


@pytest.fixture(scope="module")
def phone(browser: Browser, said: list[str]) -> Iterator[BrowserContext]:
    context = browser.new_context(is_mobile=True, has_touch=True)
    context.on("weberror", lambda one: said.append(str(one.error)))
    context.on("console", lambda one: said.extend([one.text] * (one.type == "error")))
    yield context
    context.close()


Pages = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def walked() -> Pages:
    """The HTML of the states that were walked to, by slug and language."""
    return {}


@every_state
def test_a_state_is_open_to_everyone(
    state: State,
    looks: list[Look],
    shop: OpenedShop,
    owner: Owner,
    phone: BrowserContext,
    said: list[str],
    walked: Pages,
) -> None:
    owner.begin_anew()
    said.clear()

    seen = state.how(Visitor(shop.url, looks[0].language, owner))
    walked[state.slug, looks[0].language] = seen.html
    tab = show(phone, seen)

    assert (seen.status, seen.shown) == (state.status, state.shown)
    assert soundness.faults_of_structure(tab, seen.is_mail) == []
    assert soundness.faults_of_fields(tab) == []
    assert faults_of_labels(parsed(seen.html)) + faults_of_groups(parsed(seen.html)) == []
    for look in looks:
        _look(tab, look)
        assert soundness.barriers(tab, seen.is_mail) == [], look
        assert soundness.faults_of_layout(tab, look.width) == [], look
    assert [one for one in said if not OWN_ANSWER.match(one)] == []


def test_every_state_is_valid_html(
    shop: OpenedShop, owner: Owner, walked: Pages, tmp_path: Path
) -> None:
    """Those that no test before has walked to are walked to here."""
    for state, looks in CASES:
        language = looks[0].language
        html = walked.get((state.slug, language)) or _walk(state, language, shop, owner)
        (tmp_path / f"{state.slug}-{language}.html").write_text(html, encoding="utf-8")

    assert html_checker.errors(tmp_path) == []


def _walk(state: State, language: str, shop: OpenedShop, owner: Owner) -> str:
    owner.begin_anew()
    return state.how(Visitor(shop.url, language, owner)).html


def test_a_fault_of_the_markup_would_be_found(tmp_path: Path) -> None:
    html = '<!doctype html><html lang="ja"><title>x</title><p hx-get="/x"><div></div></p></html>'
    (tmp_path / "wrong.html").write_text(html, encoding="utf-8")

    assert len(html_checker.errors(tmp_path)) == 1


def _look(tab: Tab, look: Look) -> None:
    tab.emulate_media(color_scheme="dark" if look.theme == "dark" else "light")
    tab.set_viewport_size({"width": look.width, "height": 800})
    tab.evaluate(
        "(percent) => { document.documentElement.style.fontSize = `${percent}%`; }", look.text
    )
