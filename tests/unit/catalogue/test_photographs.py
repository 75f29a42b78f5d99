import io
import struct
import zlib

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from storefront.catalogue import media, photographs
from storefront.catalogue.fields import Wrong
from tests.photographs import photograph, turned

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
    made = photographs.develop(photograph(kind, (1500, 1000)))

    assert set(made.files) == {
        f"{width}.{ending}" for width in (320, 640, 1280) for ending in ("avif", "webp", "jpg")
    }
    assert (made.width, made.height) == (1280, 853)
    assert opened(made.files["640.avif"]).format == "AVIF"
    assert opened(made.files["640.avif"]).size == (640, 427)


def test_a_small_photograph_is_not_made_larger() -> None:
    made = photographs.develop(photograph(size=(400, 300)))

    assert media.sizes(f"media/{made.name}") == [320, 400]
    assert opened(made.files["400.jpg"]).size == (400, 300)


def test_a_photograph_stands_upright_and_keeps_nothing_of_its_camera() -> None:
    made = photographs.develop(turned())

    assert (made.width, made.height) == (200, 400)
    assert all(b"Secret" not in content for content in made.files.values())
    assert all(not opened(content).getexif() for content in made.files.values())


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_a_picture_of_any_mode_is_made_one_for_the_web(mode: str) -> None:
    colour = 0 if mode in {"P", "L", "1", "I;16"} else (0, 0, 0, 0)[: len(mode)]

    made = photographs.develop(photograph("PNG", mode=mode, colour=colour))

    assert opened(made.files["320.jpg"]).mode == "RGB"


def test_what_was_clear_is_white() -> None:
    made = photographs.develop(photograph("PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert opened(made.files["320.jpg"]).getpixel((5, 5)) == (255, 255, 255)


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
        (b"x" * (photographs.MOST_BYTES + 1), "ファイルが大きすぎます"),
    ],
    ids=["empty", "text", "gif", "svg", "heic", "cut", "cut-jpeg", "bomb", "strip", "large"],
)
def test_a_file_that_is_no_good_photograph_is_told_why(content: bytes, what: str) -> None:
    with pytest.raises(Wrong) as wrong:
        photographs.develop(content)

    assert wrong.value.what == what
    assert wrong.value.todo


def test_a_kept_photograph_is_served_for_ever_under_its_digest(
    app: Flask, client: FlaskClient
) -> None:
    file = media.keep(photographs.develop(photograph()))

    with client.get(media.url(file, 320, "webp")) as answer:
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
    first, second = (media.keep(photographs.develop(photograph())) for _ in range(2))

    assert first == second
    assert len(list(media.folder().iterdir())) == 6
    media.forget(first)
    assert list(media.folder().iterdir()) == []
