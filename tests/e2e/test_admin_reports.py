"""The owner reads the reports of a shop that has some trade behind it, on a phone and at a desk."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, expect

from storefront.testing import OpenedShop, OwnerPage
from tests.behind_the_counter import REPORTS, write_history
from tests.e2e.marks import with_js
from tests.e2e.soundness import barriers, faults_of_layout, faults_of_structure

PHONE: ViewportSize = {"width": 320, "height": 700}
TABLET: ViewportSize = {"width": 610, "height": 900}
DESK: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="module", autouse=True)
def trade(new_for_each_file: None, shop: OpenedShop) -> None:
    write_history(shop.app, 40)


def test_the_owner_narrows_down_reads_and_takes_the_figures_along(owner_page: OwnerPage) -> None:
    owner_page.open("").follow("レポート").follow("売上")
    expect(owner_page.heading).to_have_text("売上")
    last = owner_page.page.get_by_label("いつまで").input_value()

    owner_page.fill("いつから", last).fill("いつまで", last).press("表示する")

    expect(owner_page.page.get_by_label("いつから")).to_have_value(last)
    expect(owner_page.see("report-day")).to_contain_text("この期間の記録はありません。")
    owner_page.open("/reports/sales")
    part = owner_page.see("report-day")
    expect(part.get_by_role("img")).to_have_accessible_name("日ごとの売上")
    expect(part.get_by_role("table")).not_to_be_visible()
    part.get_by_text("表で見る").click()
    expect(part.locator("tbody tr")).to_have_count(30)
    total = part.locator("tfoot td").nth(2).inner_text()
    with owner_page.page.expect_download() as download:
        part.get_by_role("link", name="CSVで書き出す").click()
    saved = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(saved)))
    assert len(rows) == 1 + 30 + 1
    assert f"{int(rows[-1][2]):,}円" == total


def test_what_is_unpaid_leads_to_the_orders(owner_page: OwnerPage) -> None:
    owner_page.open("/reports/unpaid")
    link = owner_page.see("report-age").get_by_role("row").nth(1).get_by_role("link").first

    link.click()

    assert "payment=" in owner_page.page.url
    expect(owner_page.main.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()


@with_js
@pytest.mark.parametrize(
    ("screen", "lang"),
    [(PHONE, "en"), (TABLET, "en"), (DESK, "ja")],
    ids=["phone-en", "tablet-en", "desk-ja"],
)
def test_every_report_with_figures_is_sound(owner_page: OwnerPage, screen: ViewportSize) -> None:
    faults = []
    for name in REPORTS:
        owner_page.open(f"/reports/{name}")
        page = owner_page.page
        expect(owner_page.main.get_by_role("img").first).to_be_visible()
        faults += [(name, one) for one in barriers(page, is_mail=False)]
        wide = faults_of_layout(page, screen["width"])
        if screen == TABLET:  # a wide table scrolls by itself, the page does not
            wide = [one for one in wide if one.endswith("pixels wide")]
        faults += [(name, one) for one in wide]
        faults += [(name, one) for one in faults_of_structure(page, is_mail=False)]

    assert faults == []
