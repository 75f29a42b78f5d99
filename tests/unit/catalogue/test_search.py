"""Search: however a word is written, and whatever is typed."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from storefront.catalogue import categories, search_index, spelling
from storefront.catalogue.models import Product
from storefront.catalogue.search import listing, product_search, reindexing
from storefront.core.extensions import db, transaction
from tests.conftest import MakeApp, entered
from tests.databases import Databases
from tests.markup import parsed
from tests.proofs.grounds import on_both_databases
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
    return slugs(product_search.search(query, 1).page)


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
        yunomi.name, yunomi.description = "玻璃の盃", "薄い盃です。"
        search_index.index(yunomi)

    assert found("玻璃") == ["yunomi"]
    assert found("萩焼") == []


def test_results_come_in_the_shops_order_names_first(app: Flask) -> None:
    listed = found("茶")

    named = Product.search_text.contains("茶")
    ordered = sa.select(Product.slug).order_by(~named, Product.position)
    assert listed == [slug for slug in db.session.scalars(ordered) if slug in listed]
    assert len(listed) > 5


def test_results_come_a_page_at_a_time(changing: Flask) -> None:
    stock_up(30)

    first, second = (product_search.search("お茶", number).page for number in (1, 2))

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
    words = [word for word in map(spelling.folded, query.split()[:5]) if word]
    assume(not any(map(spelling.is_long, words)) and words == list(map(spelling.loosened, words)))

    shown = sa.select(Product.search_text + " " + Product.search_words)
    texts = db.session.scalars(shown.where(Product.slug.in_(found(query)))).all()

    assert all(word in text for word in words for text in texts)


def test_indexing_twice_is_indexing_once(changing: Flask) -> None:
    with transaction():
        db.session.add(a_tea(900, 1))
        db.session.flush()
        product = db.session.query(Product).filter_by(slug="tea-900").one()
        search_index.index(product)
        search_index.index(product)

    assert found("お茶900号") == ["tea-900"]


QUERIES: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("queries.toml").read_text(encoding="utf-8")
)
FIRST = 5
LEAST = 0.95


@on_both_databases
def test_what_shoppers_type_finds_the_goods_among_the_first_five(
    databases: Databases, make_app: MakeApp
) -> None:
    with entered(make_app(database_url=databases.seeded())):
        missing = {
            query: set(wanted) - set(found(query)[:FIRST]) for query, wanted in QUERIES.items()
        }

    failed = {query: goods for query, goods in missing.items() if goods}
    assert len(QUERIES) >= 60
    assert len(failed) <= (1 - LEAST) * len(QUERIES), failed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sencah", "sencha"),
        ("senchaa", "sencha"),
        ("yunmi", "yunomi"),
        ("hojichi", "hojicha"),
        ("てぬくい", "てぬぐい"),
        ("ふろしけ", "ふろしき"),
    ],
)
def test_one_wrong_letter_is_told_and_forgiven(client: FlaskClient, typed: str, meant: str) -> None:
    answer = client.get("/search", query_string={"q": typed})

    assert found(typed) == found(meant) != []
    assert f"「{meant}」の商品を表示しています" in answer.text


@pytest.mark.parametrize("query", ["tew", "toqe", "ゆのび", "sxnchx", "てのくい", "12346g"])
def test_short_words_and_two_wrong_letters_find_nothing(app: Flask, query: str) -> None:
    assert found(query) == []


@given(st.data())
@thorough
def test_any_one_letter_of_a_long_word_may_be_wrong(app: Flask, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(["furoshiki", "genmaicha", "とこなめ", "そばちょこ"]))
    at = data.draw(st.integers(0, len(word) - 1))
    letter = "z" if word.isascii() else "ぬ"
    head, tail = word[:at] + letter, word[at:]
    wrong = data.draw(st.sampled_from([head + tail, head + tail[1:]]))

    assert set(found(word)) <= set(found(wrong))


def test_a_page_past_the_last_is_no_reason_to_search_for_something_else(app: Flask) -> None:
    past = product_search.search("furoshiki", 2)

    assert (past.page.products, past.instead) == ([], "")


def test_what_stands_in_a_name_comes_before_what_a_description_says(app: Flask) -> None:
    assert found("煎茶")[0] == "uji-sencha"
    assert {"genmaicha", "wasanbon"} < set(found("煎茶"))
    assert found("cherry")[0] == "chazutsu"


@pytest.mark.parametrize("query", ["青海波", "別府", "safflower", "一泊"])
def test_what_no_text_of_a_product_says_is_not_found(app: Flask, query: str) -> None:
    said = [query in f"{one.description}{one.description_en}" for one in db.session.query(Product)]

    assert bool(found(query)) == any(said)


def test_a_word_of_the_name_and_one_of_the_description_find_together(app: Flask) -> None:
    assert found("蕎麦猪口 青海波") == found("青海波 蕎麦猪口") == ["sobachoko"]


def test_the_owners_other_spellings_find_and_are_not_shown(changing: Flask) -> None:
    with transaction():
        kyusu = db.session.query(Product).filter_by(slug="kyusu").one()
        kyusu.other_spellings = "横手、ティーポット"
        search_index.index(kyusu)

    assert found("横手") == found("ティーポット") == ["kyusu"]
    assert "横手、" not in changing.test_client().get("/products/kyusu").text


@pytest.mark.parametrize("query", ["湯呑み", "お湯呑", "引出し", "引き出し", "お引き出し"])
def test_okurigana_make_no_difference(changing: Flask, query: str) -> None:
    with transaction():
        yunomi = db.session.query(Product).filter_by(slug="yunomi").one()
        yunomi.name = "引き出しの湯呑"
        search_index.index(yunomi)

    assert "yunomi" in found(query)


def test_goods_of_a_renamed_category_are_found_by_its_new_name(changing: Flask) -> None:
    tea = next(one for one in listing.categories() if one.slug == "tea")
    texts = {"name": "茶畑から", "name_en": "Leaves", "slug": "tea", "position": "0"}

    categories.save(tea.id, texts)
    reindexing.catch_up()

    assert found("茶畑")[:2] == ["uji-sencha", "hojicha"]
    assert db.session.query(Product).filter(reindexing.OLD).count() == 0


def test_nothing_found_offers_categories_and_favourites(client: FlaskClient) -> None:
    page = parsed(client.get("/search?q=自転車").text)

    tiles = [one["href"] for one in page.one("ul", class_="tiles").all("a")]
    assert "/categories/tea" in tiles
    assert len(page.all(data_testid="product-card")) == 8
    assert "おすすめの商品" in page.text
