"""One row of the menu at the side."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

SETTINGS = _l("店舗設定")


@dataclass(frozen=True)
class Entry:
    """area equals here_area of its pages, which highlights the row; group is the heading above it,
    empty for the rows on top."""

    area: str
    words: object
    endpoint: str
    group: object = ""
    is_owners: bool = False
