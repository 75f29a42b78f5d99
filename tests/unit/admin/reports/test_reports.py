"""The owner's reports: what is drawn, what the table says and what the file holds are the same."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

from storefront import create_app
from storefront.admin.reports import funnel_report
from storefront.admin.reports.routes import REPORTS as OF_SHOP
from storefront.core import clock
from storefront.core.calendar import Span
from storefront.core.extensions import db, transaction
from storefront.gallery.own_shop import hurry
from storefront.orders.models import OrderLine
from storefront.providers.yamato.admin.plugin import REPORTS as OF_YAMATO
from storefront.reports import dashboard
from storefront.sandbox import history
from storefront.testing.form_shopper import FormShopper
from tests.app_pool import close, copy_data, keep_templates, own_folder, settings
from tests.factories import an_order
from tests.markup import Element, parsed
from tests.statements import statements
from tests.unit.admin.conftest import Keeper, keeper

pytestmark = pytest.mark.web

DAYS, MOST = 45, 12
REPORTS = [*OF_SHOP, *OF_YAMATO]
EMPTY = "この期間の記録はありません。"
BOM = b"\xef\xbb\xbf"


@pytest.fixture(scope="module")
def past(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A shop of a month and a half; its tests only look at it."""
    folder = own_folder(seeded, tmp_path_factory.mktemp("past"))
    copy_data(seeded, folder)
    app = create_app(settings(folder))
    hurry(app)
    keep_templates(seeded, app)
    with app.app_context():
        with transaction():
            history.write(DAYS)
        yield app
        db.session.remove()
    close(app)


@pytest.fixture(scope="module")
def reader(past: Flask) -> Keeper:
    return keeper(past, "owner")


class Read(NamedTuple):
    """A part of a report as its page shows it."""

    section: Element
    heads: list[str]
    rows: list[list[str]]
    file: str


def read(page: str) -> list[Read]:
    sections = [one for one in parsed(page).all("section") if one.get("data-testid")]
    return [_read(one) for one in sections if one.all("table")]


def _read(section: Element) -> Read:
    rows = [[cell.text for cell in row.all("td")] for row in section.all("tr") if row.all("td")]
    links = [one["href"] for one in section.all("a") if ".csv" in one["href"]]
    return Read(section, [one.text for one in section.all("th")], rows, links[0])


def plain(cell: str) -> str:
    """A cell as the file has it: without unit and separators."""
    if cell == "–":
        return ""
    number = re.fullmatch(r"¥?([\d,.]+)(円|秒|%| s)?", cell)
    return number[1].replace(",", "") if number else cell


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["ja", "en"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_draws_lists_and_exports_the_same(past: Flask, name: str, prefix: str) -> None:
    visitor = keeper(past, "owner", prefix)
    with statements(past) as asked:
        answer = visitor.client.get(f"{prefix}/admin/reports/{name}")

    assert len(asked) <= MOST
    parts = read(answer.text)
    assert len(parts) == {"sales": 4, "funnel": 3, "texts": 2, "unpaid": 1, "fees": 2}[name]
    for part in parts:
        drawing = part.section.all("svg", role="img")[0]
        assert drawing.all("title")[0].text
        assert drawing.all("rect") or drawing.all("polyline")
        file = visitor.client.get(part.file)
        assert file.data.startswith(BOM)
        lines = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
        assert lines[0] == part.heads
        assert len(lines) == len(part.rows) + 1
        for line, row in zip(lines[1:], part.rows, strict=True):
            for there, here in zip(line, row, strict=True):
                share = here.endswith("%")
                assert (f"{float(there):.1%}" if share else there) == (
                    here if share else plain(here)
                )


def test_a_chart_is_as_long_as_its_figures(reader: Keeper) -> None:
    part = read(reader.client.get("/admin/reports/sales").text)[2]
    widths = [float(one["width"].rstrip("%")) for one in part.section.all("rect")]
    yen = [int(plain(row[2])) for row in part.rows[:-1]]

    assert len(widths) == len(yen)
    for width, value in zip(widths, yen, strict=True):
        assert width == pytest.approx(100 * value / max(yen), abs=0.01)


def test_whoever_stopped_or_ordered_had_come(past: Flask) -> None:
    span = Span(clock.today() - timedelta(days=DAYS), clock.today())
    steps, failures, switches = funnel_report.parts(span)

    came, stopped = int(str(steps.rows[0][1])), [int(str(row[2])) for row in steps.rows[:-1]]
    placed = int(str(steps.rows[-1][1]))
    assert came == placed + sum(stopped)
    assert all(row[1] == sum(map(int, map(str, row[2:]))) for row in failures.rows)
    assert sum(int(str(row[2])) for row in failures.rows) == sum(
        int(str(row[2])) for row in switches.rows
    )
    assert all(row[0] != row[1] for row in switches.rows)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("", 29, 0),
        ("?from=nonsense&to=", 29, 0),
        ("?to=9999-12-31", 29, 0),
        ("?from=%(three)s&to=%(nine)s", 9, 3),
        ("?from=%(nine)s&to=%(three)s", 9, 3),
        ("?from=0001-01-01", 400, 0),
    ],
)
def test_the_days_are_those_asked_for_as_far_as_they_make_sense(
    reader: Keeper, asked: str, first: int, last: int
) -> None:
    today = clock.today()
    days = {"three": today - timedelta(days=3), "nine": today - timedelta(days=9)}

    page = parsed(reader.client.get("/admin/reports/sales" + asked % days).text)

    assert page.one("input", id="from")["value"] == f"{today - timedelta(days=first)}"
    assert page.one("input", id="to")["value"] == f"{today - timedelta(days=last)}"


