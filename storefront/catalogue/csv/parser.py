"""A CSV file as rows of known columns, or the faults that keep it from being read."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from flask_babel import gettext as _

from storefront.catalogue.csv import columns, encoding
from storefront.catalogue.csv.columns import SKU, Column
from storefront.catalogue.csv.encoding import Encoding
from storefront.catalogue.products.fields import Wrong

MOST_ROWS = 20_000
LONGEST_CELL = 100_000  # characters


@dataclass(frozen=True)
class Row:
    """A row by its number as a spreadsheet counts, the title being 1, and its cells by the column's
    key, exactly as in the file."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class RowFault:
    """A fault for a person to mend: row, column and cell, what is wrong with it and what to do."""

    row: int
    column: str
    value: str
    what: str
    todo: str


@dataclass
class Sheet:
    """A file that was read; with faults its rows are not complete."""

    encoding: Encoding = Encoding.UTF8
    headers: dict[str, str] = field(default_factory=dict)  # key of a column to its title here
    rows: list[Row] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


def read(content: bytes) -> Sheet:
    """Read a file's bytes; what is wrong stands in the sheet's faults."""
    sheet = Sheet()
    try:
        text, sheet.encoding = encoding.decode(content)
        _read(text, sheet)
    except Wrong as wrong:
        sheet.faults.append(RowFault(1, "", "", wrong.what, wrong.todo))
    return sheet


def _read(text: str, sheet: Sheet) -> None:
    records = _records(text, sheet)
    titles = next(records, (1, []))[1]
    known = _known(titles, sheet)
    untitled = [not title.strip() for title in titles]
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(sheet.rows) == MOST_ROWS:
            todo = _("%(n)s行までのファイルに分けてください", n=f"{MOST_ROWS:,}")
            raise Wrong(_("行が多すぎます"), todo)
        sheet.rows.append(_row(number, cells, known, untitled, sheet))
    if not sheet.rows and not sheet.faults:
        raise Wrong(_("商品の行がありません"), _("2行目から商品を入力してください"))


def _records(text: str, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [cell.replace("\r\n", "\n") for cell in cells]
    except csv.Error:
        todo = _('引用符(")の閉じ忘れがないか、この行の近くを確かめてください')
        what = _("ここから先を読み取れません")
        sheet.faults.append(RowFault(number + 1, "", "", what, todo))


def _known(titles: list[str], sheet: Sheet) -> list[Column | None]:
    """The column at each place; None for one without title."""
    known: list[Column | None] = []
    for title in titles:
        column = columns.named(title)
        if column is None and title.strip():
            todo = _("見出しを直すか、列を消してください")
            sheet.faults.append(RowFault(1, title, title, _("知らない見出しです"), todo))
        elif column and column in known:
            todo = _("一方の列を消してください")
            sheet.faults.append(RowFault(1, title, title, _("同じ見出しが2つあります"), todo))
        known.append(column)
        if column:
            sheet.headers[column.key] = title.strip()
    if SKU not in known:
        todo = _("1行目に見出しを入力してください。書き出したファイルの1行目が見本です")
        raise Wrong(_("「SKU」の列がありません"), todo)
    return known


def _row(
    number: int, cells: list[str], known: list[Column | None], untitled: list[bool], sheet: Sheet
) -> Row:
    """Cells that a spreadsheet left out at the end are empty."""
    found = {one.key: "" for one in known if one}
    for column, cell in zip(known, cells, strict=False):
        if column:
            found[column.key] = cell
    beyond = [cell for cell, nobody in zip_longest(cells, untitled, fillvalue=True) if nobody]
    stray = [cell for cell in beyond if isinstance(cell, str) and cell.strip()]
    if stray:
        todo = _("1行目に見出しを付けるか、この値を消してください")
        what = _("見出しのない列に値があります")
        sheet.faults.append(RowFault(number, "", stray[0][:80], what, todo))
    return Row(number, found)
