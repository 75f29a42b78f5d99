"""The states of the designers' kit: each in its frame, and how long one waits for it."""

from statistics import median
from time import perf_counter

import pytest
import requests

from storefront.design.screens.listing import ALL
from storefront.gallery.page import Page
from storefront.gallery.states import State
from tests.proofs.grounds import YAMATO, on_both_databases
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop

SHOWN = ALL[:: times(12, 1)]
PATIENCE = 60  # seconds


@on_both_databases
@pytest.mark.parametrize("verifier", [YAMATO], indirect=True, scope="session")
def test_design_kit_shows_every_state(shop: RunningShop, figure: Report) -> None:
    browser = requests.Session()

    def answered(path: str) -> tuple[float, str]:
        begun = perf_counter()
        answer = browser.get(f"{shop.url}/design/{path}", timeout=PATIENCE)
        assert answer.status_code == 200, f"{path}: {answer.text}"
        return perf_counter() - begun, answer.text

    def seen(state: State) -> float:
        seconds, html = answered(f"states/{state.slug}")
        assert Page("", 200, html, {}, {}).shown == state.shown, state.slug
        return seconds

    answered("")
    index, _html = answered("")
    first = [seen(state) for state in SHOWN]
    later = [seen(state) for state in SHOWN]

    assert not browser.cookies
    figure(
        f"Each of {len(SHOWN)} states at `/design/`, with the `<main>` of its recipe",
        f"index {1_000 * index:.0f} ms; walked to: median {1_000 * median(first):.0f} ms, the "
        f"slowest {max(first):.1f} s; then median {1_000 * median(later):.0f} ms, the slowest "
        f"{1_000 * max(later):.0f} ms; 0 cookies",
    )
