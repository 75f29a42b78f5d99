"""Photographs as cameras and people make them."""

import io
from typing import Any

from PIL import Image


def photograph(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **options: Any) -> bytes:
    mode = options.pop("mode", "RGB")
    made = io.BytesIO()
    Image.new(mode, size, options.pop("colour", "tomato")).save(made, kind, **options)
    return made.getvalue()


def turned() -> bytes:
    """Wide in the file, but to be shown upright; with a place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation
    exif[0x010F] = "Secret camera"
    return photograph(size=(400, 200), exif=exif)
