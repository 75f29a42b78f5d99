import pytest
import sqlalchemy as sa

from storefront.catalogue import search_index, stock
from storefront.catalogue.csv import apply, current, diff, import_job, parser
from storefront.catalogue.csv.apply import Changed
from storefront.catalogue.models import Product, Variant
from storefront.catalogue.products import fields, queries
from storefront.catalogue.search import product_search
from storefront.core.extensions import db, transaction
from tests.unit.catalogue.csv.tables import (
    GOOD,
    HEADER,
    as_file,
    checked,
    everything,
    exported,
    faults,
    file,
    found,
    imported,
    rows_of,
)

pytestmark = pytest.mark.usefixtures("app")


def of(sku: str) -> Variant:
    query = sa.select(Variant).where(Variant.sku == sku)
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def edited(sku: str, **cells: str) -> bytes:
    """The export with cells of one row changed, by their titles."""
    header, *rows = rows_of(exported())
    for row in rows:
        if row[header.index("SKU")] == sku:
            for title, cell in cells.items():
                row[header.index(title)] = cell
    return as_file([header, *rows])


def test_a_new_product_of_a_file_is_for_sale_and_found() -> None:
    one = imported(file(GOOD))

    assert one.state == import_job.ImportState.DONE
    assert one.changes["products"] == 1
    assert queries.find("new-tin")
    assert [card.slug for card in product_search.search("新しい缶", 1).page.products] == ["new-tin"]


def test_nothing_is_written_before_a_person_says_so() -> None:
    before = everything()

    one = checked(file(GOOD))

    assert one.state == import_job.ImportState.READY
    assert everything() == before


def test_one_bad_row_keeps_all_others_out() -> None:
    before = everything()

    one = checked(file(GOOD, "bad-tin,悪い缶,tea,8,公開,bad-tin,高い,5"))

    assert one.state == import_job.ImportState.REFUSED
    assert faults(one) == [(3, "価格(税込)")]
    assert one.faults[0]["value"] == "高い"
    assert not import_job.approve(one.id)
    assert everything() == before


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("new-tin,,tea,8,公開,new-tin,1080,5", "商品名"),
        ("new-tin,缶,coffee,8,公開,new-tin,1080,5", "カテゴリー"),
        ("new-tin,缶,,8,公開,new-tin,1080,5", "カテゴリー"),
        ("new-tin,缶,tea,80,公開,new-tin,1080,5", "消費税率"),
        ("new-tin,缶,tea,8,たぶん,new-tin,1080,5", "公開状態"),
        ("new-tin,缶,tea,8,公開,5-Jan,1080,5", "SKU"),
        ("new-tin,缶,tea,8,公開,1.23E+12,1080,5", "SKU"),
        ("new-tin,缶,tea,8,公開,,1080,5", "SKU"),
        ("2026-11,缶,tea,8,公開,new-tin,1080,5", "商品コード"),
        (",缶,tea,8,公開,new-tin,1080,5", "商品コード"),
        ("new-tin,缶,tea,8,公開,uji-sencha,1080,5", "SKU"),
        ("new-tin,#N/A,tea,8,公開,new-tin,1080,5", "商品名"),
        ("new-tin,缶,tea,8,公開,new-tin,1080.5,5", "価格(税込)"),
        ("new-tin,缶,tea,8,公開,new-tin,1080,-1", "在庫"),
        ("new-tin,缶,tea,8,公開,new-tin,1080,", "在庫"),
        ("new-tin,缶,tea,8,公開,new-tin,1080,5,,x", ""),
    ],
)
def test_what_is_wrong_in_a_row_is_said_with_its_column(line: str, column: str) -> None:
    one = checked(file("", line))

    assert faults(one) == [(3, column)]
    assert one.faults[0]["what"]
    assert one.faults[0]["todo"]


def test_each_wrong_cell_of_a_file_is_told_of() -> None:
    one = checked(file("a,,tea,9,公開,a,x,5", "b,名前,none,8,公開,b,1,y"))

    assert faults(one) == [
        (2, "商品名"),
        (2, "消費税率"),
        (2, "価格(税込)"),
        (3, "カテゴリー"),
        (3, "在庫"),
    ]


def test_the_second_of_two_rows_with_one_sku_is_wrong() -> None:
    assert faults(checked(file(GOOD, GOOD))) == [(3, "SKU")]


def test_rows_of_one_product_say_the_same_or_leave_it_out() -> None:
    header = HEADER + ",選択肢1,選択肢1の値"
    lines = (GOOD + ",色,白", "new-tin,,,,,new-tin-b,1080,5,,黒", "new-tin,別の名,,,,x,1,5,,青")

    assert faults(checked(file(*lines, header=header))) == [(4, "商品名")]
    assert imported(file(*lines[:2], header=header)).changes["variants"] == 2


