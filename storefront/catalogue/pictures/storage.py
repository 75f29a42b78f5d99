"""The folder of uploaded pictures, whose names are digests of what they hold."""

import re
import secrets
from pathlib import Path

from flask import current_app

from storefront.catalogue.pictures import image_processing
from storefront.catalogue.pictures.image_processing import WRITTEN, Photograph
from storefront.core import private_files

FOLDER = "media"
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
NAME = re.compile(rf"[0-9a-f]{{32}}-\d{{1,4}}\.({'|'.join(WRITTEN)})")
UPLOADED = re.compile(rf"{FOLDER}/([0-9a-f]{{32}})-(\d{{1,4}})")


def folder() -> Path:
    return Path(current_app.instance_path) / FOLDER


def keep(photograph: Photograph) -> str:
    """Written aside and renamed, so that no process ever sees half a file; gives Picture.file."""
    private_files.folder(folder())
    for ending, content in photograph.files.items():
        path = folder() / f"{photograph.digest}-{ending}"
        if not path.exists():
            aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            private_files.file(aside).write_bytes(content)
            aside.rename(path)
    return f"{FOLDER}/{photograph.name}"


def forget(file: str) -> None:
    """What nobody shows any more is deleted."""
    if found := UPLOADED.fullmatch(file):
        for path in folder().glob(f"{found[1]}-*"):
            path.unlink(missing_ok=True)


def is_uploaded(file: str) -> bool:
    return UPLOADED.fullmatch(file or "") is not None


def sizes(file: str) -> list[int]:
    """The widths in which an uploaded picture is there."""
    found = UPLOADED.fullmatch(file)
    return image_processing.widths(int(found[2])) if found else []


def file_name(file: str, width: int, ending: str) -> str:
    found = UPLOADED.fullmatch(file)
    return f"{found[1]}-{width}.{ending}" if found else ""


def url(file: str, shown: int, ending: str) -> str:
    """The address of the smallest that is wide enough for so many pixels, or of the widest."""
    there = sizes(file)
    width = next((one for one in there if one >= shown), there[-1])
    return f"/{FOLDER}/{file_name(file, width, ending)}"


def largest_url(file: str) -> str:
    """The address of the widest that there is, in the form that every browser takes."""
    return url(file, image_processing.WIDTHS[-1], "jpg")


def source_set(file: str, ending: str) -> str:
    """All widths of an uploaded picture, for srcset."""
    return ", ".join(f"/{FOLDER}/{file_name(file, one, ending)} {one}w" for one in sizes(file))
