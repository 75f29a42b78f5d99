"""Reading the pixels of an image file in little memory; an image with too many is refused by its
header, before it is decoded."""

import io

from flask_babel import gettext as _
from PIL import Image, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from storefront.catalogue.products.fields import Wrong

READ = ("JPEG", "PNG", "WEBP")
MOST_OF_JPEG = 60_000_000  # what the cameras of phones make, read at a fraction
MOST = 24_000_000  # of everything else, which is unpacked whole
MOST_BYTES_UNPACKED = 100_000_000
ENOUGH = 1280  # pixels of the shorter side, from which a fraction is still sharp
MOST_LEFT = 6_000_000  # of a picture once it is made smaller
AT_ONCE = 16_000_000  # of a JPEG's fraction
STRIP = 1_000_000  # pixels whose colours are turned at a time
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, MemoryError)

BYTES_OF_MODE = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}  # a pixel; every other takes 4
BYTES_OF_WEBP = 16  # its decoder keeps two frames, and hands over a third for the fourth

Image.MAX_IMAGE_PIXELS = 2 * MOST_OF_JPEG  # Pillow's own check, for what is opened elsewhere


def read(content: bytes) -> Image.Image:
    """The image, made smaller where it is larger than any page shows, with its colour profile and
    orientation. Raises Wrong."""
    try:
        picture: Image.Image = Image.open(io.BytesIO(content), formats=READ)
        _check_size(picture, content)
        if isinstance(picture, JpegImageFile):
            scale = _fraction(picture.width, picture.height)
            picture.draft(None, (picture.width // scale, picture.height // scale))
        return _smaller(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many(MOST) from bomb
    except UnidentifiedImageError as unknown:
        todo = _("JPEG、PNG、WebPの写真を選んでください")
        raise Wrong(_("写真として読み取れません"), todo) from unknown
    except BROKEN as broken:
        todo = _("もう一度書き出すか、別の写真を選んでください")
        raise Wrong(_("写真のファイルが壊れています"), todo) from broken


def _check_size(picture: Image.Image, content: bytes) -> None:
    """Nothing is unpacked yet. Raises Wrong, with the most that a file of this kind may have."""
    most = MOST_OF_JPEG if isinstance(picture, JpegImageFile) else MOST
    most = min(most, int(MOST_BYTES_UNPACKED / max(1e-9, _bytes_of_pixel(picture, content))))
    if picture.width * picture.height > most:
        raise _too_many(most)


def _bytes_of_pixel(picture: Image.Image, content: bytes) -> float:
    """What unpacking takes; nothing where a fraction is read as the file goes by."""
    if not isinstance(picture, JpegImageFile):
        known = BYTES_OF_WEBP if picture.format == "WEBP" else BYTES_OF_MODE.get(picture.mode, 4)
        return known
    if _comes_at_once(picture, content):
        return 0
    across, down = (max(layer[side] for layer in picture.layer) for side in (1, 2))
    return 2 * sum(layer[1] * layer[2] for layer in picture.layer) / (across * down)


def _comes_at_once(picture: JpegImageFile, content: bytes) -> bool:
    """Whether one scan holds all colours: else libjpeg keeps every coefficient until the last."""
    at = picture.fp.tell() if picture.fp else 0
    length = 6 + 2 * picture.layers  # of the head of such a scan, which was just read
    is_whole = content[at - length : at - length + 2] == length.to_bytes(2, "big")
    return is_whole and not picture.info.get("progressive")


def _fraction(width: int, height: int) -> int:
    """One eighth, a fourth, a half or all of it: the least that is sharp, and fits in memory."""
    sharp = [scale for scale in (8, 4, 2) if min(width, height) >= scale * ENOUGH]
    fits = [scale for scale in (1, 2, 4, 8) if width * height <= scale * scale * AT_ONCE]
    return max(sharp[0] if sharp else 1, fits[0])


def _smaller(picture: Image.Image) -> Image.Image:
    """In strips: turning the colours of the whole would take as much memory once more."""
    width, height = picture.size
    factor = max(1, min(width, height) // ENOUGH)
    while width * height > factor * factor * MOST_LEFT:
        factor += 1
    rows = factor * max(1, STRIP // (width * factor))
    mode = _mode_of(picture)
    small = Image.new(mode, (-(-width // factor), -(-height // factor)))
    picture.load()
    for top in range(0, height, rows):
        strip = picture.crop((0, top, width, min(height, top + rows)))
        small.paste(_coloured(strip, mode).reduce(factor), (0, top // factor))
    small.info = {name: told for name, told in picture.info.items() if name != "transparency"}
    return small


def _mode_of(picture: Image.Image) -> str:
    if picture.mode == "CMYK":
        return "CMYK"
    is_deep = picture.mode.startswith("I")  # what of it is clear is not known in eight bits
    return "RGBA" if picture.has_transparency_data and not is_deep else "RGB"


def _coloured(strip: Image.Image, mode: str) -> Image.Image:
    if strip.mode.startswith("I"):  # 16 bits a pixel, of which the upper eight are seen
        strip.info.pop("transparency", None)
        strip = strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return strip if strip.mode == mode else strip.convert(mode)


def _too_many(most: int) -> Wrong:
    largest = {"n": f"{most:,}", "jpeg": f"{MOST_OF_JPEG:,}"}
    todo = _("この種類の写真は%(n)s画素までです。JPEGなら%(jpeg)s画素まで使えます", **largest)
    return Wrong(_("画素が多すぎます"), todo)
