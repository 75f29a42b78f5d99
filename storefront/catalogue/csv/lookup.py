"""What the cells of a row mean for the catalogue as it stands: codes, category and pieces in
stock."""

from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _

from storefront.catalogue import stocktaking
from storefront.catalogue.csv import cells
from storefront.catalogue.csv.columns import CATEGORY, SEEN, SKU, SLUG, STOCK, Column
from storefront.catalogue.csv.current import Stored, StoredVariant
from storefront.catalogue.csv.parser import Row, RowFault, Sheet
from storefront.catalogue.products import fields
from storefront.catalogue.products.fields import Wrong
from storefront.catalogue.stocktaking import Shown

ABSENT: Any = object()


class UnknownNote(Wrong):
    """The cell beside the stock does not hold what an export writes there."""


@dataclass(frozen=True)
class Cells:
    """Reads the cells of one file. A cell that holds no value adds to faults and reads as
    ABSENT."""

    sheet: Sheet
    stored: Stored
    faults: list[RowFault]

    def fault(self, row: Row, column: Column, wrong: Wrong) -> None:
        """Note what is wrong with a cell, by the row's number and the column's title in this
        file."""
        title = self.sheet.headers.get(column.key, column.ja)
        cell = row.cells.get(column.key, "")[:80]
        self.faults.append(RowFault(row.number, title, cell, wrong.what, wrong.todo))

    def text(self, row: Row, column: Column) -> str:
        """The cell's text as a person meant it; raises Wrong."""
        return cells.cleaned(self.sheet.encoding.meant(row.cells.get(column.key, "")))

    def is_as(self, row: Row, column: Column, written: str) -> bool:
        """Whether the cell is what an export of this text would hold."""
        return row.cells[column.key] == self.sheet.encoding.image(cells.covered(written))

    def value(self, row: Row, column: Column, now: Any = ABSENT) -> Any:
        """The column's value, or ABSENT with a fault; a cell that says what stands there now is not
        checked."""
        if now is not ABSENT and self.is_as(row, column, column.field.write(now)):
            return now
        try:
            return column.field.read(self.text(row, column))
        except Wrong as wrong:
            self.fault(row, column, wrong)
            return ABSENT

    def category(self, row: Row) -> int:
        """The id of the category that the cell names by code or name; raises Wrong where it is none
        or several."""
        name = self.text(row, CATEGORY)
        found = self.stored.categories.get(name, set()) if name else set()
        if len(found) != 1:
            what = (
                _("同じ名前のカテゴリーが複数あります")
                if found
                else _("このカテゴリーはありません")
            )
            raise Wrong(what, _("カテゴリーのコードか名前を入力するか、先に登録してください"))
        return next(iter(found))

    def sku(self, row: Row) -> str:
        """The row's SKU; raises Wrong, naming the SKU that is meant where a spreadsheet has dropped
        its zeros."""
        text = normalize("NFKC", self.text(row, SKU))
        if text in self.stored.owners:
            return text
        self._whole(text, self.stored.zeroless_skus)
        return fields.sku(text)

    def slug(self, row: Row, sku: str) -> str:
        """The product's code; an empty cell means the product that has the row's SKU. Raises
        Wrong."""
        text = normalize("NFKC", self.text(row, SLUG))
        text = text or self.stored.owners.get(sku, "")
        if text in self.stored.withdrawn:
            what = _("この商品(%(code)s)は販売を終了しています", code=text)
            raise Wrong(what, _("この行を消すか、別の商品コードとSKUにしてください"))
        if text in self.stored.products:
            return text
        self._whole(text, self.stored.zeroless_slugs)
        return fields.slug(text)

    def stock(self, row: Row, variant: StoredVariant | None) -> tuple[Shown | None, int]:
        """The stock that the row was exported with, None where it does not say, and the pieces that
        it asks for; raises Wrong."""
        wanted = fields.pieces(self.text(row, STOCK))
        note = self.text(row, SEEN)
        if variant is None or not note:
            return (variant.seen if variant else None), wanted
        seen = stocktaking.read(note)
        if seen is None:
            todo = _("書き出したままにするか、空にしてください")
            raise UnknownNote(_("「在庫の控え」を読み取れません"), todo)
        if wanted == seen.available:
            return seen, wanted
        if seen.stocktakes != variant.seen.stocktakes:
            raise Wrong(_("書き出したあとに、ほかの人が在庫を変えました"), self._anew(variant))
        if variant.seen.available + wanted < seen.available:
            raise Wrong(_("書き出したあとに、それより多く売れました"), self._anew(variant))
        return seen, wanted

    def _anew(self, variant: StoredVariant) -> str:
        left = variant.seen.available
        return _("今は%(n)s点です。書き出しなおすか、「在庫の控え」を空にしてください", n=left)

    def _whole(self, text: str, zeroless: dict[str, str]) -> None:
        if text in zeroless:
            what = _("先頭の0が消えています")
            raise Wrong(what, _("「%(code)s」ではありませんか", code=zeroless[text]))
