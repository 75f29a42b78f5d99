"""The encoding of a CSV file: UTF-8, or the Shift_JIS of Windows (cp932), which lacks many
characters."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from enum import StrEnum

from flask_babel import gettext as _

from storefront.catalogue.products.fields import Wrong

ESCAPED = re.compile(r"&#(\d{1,7});")


class Encoding(StrEnum):
    """The two encodings that spreadsheets in Japan read and write."""

    UTF8 = "utf-8"
    CP932 = "cp932"

    def bytes_of(self, text: str) -> bytes:
        """What Shift_JIS lacks is written by its number, as HTML does it: &#128512;"""
        if self is Encoding.UTF8:
            return text.encode("utf-8", "replace")
        return text.replace("&#", "&#38;#").encode("cp932", "xmlcharrefreplace")

    def image(self, text: str) -> str:
        """The cell's text as it reads after a file was written and read again; cp932 changes some
        dashes."""
        lines = text.replace("\r\n", "\n")
        return lines if self is Encoding.UTF8 else self.bytes_of(lines).decode("cp932")

    def meant(self, cell: str) -> str:
        """The text with characters put back that bytes_of wrote by their numbers."""
        return cell if self is Encoding.UTF8 else ESCAPED.sub(_character, cell)


BOMS = {Encoding.UTF8: BOM_UTF8, Encoding.CP932: b""}
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def decode(content: bytes) -> tuple[str, Encoding]:
    """The text of a file and the encoding it was found to be in; raises Wrong for a file in another
    one."""
    if content.startswith(WORKBOOKS):
        todo = _("「名前を付けて保存」で「CSV UTF-8」を選び、そのファイルを送ってください")
        raise Wrong(_("CSVではなく、Excelのブックです"), todo)
    codecs = [("utf-8-sig", Encoding.UTF8), ("cp932", Encoding.CP932)]
    if content.isascii():  # an export in UTF-8 has its mark
        codecs = [("ascii", Encoding.CP932)]
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        codecs = [("utf-16", Encoding.UTF8)]
    for codec, encoding in codecs:
        try:
            return content.decode(codec), encoding
        except UnicodeDecodeError:
            continue
    raise Wrong(_("文字を読み取れません"), _("UTF-8かShift_JISのCSVで保存してください"))


def _character(escaped: re.Match[str]) -> str:
    number = int(escaped[1])
    is_one = number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if is_one else escaped[0]
