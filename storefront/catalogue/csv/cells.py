"""One cell: kept from being a formula on the way out, freed of a spreadsheet's habits on the way
in."""

import re

from flask_babel import gettext as _

from storefront.catalogue.products.fields import Wrong

FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r]")
COVERED = re.compile(rf"'{FORMULA.pattern}")
AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|#+)")


def covered(text: str) -> str:
    """What would be a formula begins with an apostrophe, which uncovered takes away again."""
    return f"'{text}" if FORMULA.match(text) else text


def uncovered(cell: str) -> str:
    return cell[1:] if COVERED.match(cell) else cell


def cleaned(cell: str) -> str:
    """The text that a person meant; raises Wrong for what a spreadsheet shows instead of one."""
    if COVERED.match(cell):
        return cell[1:].strip()
    as_text = AS_TEXT.fullmatch(cell.strip())
    plain = as_text[1].replace('""', '"') if as_text else cell
    if ERROR.fullmatch(plain.strip()):
        raise Wrong(_("表計算のエラーの値です"), _("もとの文字か数字を入力してください"))
    return plain.strip()
