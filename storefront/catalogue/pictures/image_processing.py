"""From a file that a person sent to the files that browsers show: checked, turned upright, in
several widths and formats."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any

from flask_babel import gettext as _
from PIL import Image, ImageCms, ImageOps

from storefront.catalogue.pictures import pixels
from storefront.catalogue.products.fields import Wrong

MOST_BYTES = 10 * 1024 * 1024
WIDTHS = (320, 640, 1280)
TALLEST = 2  # times the width: a long strip is no picture of a product
WRITTEN: dict[str, tuple[str, dict[str, Any]]] = {
    "avif": ("AVIF", {"quality": 60, "speed": 7}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}
ONE_AT_A_TIME = Lock()  # each may take a seventh of a gigabyte for a moment
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@dataclass(frozen=True)
class Photograph:
    """A picture's files by the ending of their names, such as 640.avif; width and height in pixels
    of the widest."""

    digest: str
    width: int
    height: int
    files: dict[str, bytes]

    @property
    def name(self) -> str:
        """The picture's name in the database and in addresses: digest and widest width."""
        return f"{self.digest}-{self.width}"


def develop(content: bytes) -> Photograph:
    """Make a picture's files out of its pixels alone, so that no metadata such as a place survives;
    raises Wrong."""
    if not content:
        raise Wrong(_("ファイルが空です"), _("写真のファイルを選んでください"))
    if len(content) > MOST_BYTES:
        raise Wrong(_("ファイルが大きすぎます"), _("10MBまでの写真を選んでください"))
    if content[4:8] == b"ftyp":
        todo = _(
            "JPEGで書き出した写真を選んでください。iPhoneは設定の「カメラ」の「フォーマット」を「互換性優先」にします"
        )
        raise Wrong(_("HEICなどの形式は使えません"), todo)
    with ONE_AT_A_TIME:
        picture = _plain(pixels.read(content))
        files = {f"{width}.{ending}": made for width, ending, made in _sizes(picture)}
    digest = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()[:32]
    widest = min(picture.width, WIDTHS[-1])
    return Photograph(digest, widest, _height(picture, widest), files)


def widths(widest: int) -> list[int]:
    """The widths in pixels to make, none wider than the picture itself."""
    return [*(width for width in WIDTHS if width < widest), widest]


def _plain(picture: Image.Image) -> Image.Image:
    """Upright, in the colours of the web, on white where it was clear; without its metadata."""
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    coloured = _in_srgb(upright, profile)
    plain = Image.new("RGB", coloured.size, "white")
    plain.paste(coloured, mask=coloured.getchannel("A") if coloured.mode == "RGBA" else None)
    if plain.height > TALLEST * plain.width:
        todo = _("縦が横の2倍までの写真を選んでください")
        raise Wrong(_("縦に長すぎます"), todo)
    return plain


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            found = ImageCms.profileToProfile(picture, source, SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):  # a profile that says nothing
            found = None
        if found is not None:
            return found
    return picture.convert(mode)


def _sizes(picture: Image.Image) -> Iterator[tuple[int, str, bytes]]:
    for width in widths(min(picture.width, WIDTHS[-1])):
        sized = picture.resize((width, _height(picture, width)), Image.Resampling.LANCZOS)
        for ending, (kind, options) in WRITTEN.items():
            made = io.BytesIO()
            sized.save(made, kind, **options)
            yield width, ending, made.getvalue()


def _height(picture: Image.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))
