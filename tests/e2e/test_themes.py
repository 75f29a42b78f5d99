"""The finished themes dress every screen soundly: no barriers, nothing too wide or too small."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from storefront.testing import OpenedShop, Shop
from storefront.testing.states import STATES, Owner, Visitor
from storefront.testing.tabs import show
from tests.e2e import soundness
from tests.proofs.scale import IS_FULL

SCREENS = ("home", "product-options", "cart-added", "input-wrong", "confirm", "sms", "complete")
LOOKED_AT = [state for state in STATES if IS_FULL or state.slug in SCREENS]
WIDTHS = (320, 1280)
THEMES = sorted(path.parent.name for path in Path("themes").glob("*/theme.toml"))


@pytest.fixture(scope="module", params=THEMES)
def dressed(request: pytest.FixtureRequest) -> Iterator[OpenedShop]:
    with Shop.opened(theme=request.param) as shop:
        yield shop


def test_each_screen_is_sound_in_light_and_in_dark(dressed: OpenedShop, browser: Browser) -> None:
    """One state a screen; with STOREFRONT_PROOF=full every state."""
    owner, context = Owner(dressed.app), browser.new_context()
    faults: dict[str, list[str]] = {}
    for place, state in enumerate(LOOKED_AT):
        owner.begin_anew()
        seen = state.how(Visitor(dressed.url, ("ja", "en")[place % 2], owner))
        tab = show(context, seen)
        width = WIDTHS[place // 2 % 2]
        tab.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found = soundness.barriers(tab, seen.is_mail) + soundness.faults_of_layout(tab, width)
            faults |= {f"{state.slug} {scheme} {width}": found} if found else {}
    context.close()

    assert faults == {}


def test_a_brands_font_is_shown_under_the_shops_policy(
    dressed: OpenedShop, browser: Browser
) -> None:
    context = browser.new_context(locale="ja")
    tab = context.new_page()
    tab.goto(dressed.url)

    loaded = tab.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].map((one) => one.status))"
    )
    context.close()

    assert "loaded" in loaded
    assert "error" not in loaded
