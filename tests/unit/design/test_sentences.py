"""A sentence on a screen leads to the files and lines where it is written."""

import re

import pytest
from flask.testing import FlaskClient

from storefront.design import sentences
from tests.markup import Element, parsed


def page_of(client: FlaskClient, wanted: str) -> Element:
    answer = client.get("/design/words", query_string={"q": wanted})
    assert answer.status_code == 200
    return parsed(answer.text)


def places(page: Element) -> list[str]:
    found = page.all("article", data_testid="words-found")
    return [one.text for article in found for one in article.all("code")]


def test_every_place_that_is_shown_is_where_the_sentence_stands() -> None:
    """Of a text over several lines the first is shown."""
    for one in sentences.sentences():
        head = re.split(r"[\n\"%<]", one.japanese)[0][:12]
        for place in one.places:
            if place.file.startswith("templates/"):
                lines = (sentences.SHOP / place.file).read_text(encoding="utf-8").splitlines()
                assert any(head in line for line in lines[place.line - 1 : place.line + 3]), place


def test_every_sentence_has_a_place_and_its_line_in_the_catalogue() -> None:
    lines = (sentences.SHOP / "translations/en/LC_MESSAGES/messages.po").read_text().splitlines()

    assert [one.japanese for one in sentences.sentences() if not one.places] == []
    for one in sentences.sentences():
        assert lines[one.english_line - 1].startswith(("msgid", "#")), one


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("認証番号をもう一度送る", "storefront/templates/checkout/sms.html:"),
        ("Send the code again", "storefront/templates/checkout/sms.html:"),
        ("ご注文を承りました", "storefront/orders/emails/sending.py:"),
        ("送信しています…", "storefront/static/js/app.js:"),
        (
            "taro@example.com に確認メールを送りました。届かない場合は迷惑メールをご確認ください。",
            "storefront/templates/orders/",
        ),
    ],
)
def test_a_sentence_is_found_where_it_is_written(
    client: FlaskClient, wanted: str, place: str
) -> None:
    assert any(one.startswith(place) for one in places(page_of(client, wanted)))


def test_what_is_no_sentence_of_the_shop_is_found_in_the_demos_goods(client: FlaskClient) -> None:
    page = page_of(client, "宇治の茶園で摘んだ一番茶")

    assert places(page) == []
    [other] = page.all("li", data_testid="words-elsewhere")
    assert other.text.startswith("storefront/sandbox/demo/catalogue.toml:")


@pytest.mark.parametrize("wanted", ["", " ", "x" * 3000, "<script>", "%(", "((("])
def test_whatever_is_looked_for_is_answered(client: FlaskClient, wanted: str) -> None:
    page_of(client, wanted)
