"""One cell of a CSV file: protected from being read as a formula in an export, freed of a
spreadsheet's changes in an import."""

import re

from flask_babel import gettext as _

from storefront.catalogue.products.fields import Wrong

FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r]")
COVERED = re.compile(rf"'{FORMULA.pattern}")
AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|#+)")


def covered(text: str) -> str:
    """The text as a cell: an apostrophe stands before what a spreadsheet would run as a formula
    (CSV injection)."""
    return f"'{text}" if FORMULA.match(text) else text


def uncovered(cell: str) -> str:
    """The text of a cell, without the apostrophe that covered() put there."""
    return cell[1:] if COVERED.match(cell) else cell


def cleaned(cell: str) -> str:
    """The text that a person meant by the cell; raises Wrong for what a spreadsheet writes in the
    place of a value, such as #REF! or 4.9E+12."""
    if COVERED.match(cell):
        return cell[1:].strip()
    as_text = AS_TEXT.fullmatch(cell.strip())
    plain = as_text[1].replace('""', '"') if as_text else cell
    if ERROR.fullmatch(plain.strip()):
        raise Wrong(_("表計算のエラーの値です"), _("もとの文字か数字を入力してください"))
    return plain.strip()
