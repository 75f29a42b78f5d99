"""The head comment of a template says what it is given, and it is given objects, no modules."""

import re

import pytest

from tests.given import STOREFRONT, Given, given_to_templates

TEMPLATES = STOREFRONT / "templates"
COMMENT = re.compile(r"\{# given: ([^#]*?)\. #\}")
# their names come together in a variable, which the code alone does not tell
NOT_YET = {
    "admin/orders/new.html",
    "admin/orders/payments.html",
    "errors/bare.html",
    "mail/letter.html",
    "mail/letter.txt",
    "mail/order/body.html",
    "mail/order/body.txt",
}
# by a dictionary of templates: read with the screen that they are a part of
BY_A_NAME = {"checkout/_agreement.html", "checkout/_agreement_short.html"}
LAYOUTS = ("components/", "layout", "partials/", "admin/layout.html")


@pytest.fixture(scope="module")
def given() -> dict[str, Given]:
    """Read from all of the code, which takes a second."""
    return given_to_templates()


def said_of(template: str) -> set[str]:
    """The names in a template's head comment."""
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    said = COMMENT.search(text.split("{% block")[0])
    return set(re.split(r",\s+", said[1])) if said else set()


def test_a_head_comment_names_what_the_template_is_given(given: dict[str, Given]) -> None:
    read = sorted(given.keys() - NOT_YET)

    assert {one: said_of(one) for one in read} == {one: given[one].names for one in read}


def test_a_template_is_given_no_module(given: dict[str, Given]) -> None:
    assert {one: found.modules for one, found in given.items() if found.modules} == {}


def test_only_the_templates_that_are_listed_here_cannot_be_read_from_the_code(
    given: dict[str, Given],
) -> None:
    assert {one for one in given if given[one].unread} == NOT_YET


def test_every_screen_is_found_where_it_is_rendered(given: dict[str, Given]) -> None:
    files = [path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*")]
    screens = {one for one in files if "/_" not in one and not one.startswith(LAYOUTS)}

    assert screens - given.keys() == set()
    assert len(screens) > 60