def test_a_product_is_judged_as_a_whole() -> None:
    one = checked(file(GOOD, "new-tin,,,,,new-tin-b,1080,5"))

    assert faults(one) == [(2, "選択肢1")]
    assert "バリエーションが複数" in one.faults[0]["what"]


def test_a_zero_that_a_spreadsheet_dropped_is_not_taken_for_a_new_sku() -> None:
    imported(file("jan-tin,缶,tea,8,公開,0049,1080,5"))

    one = checked(file("49,1200", header="SKU,価格(税込)"))

    assert "0049" in one.faults[0]["todo"]


def test_a_file_of_skus_and_prices_changes_prices_only() -> None:
    before = of("uji-sencha")

    one = imported(file("uji-sencha,1200", header="sku,price (tax incl.)"))

    assert one.changes["changed_variants"] == 1
    assert (of("uji-sencha").price, of("uji-sencha").available) == (1200, before.available)


def test_a_sale_after_the_export_is_not_lost() -> None:
    content = edited("uji-sencha", 在庫="120")
    with transaction():
        stock.take({of("uji-sencha").id: 3})

    imported(content)

    assert of("uji-sencha").available == 117


def test_the_same_file_twice_adds_its_stock_once() -> None:
    content = edited("uji-sencha", 在庫="120")
    imported(content)

    assert faults(checked(content)) == [next((n, "在庫") for n in _rows_of("uji-sencha", content))]
    assert of("uji-sencha").available == 120


def _rows_of(sku: str, content: bytes) -> list[int]:
    return [number for number, row in enumerate(rows_of(content), 1) if sku in row[8:9]]


def test_without_its_note_the_stock_becomes_the_number_given() -> None:
    with transaction():
        stock.take({of("uji-sencha").id: 3})

    imported(file("uji-sencha,50", header="SKU,在庫"))

    assert of("uji-sencha").available == 50


def test_a_renamed_product_is_found_by_its_new_name() -> None:
    imported(edited("uji-sencha", 商品名="宇治の新茶", よみがな="しんちゃ"))

    assert "uji-sencha" in [one.slug for one in product_search.search("しんちゃ", 1).page.products]
    product = queries.find("uji-sencha")
    assert product
    assert product.search_text == search_index.searchable(product, product.category)


def test_a_variant_is_withdrawn_by_its_row() -> None:
    imported(edited("indigo-tote-s", 取り扱い="終了"))

    assert of("indigo-tote-s").withdrawn


def test_a_file_that_is_no_longer_true_is_refused_whole() -> None:
    one = checked(edited("chasen", 在庫="48"))
    with transaction():
        stock.take({of("chasen").id: 49})

    import_job.approve(one.id)
    import_job.carry_out(one.id)

    assert found(one.id).state == import_job.ImportState.REFUSED
    assert of("chasen").available == 1


def test_a_plan_of_yesterday_is_not_written() -> None:
    sheet = parser.read(file(GOOD))
    plan = diff.plan(sheet, current.load(), lambda _done: None)
    with transaction():
        db.session.execute(sa.update(Product).values(version=Product.version + 1))

    with pytest.raises(Changed), transaction():
        apply.write(plan)

    assert queries.find("new-tin") is None


def test_of_two_who_press_one_imports() -> None:
    one = checked(file(GOOD))

    assert [import_job.approve(one.id), import_job.approve(one.id)] == [True, False]


def test_a_worker_that_died_while_indexing_goes_on() -> None:
    one = checked(file(GOOD, "other,別の缶,tea,8,公開,other,1,1"))
    import_job.approve(one.id)
    import_job._write(found(one.id))
    assert found(one.id).state == import_job.ImportState.INDEXING

    import_job.carry_out(one.id)

    assert [card.slug for card in product_search.search("別の缶", 1).page.products] == ["other"]
    assert found(one.id).state == import_job.ImportState.DONE


def test_faults_are_told_in_the_language_of_the_person() -> None:
    japanese, english = (checked(file("x"), locale).faults[0]["what"] for locale in ("ja", "en"))

    assert japanese
    assert english


def test_a_file_of_too_many_rows_is_refused() -> None:
    lines = [f"tin-{n},1" for n in range(parser.MOST_ROWS + 1)]

    assert [one["what"] for one in checked(file(*lines, header="SKU,在庫")).faults] == [
        "行が多すぎます"
    ]


def test_progress_is_told_while_a_large_file_is_checked() -> None:
    told: list[int] = []
    sheet = parser.read(file(*[f"t-{n},缶,tea,8,,t-{n},1,1" for n in range(3000)]))

    diff.plan(sheet, current.load(), told.append)

    assert len(told) == 3
    assert told == sorted(told)


def test_a_field_of_the_rules_has_a_column() -> None:
    from storefront.catalogue.csv.columns import COLUMNS

    of_product = {one.name for one in COLUMNS if one.of_product}
    of_variant = {one.name for one in COLUMNS if not one.of_product}

    assert set(fields.PRODUCT) <= of_product
    assert set(fields.VARIANT) <= of_variant
