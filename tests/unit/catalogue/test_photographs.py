import io
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from storefront.catalogue.pictures import image_processing, storage
from storefront.catalogue.products.fields import Wrong
from tests.photographs import photograph, turned, vast_png

pytestmark = pytest.mark.usefixtures("app")


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def bomb() -> bytes:
    """A few bytes that say they are 100,000 × 100,000 pixels."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunks = [b"IHDR" + head, b"IDAT" + zlib.compress(b"0" * 90), b"IEND"]
    written = (
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_there_in_three_forms_and_every_width(kind: str) -> None:
    made = image_processing.develop(photograph(kind, (1500, 1000)))

    assert set(made.files) == {
        f"{width}.{ending}" for width in (320, 640, 1280) for ending in ("avif", "webp", "jpg")
    }
    assert (made.width, made.height) == (1280, 853)
    assert opened(made.files["640.avif"]).format == "AVIF"
    assert opened(made.files["640.avif"]).size == (640, 427)


def test_a_small_photograph_is_not_made_larger() -> None:
    made = image_processing.develop(photograph(size=(400, 300)))

    assert storage.sizes(f"media/{made.name}") == [320, 400]
    assert opened(made.files["400.jpg"]).size == (400, 300)


def test_a_photograph_stands_upright_and_keeps_nothing_of_its_camera() -> None:
    made = image_processing.develop(turned())

    assert (made.width, made.height) == (200, 400)
    assert all(b"Secret" not in content for content in made.files.values())
    assert all(not opened(content).getexif() for content in made.files.values())


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_a_picture_of_any_mode_is_made_one_for_the_web(mode: str) -> None:
    colour = 0 if mode in {"P", "L", "1", "I;16"} else (0, 0, 0, 0)[: len(mode)]

    made = image_processing.develop(photograph("PNG", mode=mode, colour=colour))

    assert opened(made.files["320.jpg"]).mode == "RGB"


def test_what_was_clear_is_white() -> None:
    made = image_processing.develop(photograph("PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert opened(made.files["320.jpg"]).getpixel((5, 5)) == (255, 255, 255)


def test_a_grey_picture_of_16_bits_is_as_grey_as_it_was() -> None:
    made = image_processing.develop(photograph("PNG", mode="I;16", colour=0x8000))

    grey = opened(made.files["320.webp"]).getpixel((5, 5))
    assert isinstance(grey, tuple)
    assert all(abs(one - 0x80) <= 2 for one in grey)


@pytest.mark.parametrize(
    ("content", "most"),
    [
        (lambda: vast_png(7700, 7700), "24,000,000画素"),
        (lambda: photograph("JPEG", (8000, 7600)), "60,000,000画素"),
        (
            lambda: photograph("JPEG", (5000, 5000), progressive=True, subsampling=0),
            "16,666,666画素",
        ),
        (lambda: photograph("WEBP", (2600, 2600)), "6,250,000画素"),
    ],
    ids=["png", "jpeg", "progressive", "webp"],
)
def test_too_many_pixels_are_told_with_the_most_of_that_kind(
    content: Callable[[], bytes], most: str
) -> None:
    with pytest.raises(Wrong) as wrong:
        image_processing.develop(content())

    assert wrong.value.what == "画素が多すぎます"
    assert f"この種類の写真は{most}まで" in wrong.value.todo


@pytest.mark.parametrize("size", [(7740, 7740), (30000, 1900)])
def test_a_jpeg_of_60_million_pixels_is_taken(size: tuple[int, int]) -> None:
    made = image_processing.develop(photograph("JPEG", size))

    assert (made.width, made.height) == (1280, round(size[1] * 1280 / size[0]))


MEASURED = """
import sys
from pathlib import Path
from flask import Flask
from flask_babel import Babel
from storefront.catalogue.pictures import image_processing as photographs
from storefront.catalogue.products.fields import Wrong

def most() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024

app = Flask("measured")
Babel(app)
with app.test_request_context():
    photographs.develop(Path(sys.argv[1], "small").read_bytes())
    before, refused = most(), 0
    for number in range(50):
        try:
            photographs.develop(Path(sys.argv[1], "vast").read_bytes())
        except Wrong:
            refused += 1
    photographs.develop(Path(sys.argv[1], "largest").read_bytes())
    print(refused, most() - before)
"""


def test_fifty_vast_pictures_and_the_largest_that_is_taken_cost_little_memory(
    tmp_path: Path,
) -> None:
    files = {
        "small": photograph(size=(1500, 1500)),
        "vast": vast_png(7700, 7700),
        "largest": vast_png(4898, 4898),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    command = [sys.executable, "-c", MEASURED, str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603

    refused, megabytes = map(int, told.stdout.split())
    assert refused == 50
    assert megabytes < 150


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "ファイルが空です"),
        (b"GIF89a not one", "写真として読み取れません"),
        (photograph("GIF"), "写真として読み取れません"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "写真として読み取れません"),
        (b"\x00\x00\x00\x18ftypheic....", "HEICなどの形式は使えません"),
        (photograph("PNG")[:-300], "写真のファイルが壊れています"),
        (photograph("JPEG", (900, 900), quality=95)[:3000], "写真のファイルが壊れています"),
        (bomb(), "画素が多すぎます"),
        (photograph(size=(10, 900)), "縦に長すぎます"),
        (b"x" * (image_processing.MOST_BYTES + 1), "ファイルが大きすぎます"),
    ],
    ids=["empty", "text", "gif", "svg", "heic", "cut", "cut-jpeg", "bomb", "strip", "large"],
)
def test_a_file_that_is_no_good_photograph_is_told_why(content: bytes, what: str) -> None:
    with pytest.raises(Wrong) as wrong:
        image_processing.develop(content)

    assert wrong.value.what == what
    assert wrong.value.todo


def test_a_kept_photograph_is_served_for_ever_under_its_digest(
    app: Flask, client: FlaskClient
) -> None:
    file = storage.keep(image_processing.develop(photograph()))

    with client.get(storage.url(file, 320, "webp")) as answer:
        assert opened(answer.data).format == "WEBP"

    assert answer.status_code == 200
    assert answer.mimetype == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "31536000" in answer.headers["Cache-Control"]
    assert client.get(f"/media/{'0' * 32}-320.jpg").status_code == 404
    assert client.get("/media/..%2fstorefront.sqlite3").status_code == 404
    assert client.get("/media/storefront.sqlite3").status_code == 404


def test_the_same_photograph_is_kept_once_and_no_half_of_one_stays() -> None:
    first, second = (storage.keep(image_processing.develop(photograph())) for _ in range(2))

    assert first == second
    assert len(list(storage.folder().iterdir())) == 6
    storage.forget(first)
    assert list(storage.folder().iterdir()) == []
