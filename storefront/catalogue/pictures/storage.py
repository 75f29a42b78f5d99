"""The media folder of uploaded pictures; a file's name is a digest of its content."""

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
    """The media folder, inside the instance folder."""
    return Path(current_app.instance_path) / FOLDER


def keep(photograph: Photograph) -> str:
    """Write a picture's files and give the name that Picture.file keeps. Each file is written under
    another name and renamed, so that no process reads half of one."""
    private_files.folder(folder())
    for ending, content in photograph.files.items():
        path = folder() / f"{photograph.digest}-{ending}"
        if not path.exists():
            aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            private_files.file(aside).write_bytes(content)
            aside.rename(path)
    return f"{FOLDER}/{photograph.name}"


def forget(file: str) -> None:
    """Delete all files of an uploaded picture."""
    if found := UPLOADED.fullmatch(file):
        for path in folder().glob(f"{found[1]}-*"):
            path.unlink(missing_ok=True)


def is_uploaded(file: str) -> bool:
    """Whether the name is that of an uploaded picture, not of one of the static files."""
    return UPLOADED.fullmatch(file or "") is not None


def sizes(file: str) -> list[int]:
    """The widths in pixels that an uploaded picture has files of."""
    found = UPLOADED.fullmatch(file)
    return image_processing.widths(int(found[2])) if found else []


def file_name(file: str, width: int, ending: str) -> str:
    """The name of a file by width in pixels and ending; empty for a picture that was not
    uploaded."""
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
