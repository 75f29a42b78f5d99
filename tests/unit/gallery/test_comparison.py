"""Photographs of two days: what changed, what is new, what is gone."""

from pathlib import Path

import pytest
from PIL import Image

from storefront.gallery.comparison import NothingToCompare, compare
from storefront.gallery.page import Page
from storefront.gallery.screenshots import Photograph, Wanted
from storefront.gallery.states import STATES
from storefront.gallery.stillness import still

BY_SLUG = {state.slug: state for state in STATES}
CART, INPUT, SMS = BY_SLUG["cart"], BY_SLUG["input"], BY_SLUG["sms-wrong"]
WHITE, OFF_WHITE = (255, 255, 255), (254, 255, 255)
WANTED = Wanted(sizes=[390], languages=["ja"], themes=["light"])


def photograph(folder: Path, slug: str, colour: tuple[int, int, int], height: int = 20) -> None:
    folder.mkdir(exist_ok=True)
    Image.new("RGB", (30, height), colour).save(folder / f"{slug}-ja-390-light.png")


def taken(*states: object) -> list[Photograph]:
    return [Photograph(one, "ja", 390, "light") for one in states]  # type: ignore[arg-type]


def test_changed_new_and_gone_states_are_named_and_stand_side_by_side(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, colour in ((before, WHITE), (after, OFF_WHITE)):
        photograph(folder, CART.slug, colour)
        photograph(folder, INPUT.slug, WHITE)
    photograph(before, "long-gone", WHITE)
    photograph(after, SMS.slug, WHITE)

    found = compare(taken(CART, INPUT, SMS), WANTED, before, after)

    names = [f"{slug}-ja-390-light.png" for slug in (CART.slug, SMS.slug, "long-gone")]
    assert found.lines == [f"changed: {names[0]}", f"new: {names[1]}", f"gone: {names[2]}"]
    sheet = (after / "compare.html").read_text()
    assert [sheet.count(f'alt="{name}"') for name in names] == [2, 1, 1]
    assert f'alt="{INPUT.slug}-' not in sheet


def test_a_page_that_has_grown_has_changed(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    photograph(before, CART.slug, WHITE)
    photograph(after, CART.slug, WHITE, height=21)

    assert len(compare(taken(CART), WANTED, before, after).changed) == 1


def test_what_was_not_asked_for_is_not_gone(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        photograph(folder, CART.slug, WHITE)
    photograph(before, "long-gone", WHITE)
    Image.new("RGB", (30, 20), WHITE).save(before / f"{CART.slug}-en-390-light.png")
    wanted = Wanted(sizes=[390], languages=["ja"], themes=["light"], slugs=[CART.slug])

    assert compare(taken(CART), wanted, before, after).lines == []


def test_a_folder_without_photographs_is_told(tmp_path: Path) -> None:
    with pytest.raises(NothingToCompare):
        compare(taken(CART), WANTED, tmp_path, tmp_path)


def test_what_is_drawn_by_lot_is_the_same_in_every_photograph() -> None:
    drawn = [("7KQ2-M9XD", "3116607798558", 20), ("2B3C-XXZZ", "9476413067541", 26)]
    pages = [
        f'<b>{order}</b> <b>{number}</b><rect x="{left}" y="8" width="4" height="64" fill="#000"/>'
        for order, number, left in drawn
    ]

    shown = {still(Page("/", 200, page, {}, {})).html for page in pages}

    assert shown == {"<b>AB23-CD45</b> <b>1111111111111</b>"}
