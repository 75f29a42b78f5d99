"""Static files under addresses that change with their content, compressed once."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import rjsmin
from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from storefront.web import stylesheets

SOURCE = Path(__file__).parents[1] / "static"
SCRIPTS = SOURCE / "js"
COMPRESSOR = Compressor(quiet=True)
SHEETS = {"css/site.css": stylesheets.SITE, "css/admin.css": stylesheets.ADMIN}
KIT = {"css/design.css": stylesheets.DESIGN}
KITS_OWN = "js/design"  # what the names of its scripts begin with


class Assets:
    """Writes each file as name.digest.ext into a folder of its own and knows its address.

    has_kit: whether the designers' kit is there, which needs files of its own.
    """

    def __init__(self, target: Path, watch: bool, has_kit: bool = True) -> None:
        self.target = target
        self.watch = watch
        self.has_kit = has_kit
        self.addresses: dict[str, str] = {}
        self.seen: float = 0.0

    def build(self) -> None:
        self.target.mkdir(parents=True, exist_ok=True)
        self.seen = self._changed_at()
        for name, sheets in {**SHEETS, **(KIT if self.has_kit else {})}.items():
            self._publish(name, self._stylesheet(sheets).encode())
        for path in sorted(SOURCE.rglob("*")):
            name = path.relative_to(SOURCE).as_posix()
            is_left_out = name.startswith(KITS_OWN) and not self.has_kit
            if path.is_file() and path.suffix != ".css" and not is_left_out:
                self._publish(name, self._content(path))

    def refresh(self) -> None:
        """In development a changed style shows at the next request."""
        if self.watch and self._changed_at() > self.seen:
            self.build()

    def url(self, name: str) -> str:
        return f"/static/{self.addresses[name]}"

    def _stylesheet(self, sheets: Sequence[str]) -> str:
        """In development as it was written, to be read in the browser's tools."""
        text = stylesheets.joined(sheets)
        return text if self.watch else stylesheets.compact(text)

    def _content(self, path: Path) -> bytes:
        """Our own scripts are read like the stylesheets; other people's came compact."""
        content = path.read_bytes()
        return content if self.watch or path.parent != SCRIPTS else rjsmin.jsmin(content)

    def _changed_at(self) -> float:
        return max(path.stat().st_mtime for path in SOURCE.rglob("*"))

    def _publish(self, name: str, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()[:12]
        stem, _, ending = name.rpartition(".")
        address = f"{stem}.{digest}.{ending}"
        self.addresses[name] = address
        path = self.target / address
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(content)
        part.rename(path)  # whole or not at all: another worker may build at the same time
        if COMPRESSOR.should_compress(name):  # a photograph is small as it is
            list(COMPRESSOR.compress(str(path)))


def init_app(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    watch = settings.storefront_env == "development"
    assets = Assets(Path(app.instance_path) / "static", watch, not settings.is_production)
    assets.build()
    app.extensions["assets"] = assets
    app.jinja_env.globals["static_url"] = assets.url
    if watch:
        app.before_request(assets.refresh)
    files: Any = WhiteNoise(
        app.wsgi_app,
        root=str(assets.target),
        prefix="static/",
        autorefresh=watch,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=_headers,
    )
    app.wsgi_app = files  # type: ignore[method-assign]  # Flask documents this way of wrapping


def _headers(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
