"""Photographs compared: one colour changed is seen in exactly the states that show it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, ViewportSize

from storefront.gallery.states import STATES
from storefront.testing import Sandbox, Shop
from storefront.testing.chromium import arguments, found
from tests.proofs.plugin import Report
from tests.proofs.scale import IS_FULL

PACKAGE = Path(__file__).parents[2] / "storefront"
TOKEN, OTHER = "--danger-bg: #fdf1ef;", "--danger-bg: #ddffdd;"
SHOWS_IT = """() => [...document.querySelectorAll("*")].some((one) =>
  one.checkVisibility() && getComputedStyle(one).backgroundColor === "rgb(253, 241, 239)")"""
PHONE = ViewportSize(width=390, height=844)
LOOK = ("--size", "390", "--lang", "ja", "--theme", "light")
SAMPLE = ("sms-wrong-2", "input-empty", "help")  # what their slugs begin with
LOOKED_AT = [one.slug for one in STATES if IS_FULL or one.slug.startswith(SAMPLE)]


def test_qa_kit_a_colour_changed_is_seen_where_it_is_shown(
    tmp_path: Path, playwright: Playwright, figure: Report
) -> None:
    other = tmp_path / "other"
    shutil.copytree(PACKAGE, other / "storefront")  # with what Python has compiled
    tokens = other / "storefront" / "static" / "css" / "tokens.css"
    tokens.write_text(tokens.read_text().replace(TOKEN, OTHER))
    before, after = tmp_path / "before", tmp_path / "after"

    assert photographed(before, PACKAGE.parent).returncode == 0
    compared = photographed(after, other, "--compare", str(before))

    changed = set(re.findall(r"^changed: (.+)-ja-390-light\.png", compared.stdout, re.M))
    assert compared.returncode == 1
    assert changed == shown(playwright)
    figure(
        "One colour token changed: `screenshots --compare` names exactly the states that show it",
        f"{len(changed)} of {len(LOOKED_AT)} states",
    )


def photographed(folder: Path, of: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """By the command, of the package in a folder."""
    only = [] if IS_FULL else [word for slug in SAMPLE for word in ("--only", slug)]
    command = [sys.executable, "-m", "storefront", "screenshots", "--to", str(folder)]
    return subprocess.run(  # noqa: S603
        [*command, *LOOK, *only, *options],
        cwd=of,
        env={**os.environ, "PYTHONPATH": str(of)},
        capture_output=True,
        check=False,
        text=True,
    )


def shown(playwright: Playwright) -> set[str]:
    """The states with that colour in sight, as a browser computes it."""
    launched = playwright.chromium.launch(executable_path=found(), args=arguments())
    with Shop.started() as shop, launched as browser:
        return {slug for slug in LOOKED_AT if shows_it(browser, Sandbox(shop.url), slug)}


def shows_it(browser: Browser, sandbox: Sandbox, slug: str) -> bool:
    state = sandbox.enter(slug)
    context = browser.new_context(storage_state=state["storage_state"], viewport=PHONE)
    page = context.new_page()
    page.goto(state["url"])
    answer = page.evaluate(SHOWS_IT)
    context.close()
    return bool(answer)
