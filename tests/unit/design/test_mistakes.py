"""A wrong template says which line of which file is wrong, and what was probably meant."""

import json
import re
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront.core.extensions import db
from storefront.web.stylesheets import SheetFault
from tests.markup import parsed
from tests.unit.design.conftest import Changed

pytestmark = pytest.mark.web

SCREEN, ABOVE = "catalogue/search.html", "<h1>"
HTMX = {"HX-Request": "true"}
LENIENT = {"unknown name", "unknown attribute"}  # of which production shows nothing
SHOPPERS_PAGE = "ただいまページを表示できません"


@dataclass(frozen=True)
class Seeded:
    """wrong: a line for the list of products; meant: what the page has to offer for it."""

    wrong: str
    meant: str = ""
    said: str = ""


SEEDED = {
    "syntax error": Seeded("{{ 1 + }}", said="unexpected"),
    "unclosed block": Seeded("{% for one in categories %}", said="'for'"),
    "unknown tag": Seeded("{% inclde 'partials/tiles.html' %}", "include"),
    "unknown name": Seeded("{{ querry }}", "query"),
    "unknown attribute": Seeded("{{ the_shop().naem }}", "name"),
    "unknown filter": Seeded("{{ query | pricee }}", "price"),
    "unknown macro": Seeded("{{ pagerr(listed) }}", "pager"),
    "macro that its file has not": Seeded(
        '{% from "components/shop.html" import pagerr %}{{ pagerr() }}', "pager"
    ),
    "wrong argument": Seeded(
        '{% from "components/forms.html" import press %}{{ press("go", wiat="so") }}', "wait"
    ),
    "missing include": Seeded('{% include "partials/tils.html" %}', "partials/tiles.html"),
    "bad endpoint": Seeded('{{ url_for("catalogue.hom") }}', "catalogue.home"),
    "bad static file": Seeded('{{ static_url("img/logo.sv") }}', "img/logo.svg"),
    "sum of no numbers": Seeded("{{ listed + 1 }}", said="TypeError"),
}


@pytest.fixture
def client(development: Changed) -> FlaskClient:
    development.mend()
    return development.app.test_client()


@pytest.fixture(params=["page", "htmx"])
def headers(request: pytest.FixtureRequest) -> dict[str, str]:
    return HTMX if request.param == "htmx" else {}


def place_of(answer: TestResponse) -> str:
    """What the page names, which its header names too."""
    assert answer.status_code == 500
    shown = parsed(answer.text).one("main").all("code")[0].text
    assert answer.headers["X-Design-Mistake"] == shown
    return shown


def names(development: Changed, template: str, line: int) -> str:
    return f"{development.folder / template}:{line}"


@pytest.mark.parametrize("kind", SEEDED)
def test_a_mistake_is_shown_with_file_and_line(
    development: Changed, client: FlaskClient, headers: dict[str, str], kind: str
) -> None:
    seeded = SEEDED[kind]
    line = development.put(SCREEN, ABOVE, seeded.wrong)

    answer = client.get("/search", headers=headers)

    assert place_of(answer) == names(development, SCREEN, line)
    assert seeded.meant in answer.text
    assert seeded.said in answer.get_data(as_text=True).replace("&#39;", "'")
    assert marked(answer) == str(line)


def marked(answer: TestResponse) -> str:
    """The number of the line that is marked, in words too."""
    found = re.findall(r"▶</span> <span[^>]*>間違いのある行</span>\s*(\d+)</th>", answer.text)
    [number] = found
    return str(number)


def test_a_missing_layout_is_shown_where_it_is_extended(
    development: Changed, client: FlaskClient, headers: dict[str, str]
) -> None:
    development.write(SCREEN, '{# one #}\n{% extends "layuot.html" %}\n')

    answer = client.get("/search", headers=headers)

    assert place_of(answer) == names(development, SCREEN, 2)
    assert "layout.html" in answer.text


def test_the_way_to_an_include_inside_a_macro_is_told(
    development: Changed, client: FlaskClient, headers: dict[str, str]
) -> None:
    call = '{% from "components/odd.html" import odd %}{{ odd() }}'
    line = development.put(SCREEN, ABOVE, call)
    macro = '\n{% macro odd() %}\n{% include "partials/odd.html" %}\n{% endmacro %}\n'
    development.write("components/odd.html", macro)
    development.write("partials/odd.html", "\n\n{{ nothing }}\n")

    answer = client.get("/search", headers=headers)

    assert place_of(answer) == names(development, "partials/odd.html", 3)
    way = [one.text for one in parsed(answer.text).one("ol").all("li")]
    assert way[-2:] == [
        names(development, SCREEN, line),
        names(development, "components/odd.html", 3),
    ]


