"""The head comment of a template says what it is given, and it is given objects, no modules."""

import re

import pytest

from tests.given import STOREFRONT, given_to_templates

TEMPLATES = STOREFRONT / "templates"
GIVEN = given_to_templates()
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
    "mail/order/subject.txt",
}
# by a dictionary of templates: read with the screen that they are a part of
BY_A_NAME = {"checkout/_agreement.html", "checkout/_agreement_short.html"}
LAYOUTS = ("components/", "layout", "partials/", "admin/layout.html")


@pytest.mark.parametrize("template", sorted(GIVEN.keys() - NOT_YET))
def test_a_head_comment_names_what_the_template_is_given(template: str) -> None:
    text = (TEMPLATES / template).read_text(encoding="utf-8")

    said = COMMENT.search(text.split("{% block")[0])
    assert set(re.split(r",\s+", said[1]) if said else []) == GIVEN[template].names


@pytest.mark.parametrize("template", sorted(GIVEN))
def test_a_template_is_given_no_module(template: str) -> None:
    assert GIVEN[template].modules == set()


def test_only_the_templates_that_are_listed_here_cannot_be_read_from_the_code() -> None:
    assert {one for one in GIVEN if GIVEN[one].unread} == NOT_YET


def test_every_screen_is_found_where_it_is_rendered() -> None:
    files = [path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*")]
    screens = {one for one in files if "/_" not in one and not one.startswith(LAYOUTS)}

    assert screens - GIVEN.keys() == set()
    assert len(screens) > 60
