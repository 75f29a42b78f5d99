"""Search: however a word is written, and whatever is typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from storefront.catalogue import search_index
from storefront.catalogue.models import Product
from storefront.catalogue.search import listing
from storefront.core import japanese
from storefront.core.extensions import db, transaction
from tests.unit.catalogue.test_listing import a_tea, slugs, stock_up
from tests.walk import shared_shop

thorough = effort(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)


@pytest.fixture(scope="module")
def app(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from shared_shop(seeded, tmp_path_factory.mktemp("shop"))


@pytest.fixture
def changing(seeded: Path, tmp_path: Path) -> Iterator[Flask]:
    """A shop of the test's own, whose goods it may change."""
    yield from shared_shop(seeded, tmp_path)


def found(query: str) -> list[str]:
    return slugs(listing.search(query, 1))


@pytest.mark.parametrize(
    "query",
    [
        "ｾﾝﾁｬ",
        "せんちゃ",
        "センチャ",
        "煎茶",
        "sencha",
        "SENCHA",
        "Sencha",
        "ｓｅｎｃｈａ",
        "ＳＥＮcha",
        "セんﾁｬ",
        "うじせんちゃ",
        "ウジセンチャ",
        "宇治煎茶",
        "  煎茶  ",
        "　煎茶　",
        "宇治・煎茶",
        "宇治-煎茶",
    ],
)
def test_sencha_is_found_however_it_is_written(app: Flask, query: str) -> None:
    assert "uji-sencha" in found(query)


def test_sencha_alone_is_found_by_its_name(app: Flask) -> None:
    assert found("宇治煎茶") == ["uji-sencha"]


@pytest.mark.parametrize("query", ["宇治 煎茶", "煎茶 宇治", "煎茶　宇治", "uji 煎茶", "せん ｳｼﾞ"])
def test_several_words_are_found_in_any_order(app: Flask, query: str) -> None:
    assert found(query) == ["uji-sencha"]


def test_every_word_must_be_held(app: Flask) -> None:
    assert found("煎茶 湯呑") == []


@pytest.mark.parametrize("query", ["茶", "ち", "s", "Ｓ"])
def test_one_character_finds(app: Flask, query: str) -> None:
    assert "uji-sencha" in found(query)


def test_one_character_finds_only_what_holds_it(app: Flask) -> None:
    assert found("紬") == ["tsumugi"]


def test_pairs_that_stand_apart_are_not_the_word(changing: Flask) -> None:
    stock_up(1)
    with transaction():
        tea = db.session.query(Product).one()
        tea.name, tea.reading, tea.name_en = "あいうえい", "あいういえ", "x"
        search_index.index(tea)

    assert found("あいうえ") == ["tea-0"]
    assert found("いえあい") == []


def test_a_word_does_not_run_from_the_name_into_the_reading(app: Flask) -> None:
    assert found("100gうじ") == []


def test_what_nobody_sells_is_not_found(app: Flask) -> None:
    assert found("自転車") == []


def test_a_product_that_was_renamed_is_found_by_its_new_name_only(changing: Flask) -> None:
    with transaction():
        yunomi = db.session.query(Product).filter_by(slug="yunomi").one()
        yunomi.name = "玻璃の盃"
        search_index.index(yunomi)

    assert found("玻璃") == ["yunomi"]
    assert found("萩焼") == []


def test_results_come_in_the_shops_order(app: Flask) -> None:
    listed = found("茶")

    ordered = sa.select(Product.slug).order_by(Product.position)
    assert listed == [slug for slug in db.session.scalars(ordered) if slug in listed]
    assert len(listed) > 5


def test_results_come_a_page_at_a_time(changing: Flask) -> None:
    stock_up(30)

    first, second = listing.search("お茶", 1), listing.search("お茶", 2)

    assert (len(first.products), first.has_next) == (24, True)
    assert (len(second.products), second.has_next) == (6, False)


