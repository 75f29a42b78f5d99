"""Draws logo.png beside a logo.svg, for mail programs, which show no SVG; notes in it which logo it
was drawn from."""

import argparse
import hashlib
import io
from pathlib import Path

from PIL import Image, PngImagePlugin
from playwright.sync_api import sync_playwright

LOGO = Path(__file__).parents[1] / "storefront/static/img/logo.svg"
SIDE = 160  # pixels: four for each that a mail shows it by
DRAWN_FROM = "Drawn-From"  # the name of the note: SHA-256 of the SVG


def draw(svg: bytes, chromium: str) -> bytes:
    """The drawing on nothing, so that it lies on light and dark grounds alike."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": SIDE, "height": SIDE})
        page.set_content(
            f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg.decode()}"
        )
        page.evaluate(
            "side => { const it = document.querySelector('svg');"
            " it.setAttribute('width', side); it.setAttribute('height', side); }",
            SIDE,
        )
        picture = page.screenshot(omit_background=True)
        browser.close()
    return _noted(picture, hashlib.sha256(svg).hexdigest())


def _noted(picture: bytes, digest: str) -> bytes:
    note, whole = PngImagePlugin.PngInfo(), io.BytesIO()
    note.add_text(DRAWN_FROM, digest)
    Image.open(io.BytesIO(picture)).save(whole, "PNG", optimize=True, pnginfo=note)
    return whole.getvalue()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("svg", nargs="?", type=Path, default=LOGO)
    options.add_argument("--chromium", default="/usr/bin/chromium")
    chosen = options.parse_args()
    target = chosen.svg.with_suffix(".png")
    target.write_bytes(draw(chosen.svg.read_bytes(), chosen.chromium))
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