@pytest.mark.parametrize("asked", ["?to=0001-01-01", "?from=2001-02-03&to=2001-02-04"])
def test_days_without_trade_say_so_in_words(reader: Keeper, asked: str) -> None:
    for name in ("sales", "funnel", "texts"):
        page = reader.client.get(f"/admin/reports/{name}{asked}")

        assert page.status_code == 200
        assert EMPTY in page.text
        assert "<svg class" not in page.text.partition("<main")[2]


@pytest.mark.parametrize("month", ["", "nonsense", "9999-01", "0001-01", "2026-13"])
def test_any_month_may_be_asked_for(reader: Keeper, month: str) -> None:
    assert reader.client.get(f"/admin/reports/fees?month={month}&paper=letter").status_code == 200


def test_a_report_or_a_part_that_is_none_is_not_found(reader: Keeper) -> None:
    for path in ("nothing", "nothing/day.csv", "sales/nothing.csv"):
        assert reader.client.get(f"/admin/reports/{path}").status_code == 404


def test_what_staff_may_not_see_no_page_offers_them(staff: Keeper) -> None:
    assert staff.client.get("/admin/reports/sales").status_code == 403
    assert staff.client.get("/admin/reports/sales/day.csv").status_code == 403
    assert "/admin/reports" not in staff.client.get("/admin/").text


def test_a_name_that_looks_like_a_formula_is_text_in_the_file(owner: Keeper) -> None:
    name = '=HYPERLINK("https://evil.example")'
    line = OrderLine(variant_id=1, sku="x", name=name, option="", price=1, quantity=1, tax=1000)
    an_order(lines=[line])

    file = owner.client.get("/admin/reports/sales/product.csv").data.decode("utf-8-sig")

    assert not any(cell.startswith("=") for row in csv.reader(io.StringIO(file)) for cell in row)
    assert "HYPERLINK" in file


def test_the_first_page_shows_how_the_shop_stands(
    app: Flask, owner: Keeper, shopper: FormShopper
) -> None:
    shopper.put_in().answer("cod").press_confirm()
    an_order(payment_code="kuroneko_smartphone", payment_status="overdue", status="delivered")

    page = owner.client.get("/admin/").text
    today = parsed(page).by_testid("today")

    now = dashboard.today()
    figures = [one.text for one in today.all("b")]
    assert figures == ["2", "1", "1", "0", "0"]
    assert figures == [
        f"{one}"
        for one in (
            *(now.orders, now.to_ship, now.unpaid_overdue),
            *(now.owed_back, now.failed_texts),
        )
    ]
    for link in today.all("a"):
        assert owner.client.get(link["href"]).status_code == 200
