import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storefront.catalogue import stock
from storefront.catalogue.csv import cells, current, diff, encoding, parser
from storefront.catalogue.csv.changes import Plan
from storefront.catalogue.csv.encoding import Encoding
from storefront.catalogue.models import Product, Variant
from storefront.catalogue.products.fields import Wrong
from storefront.core.extensions import db, transaction
from tests.unit.catalogue.csv.tables import everything, exported, file, imported, rows_of

pytestmark = pytest.mark.usefixtures("app")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
hostile = st.sampled_from(
    [
        "=1+1",
        "'=1",
        "''=x",
        "@SUM(A1)",
        "-2+3",
        "\t=1",
        '="001"',
        "＝1",
        "&#65;",
        "〜−‖",
        "😀",
        "a\r\nb",
    ]
)
in_either = pytest.mark.parametrize("letters", list(Encoding))


def planned(content: bytes) -> Plan:
    return diff.plan(parser.read(content), current.load(), lambda _done: None)


@in_either
@pytest.mark.parametrize("locale", ["ja", "en"])
def test_an_untouched_export_changes_nothing(letters: Encoding, locale: str) -> None:
    before = everything()

    one = imported(exported(letters, locale))

    assert one.changes["unchanged"] == len(before[1])
    assert everything() == before


@in_either
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=texts | hostile, words=texts | hostile, value=texts | hostile, english=texts | hostile)
@example(name="", words="=cmd|'/c calc'!A0", value="\n", english="\r")
def test_whatever_a_shop_holds_comes_back_as_it_was(
    letters: Encoding, name: str, words: str, value: str, english: str
) -> None:
    with transaction():
        db.session.execute(
            sa.update(Product)
            .where(Product.slug == "indigo-tote")
            .values(name=name, description=words, name_en=english, description_en=value)
        )
        db.session.execute(
            sa.update(Variant).where(Variant.sku == "indigo-tote-s").values(option_1=value)
        )

    plan = planned(exported(letters))

    assert plan.faults == []
    assert plan.counts["changed_products"] == plan.counts["changed_variants"] == 0


def test_an_export_from_before_a_sale_gives_nothing_back() -> None:
    content = exported()
    with transaction():
        stock.take({db.session.scalars(sa.select(Variant.id)).first() or 0: 1})

    assert planned(content).counted == {}


@given(text=texts | hostile)
def test_no_cell_of_an_export_is_a_formula(text: str) -> None:
    written = cells.covered(text)

    assert not written.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not written.startswith(("\t", "\r"))
    assert cells.uncovered(written) == text


@in_either
def test_formulas_in_names_are_covered_in_the_file(letters: Encoding) -> None:
    with transaction():
        db.session.execute(sa.update(Product).values(name="=HYPERLINK(1)"))

    header, *rows = rows_of(exported(letters), "utf-8-sig" if letters == "utf-8" else "cp932")

    assert {row[header.index("商品名")] for row in rows} == {"'=HYPERLINK(1)"}


def test_a_name_is_the_same_in_shift_jis_where_that_has_no_letters_for_it() -> None:
    with transaction():
        db.session.execute(
            sa.update(Product)
            .where(Product.slug == "uji-sencha")
            .values(name="茶😀〜", reading="&#65;")
        )
    content = exported(Encoding.CP932)

    edited = content.replace(b"uji-sencha", b"uji-sencha-2")
    imported(edited)

    again = db.session.scalars(sa.select(Product).where(Product.slug == "uji-sencha-2")).one()
    assert again.name == "茶😀～"
    assert again.reading == "&#65;"


def test_utf_8_begins_with_its_mark() -> None:
    assert exported().startswith(b"\xef\xbb\xbf")


# What spreadsheets do to files


def sheet(content: bytes) -> list[dict[str, str]]:
    read = parser.read(content)
    assert read.faults == []
    return [row.cells for row in read.rows]


PLAIN = "SKU,在庫\r\nuji-sencha,5\r\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("cp932"),
        PLAIN.replace(",", "\t").encode("utf-16"),
        PLAIN.replace("\r\n", "\n").encode(),
        PLAIN.replace("\r\n", ",,\r\n").encode() + b",,,\r\n,,,\r\n",
        PLAIN.replace("SKU", "\uff33\uff2b\uff35").encode(),
        PLAIN.replace("在庫", " Stock ").encode(),
    ],
    ids=["plain", "mark", "shift-jis", "utf-16", "lf", "trailing", "wide", "english"],
)
def test_a_file_is_read_as_spreadsheets_save_it(content: bytes) -> None:
    assert sheet(content) == [{"sku": "uji-sencha", "stock": "5"}]


@pytest.mark.parametrize(
    ("cell", "text"), [('="001"', "001"), ('="a""b"', 'a"b'), ("'=1", "=1"), (" a ", "a")]
)
def test_a_cell_is_freed_of_a_spreadsheets_habits(cell: str, text: str) -> None:
    assert cells.cleaned(cell) == text


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "########"])
def test_what_a_spreadsheet_shows_instead_of_a_value_is_refused(cell: str) -> None:
    with pytest.raises(Wrong):
        cells.cleaned(cell)


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"", 1),
        (b"PK\x03\x04 a workbook", 1),
        ("商品コード,在庫\r\na,1\r\n".encode(), 1),
        (b"\xff\xff\x81", 1),
        (file("a,1", header="SKU,値段"), 1),
        (file("a,1,2", header="SKU,在庫,在庫"), 1),
        (file('a,"1', header="SKU,在庫"), 2),
        (file("a,1", 'b,"1"x', header="SKU,在庫"), 3),
        (file(header="SKU,在庫"), 1),
    ],
)
def test_a_file_that_cannot_be_read_says_where(content: bytes, row: int) -> None:
    assert [one.row for one in parser.read(content).faults] == [row]


def test_every_fault_of_decoding_has_something_to_do() -> None:
    with pytest.raises(Wrong) as wrong:
        encoding.decode(b"\xd0\xcf\x11\xe0 old workbook")

    assert wrong.value.todo
