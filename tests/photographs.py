"""Photographs as cameras and people make them."""

import io
import struct
import zlib
from functools import cache
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


@cache
def vast_png(width: int, height: int) -> bytes:
    """A few kilobytes that are so many black pixels."""
    packer = zlib.compressobj()
    rows = [packer.compress(bytes(1 + 3 * width)) for _ in range(height)]
    packed = b"".join([*rows, packer.flush()])
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR" + head, b"IDAT" + packed, b"IEND")
    written = (
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)
