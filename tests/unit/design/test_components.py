"""Each macro and partial says what it takes, and is shown with calls that work."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import meta, nodes

from storefront.design.screens import components
from storefront.design.screens.components import Component
from storefront.design.screens.examples import CALLS
from tests.markup import parsed

pytestmark = pytest.mark.web

GIVEN_BY_JINJA = {"caller", "kwargs"}


@pytest.fixture
def every(app: Flask) -> list[Component]:
    with app.app_context():
        return components.every()


def taken(app: Flask, one: Component) -> set[str]:
    """The parameters of a macro, what a partial reads of the page that it is a part of."""
    source = one.place.file.read_text(encoding="utf-8")
    tree = app.jinja_env.parse(source)
    if not one.name:
        own = {"self", "loop", *app.jinja_env.globals, *_of_flask(app)}
        return meta.find_undeclared_variables(tree) - own
    macro = next(macro for macro in tree.find_all(nodes.Macro) if macro.name == one.name)
    used = {name.name for name in macro.find_all(nodes.Name)}
    return {arg.name for arg in macro.args} | (GIVEN_BY_JINJA & used)


def _of_flask(app: Flask) -> set[str]:
    with app.test_request_context():
        context: dict[str, object] = {}
        app.update_template_context(context)
    return set(context)


def test_each_says_what_it_takes_and_nothing_else(app: Flask, every: list[Component]) -> None:
    said = {(one.file, one.name): set(one.parameters) for one in every}

    assert said == {(one.file, one.name): taken(app, one) for one in every}


def test_each_says_what_it_is_and_what_each_parameter_is(every: list[Component]) -> None:
    assert [one.title for one in every if not re.match(r"[A-Z].*\.$", one.about)] == []
    assert [one.title for one in every for words in one.parameters.values() if not words] == []


def test_each_is_shown(every: list[Component]) -> None:
    shown = {(file, name) for file, its in CALLS.items() for name in its}

    assert {(one.file, one.name) for one in every} == shown


@pytest.mark.parametrize("file", sorted(CALLS))
def test_each_call_works(client: FlaskClient, file: str) -> None:
    for name, calls in CALLS[file].items():
        for place, _call in enumerate(calls):
            query = {"macro": name, "n": place}
            answer = client.get(f"/design/components/{file}", query_string=query)
            assert answer.status_code == 200, f"{name}: {answer.text}"
            assert "<main" in answer.text


def test_the_page_has_each_call_to_copy(client: FlaskClient, every: list[Component]) -> None:
    page = parsed(client.get("/design/components").text)

    codes = {one.text for one in page.all("code")}
    assert len(page.all("article")) == len(every)
    assert '{{ field(form.name, "お名前") }}' in codes
    assert '{% from "components/forms.html" import field %}' in codes


@pytest.mark.parametrize(
    "address",
    [
        "/design/components/components/none.html",
        "/design/components/components/shop.html?macro=money&n=9",
        "/design/components/components/shop.html?macro=money&scheme=blue",
    ],
)
def test_what_is_not_there_is_404(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_parameter_that_nobody_explains_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "new.html"
    file.write_text("{# A thing.\n   Takes a: one. #}\n{% macro thing(a, b) %}{% endmacro %}\n")

    [one] = components._read("components/new.html", file)

    assert (one.about, one.parameters) == ("A thing.", {"a": "one"})
