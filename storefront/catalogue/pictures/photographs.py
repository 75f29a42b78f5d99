"""Pictures as JPEG, for mail programs and for sites that share a page: these show neither SVG nor
AVIF."""

from pathlib import PurePosixPath

from flask import current_app

from storefront.catalogue.pictures import storage
from storefront.web import assets


def address(file: str, width: int) -> str:
    """The whole address of a JPEG at least so many pixels wide; empty where there is none.

    An uploaded picture has JPEGs. A picture of the demo shop is a drawing with a JPEG beside it.
    """
    base: str = current_app.config["SETTINGS"].base_url
    if storage.is_uploaded(file):
        return f"{base}{storage.url(file, width, 'jpg')}"
    built = assets.current()
    beside = PurePosixPath(file).with_suffix(".jpg").as_posix()
    return f"{base}{built.url(beside)}" if beside in built.addresses else ""
