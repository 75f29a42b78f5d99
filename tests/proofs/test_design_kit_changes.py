"""Saved is seen: how soon an open page shows what a designer saves; nothing typed is lost."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser

from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.saved_pages import SCREENS, CopiedShop, Editor, copied_shop, somebody, state

EDITS = times(2, 20)  # of each kind, on each screen


@pytest.fixture(scope="module")
def copied(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CopiedShop]:
    with copied_shop(seeded, tmp_path_factory.mktemp("copied")) as shop:
        yield shop


def test_design_kit_what_is_saved_is_seen_and_what_is_typed_stays(
    copied: CopiedShop, browser: Browser, figure: Report
) -> None:
    styles: list[float] = []
    templates: list[float] = []
    for number, (_name, screen) in enumerate(SCREENS.items()):
        with somebody(browser, copied, f"0901111{number:04}") as shopper:
            screen.reach(shopper)
            before = state(shopper.page)
            editor = Editor(copied, shopper.page)
            for _ in range(EDITS):
                styles.append(editor.style())
                templates.append(editor.template(screen.template))
                assert state(shopper.page) == before
        copied.restore(screen.template)

    figure(
        "A designer saves a style or a template: the open order form, SMS screen and refused forms "
        "show it, all that was typed as it was",
        f"{len(styles)} + {len(templates)} edits; median {median(styles):.2f} s (styles), "
        f"{median(templates):.2f} s (templates)",
    )