def test_a_syntax_error_of_an_include_is_shown_there(
    development: Changed, client: FlaskClient, headers: dict[str, str]
) -> None:
    line = development.put("partials/categories.html", "<ul", "{% if %}")

    answer = client.get("/search", headers=headers)

    assert place_of(answer) == names(development, "partials/categories.html", line)


def test_a_mended_template_is_shown_again(development: Changed, client: FlaskClient) -> None:
    development.put(SCREEN, ABOVE, "{{ querry }}")
    client.get("/search")

    development.mend()

    assert client.get("/search").status_code == 200


def test_a_fault_of_no_template_keeps_the_shoppers_page(
    development: Changed, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError

    monkeypatch.setitem(development.app.view_functions, "catalogue.search", fail)

    answer = client.get("/search")

    assert answer.status_code == 500
    assert SHOPPERS_PAGE in answer.text


def test_a_sheet_that_cannot_be_built_is_shown_with_file_and_line(
    development: Changed, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = development.folder / "one.css"
    sheet.write_text('a {\n  background: url("no.png");\n}\n')

    def fail() -> None:
        raise SheetFault(sheet, 2, "there is no such file")

    monkeypatch.setitem(development.app.view_functions, "catalogue.search", fail)

    answer = client.get("/search")

    assert place_of(answer) == f"{sheet}:2"
    assert marked(answer) == "2"
    assert "there is no such file" in answer.text


def test_a_name_that_nobody_gave_is_an_error_in_tests(in_tests: Changed) -> None:
    in_tests.put(SCREEN, ABOVE, "{{ querry }}")

    answer = in_tests.app.test_client().get("/search")

    assert answer.status_code == 500
    assert SHOPPERS_PAGE in answer.text


# Production


@pytest.mark.parametrize("kind", SEEDED)
def test_production_shows_none_of_it(in_production: Changed, kind: str) -> None:
    in_production.put(SCREEN, ABOVE, SEEDED[kind].wrong)

    answer = ask(in_production.app, q=kind)

    assert answer.status_code == (200 if kind in LENIENT else 500)
    inside = (SCREEN, SEEDED[kind].wrong, "design", "jinja", "間違い")
    assert [word for word in inside if word in answer.text] == []
    assert not [name for name, _value in answer.headers if name.startswith("X-Design")]


def test_production_renders_a_name_that_nobody_gave_as_nothing(in_production: Changed) -> None:
    in_production.put(SCREEN, ABOVE, "[{{ querry }}]")

    answer = ask(in_production.app, q="nothing")

    assert answer.status_code == 200
    assert "[]" in answer.text


def test_the_log_names_the_template_first(
    in_production: Changed, capsys: pytest.CaptureFixture[str]
) -> None:
    line = in_production.put(SCREEN, ABOVE, "{{ the_shop().naem.first }}")

    ask(in_production.app, q="first")

    said = logged(capsys)
    assert list(said)[:3] == ["at", "template", "message"]
    assert said["template"] == names(in_production, SCREEN, line)
    assert "has no attribute 'naem'" in said["message"]


@pytest.mark.parametrize("wrong", ["{{ {}[secret].first }}", "{% include secret %}"])
def test_the_log_keeps_what_a_template_worked_out(
    in_production: Changed, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    line = in_production.put(SCREEN, ABOVE, f"{{% set secret = query %}}{wrong}")

    ask(in_production.app, q="090-1234-5678")

    said = logged(capsys)
    assert said["template"] == names(in_production, SCREEN, line)
    assert "090-1234-5678" not in json.dumps(said)


def ask(app: Flask, **query: str) -> TestResponse:
    answer = app.test_client().get(
        "/search", base_url="https://shop.example.jp", query_string=query
    )
    db.session.rollback()
    return answer


def logged(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    lines = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    [line] = [one for one in lines if one["event"] == "request_failed"]
    return dict(line)


def test_production_has_no_address_of_it(in_production: Changed) -> None:
    in_production.mend()
    app = in_production.app

    assert not {"design", "live"} & set(app.blueprints)
    assert not [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/design")]
    assert "design.js" not in ask(app).text
