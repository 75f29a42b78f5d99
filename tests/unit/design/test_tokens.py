"""/design/tokens shows every token there is."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.design import tokens as page
from storefront.web import themes, tokens
from tests.conftest import MakeApp

pytestmark = pytest.mark.web


def test_each_token_is_shown_once_with_its_value_in_light_and_in_dark(client: FlaskClient) -> None:
    html = client.get("/design/tokens").text
    values = tokens.of(themes.OWN)

    assert re.findall(r'data-token="([\w-]+)"', html) == [
        one.name for group in page.groups(values).values() for one in group
    ]
    assert set(re.findall(r'data-token="([\w-]+)"', html)) == set(values["light"])
    assert values["light"]["accent"] in html
    assert values["dark"]["accent"] in html


def test_a_colour_is_shown_with_the_contrast_to_its_partners(client: FlaskClient) -> None:
    ink = next(one for one in page.groups(tokens.of(themes.OWN))[page.COLOURS] if one.name == "ink")

    assert (
        "paper",
        pytest.approx(17.1, abs=0.1),
        pytest.approx(16.5, abs=0.1),
        4.5,
    ) in ink.partners
    assert "--accent-bg" in client.get("/design/tokens").text


def test_only_colours_are_left_without_a_group() -> None:
    left = page.groups(tokens.of(themes.OWN))[page.COLOURS]

    assert [one.name for one in left if not one.is_colour] == []


def test_a_themes_fonts_are_shown_with_their_weight_and_licence(make_app: MakeApp) -> None:
    app: Flask = make_app(storefront_theme="sake")

    html = app.test_client().get("/design/tokens").text

    assert re.search(r"shippori-mincho-500\.woff2</code>: 93\.7 KB, LICENSE\.txt", html)