@pytest.mark.parametrize(
    "query", ["", " ", "　", "・", "---", "%", "_", "'", "\0", "\n", "()", "*"]
)
def test_nothing_to_search_for_finds_nothing(app: Flask, query: str) -> None:
    assert found(query) == []


@pytest.mark.parametrize(
    "query",
    [
        "%",
        "_",
        "煎%",
        "%茶",
        "_茶",
        "' OR 1=1 --",
        '"',
        "\\",
        "煎茶\0",
        "\0\0",
        "煎茶';DROP TABLE products;--",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "%s%n",
        "あ" * 100_000,
        "あい " * 5_000,
        "\ud83c\udf75",
        "\u202e煎茶",
        "AND OR NOT NEAR(",
        "*",
        "ﷺ" * 90,
    ],
)
def test_whatever_is_typed_gets_a_page(client: FlaskClient, query: str) -> None:
    typed = query.encode("utf-16", "surrogatepass").decode("utf-16")[:20_000]

    assert client.get("/search", query_string={"q": typed}).status_code == 200


@pytest.mark.parametrize("query", ["%ff%fe", "%E3%81", "%00", "%ED%A0%80", "a" * 9_000])
def test_bytes_that_are_no_text_get_a_page(client: FlaskClient, query: str) -> None:
    assert client.get(f"/search?q={query}").status_code == 200


@pytest.mark.parametrize("query", ["煎%", "煎_", "%茶", "煎'茶"])
def test_signs_of_sql_mean_nothing(app: Flask, query: str) -> None:
    signs = str.maketrans("", "", "%_'")

    assert found(query) == found(query.translate(signs))


def test_what_was_typed_is_shown_as_text(client: FlaskClient) -> None:
    answer = client.get("/search", query_string={"q": "<b>茶"})

    assert "&lt;b&gt;茶" in answer.text
    assert "<b>茶" not in answer.text


def test_no_words_show_every_product(client: FlaskClient) -> None:
    assert client.get("/search?q=").text.count("product-card") == 24


def test_nothing_found_offers_all_products(client: FlaskClient) -> None:
    answer = client.get("/search?q=自転車")

    assert "見つかりませんでした" in answer.text
    assert "すべての商品を見る" in answer.text


@given(st.data())
@thorough
def test_a_product_is_found_by_any_piece_of_its_reading(app: Flask, data: st.DataObject) -> None:
    everything = db.session.query(Product).all()
    product = data.draw(st.sampled_from(everything))
    start = data.draw(st.integers(0, len(product.reading) - 2))
    end = data.draw(st.integers(start + 2, len(product.reading)))

    assert product.slug in found(product.reading[start:end])


letters = st.sampled_from("あいうえおかがきぎばぱょっんーアイウヴヵヶ宇治煎茶髙0123AaZzé")


@given(reading=st.text(letters, min_size=2, max_size=40), data=st.data())
@thorough
def test_any_reading_is_found_by_any_piece_of_it(
    changing: Flask, reading: str, data: st.DataObject
) -> None:
    with transaction():
        product = db.session.query(Product).filter_by(slug="yunomi").one()
        product.reading = reading
        search_index.index(product)
    start = data.draw(st.integers(0, len(reading) - 2))
    end = data.draw(st.integers(start + 2, len(reading)))

    assert "yunomi" in found(reading[start:end])


@given(st.text(max_size=120))
@thorough
def test_what_is_found_holds_what_was_typed(app: Flask, query: str) -> None:
    words = [word for word in map(japanese.fold, query.split()[:5]) if word]

    shown = sa.select(Product.search_text).where(Product.slug.in_(found(query)))
    texts = db.session.scalars(shown).all()

    assert all(word in text for word in words for text in texts)


def test_indexing_twice_is_indexing_once(changing: Flask) -> None:
    with transaction():
        db.session.add(a_tea(900, 1))
        db.session.flush()
        product = db.session.query(Product).filter_by(slug="tea-900").one()
        search_index.index(product)
        search_index.index(product)

    assert found("お茶900号") == ["tea-900"]
