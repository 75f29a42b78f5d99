"""Every page is sound HTML, in both languages."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from tests.markup import Element, read
from tests.walk import Screen, faults_of

pytestmark = pytest.mark.web

POINTS_TO_IDS = ("for", "aria-describedby", "aria-labelledby", "aria-controls")


def test_every_page_is_well_formed(screens: list[Screen]) -> None:
    faults = [f"{screen}: {fault}" for screen in screens for fault in read(screen.html)[1]]

    assert faults == []


def test_every_page_begins_with_its_document_type(screens: list[Screen]) -> None:
    faults = [str(screen) for screen in screens if not screen.html.startswith("<!doctype html>")]

    assert faults == []


def test_every_page_has_one_heading_of_the_first_rank(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        headings = [one.text for one in page.all("h1")]
        return [] if len(headings) == 1 and headings[0] else [str(headings)]

    assert faults_of(screens, check) == []


def test_no_heading_skips_a_rank(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        ranks = [int(one.tag[1]) for one in page.one("main").all("h1", "h2", "h3", "h4")]
        after_title = ranks[ranks.index(1) :]
        return [f"h{low} before h{high}" for low, high in pairwise(after_title) if high > low + 1]

    assert faults_of(screens, check) == []


def test_no_page_says_an_id_twice(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        ids = Counter(one["id"] for one in page.all() if "id" in one)
        return [name for name, count in ids.items() if count > 1]

    assert faults_of(screens, check) == []


def test_every_page_names_its_language(screens: list[Screen]) -> None:
    faults = [
        str(screen)
        for screen in screens
        if screen.page.one("html")["lang"] != (screen.prefix.removeprefix("/") or "ja")
    ]

    assert faults == []


def test_every_title_names_the_screen_and_the_shop(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        title = page.one("title").text
        return [] if re.fullmatch(r".+ \| (さくら商店|Sakura Shoten)", title) else [title]

    assert faults_of(screens, check) == []


def test_the_title_of_a_refusal_begins_with_the_error(screens: list[Screen]) -> None:
    refusals = [screen for screen in screens if screen.status == 422]

    faults = [str(one) for one in refusals if not re.match("(エラー|Error)", _title(one))]

    assert refusals
    assert faults == []


def _title(screen: Screen) -> str:
    return screen.page.one("title").text


def test_every_page_has_one_main_that_takes_the_focus(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        main = page.one("main")
        return [] if (main.get("id"), main.get("tabindex")) == ("main", "-1") else ["main"]

    assert faults_of(screens, check) == []


def test_every_input_has_a_name_that_is_read_out(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        labels = {one["for"] for one in page.all("label") if "for" in one and one.text}
        return [
            one.get("name")
            for one in page.all("input", "select", "textarea")
            if one.get("type") != "hidden"
            and one.get("id") not in labels
            and not one.get("aria-label")
            and not any(around.tag == "label" and around.text for around in one.ancestors())
        ]

    assert faults_of(screens, check) == []


def test_what_an_attribute_points_to_is_on_the_page(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        ids = {one["id"] for one in page.all() if "id" in one}
        pointed = {
            name for one in page.all() for which in POINTS_TO_IDS for name in one.get(which).split()
        }
        return sorted(pointed - ids)

    assert faults_of(screens, check) == []


def test_a_link_inside_the_page_leads_to_something(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        ids = {one["id"] for one in page.all() if "id" in one}
        return [
            one["href"]
            for one in page.all("a")
            if one.get("href").startswith("#") and one["href"][1:] not in ids
        ]

    assert faults_of(screens, check) == []


def test_every_link_and_button_says_what_it_does(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            str(one.attributes)
            for one in page.all("a", "button")
            if not one.text
            and not one.get("aria-label")
            and one.get("aria-hidden") != "true"
            and not any(picture.get("alt") for picture in one.all("img"))
        ]

    assert faults_of(screens, check) == []


def test_every_picture_has_its_size_and_its_words(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            one["src"]
            for one in page.all("img")
            if not {"alt", "width", "height"} <= set(one.attributes)
        ]

    assert faults_of(screens, check) == []


def test_every_page_says_that_this_is_a_test_shop(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        banners = len(page.all(data_testid="sandbox-banner"))
        return [] if banners == 1 else [f"{banners} banners"]

    assert faults_of(screens, check) == []
