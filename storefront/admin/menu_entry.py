"""One row of the menu at the side."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

SETTINGS = _l("店舗設定")


@dataclass(frozen=True)
class Entry:
    """area is what a page of it says as here_area; group is a heading, empty on top."""

    area: str
    words: object
    endpoint: str
    group: object = ""
    is_owners: bool = False
