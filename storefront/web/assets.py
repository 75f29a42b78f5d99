"""Static files under addresses that change with their content, compressed once."""

import hashlib
from difflib import get_close_matches
from pathlib import Path
from threading import Lock
from typing import Any

import rjsmin
from flask import Flask, current_app
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from storefront.config.settings import stop
from storefront.web import stylesheets, themes
from storefront.web.security_headers import resource_policy
from storefront.web.stylesheets import SheetFault, StyleSheet, Unusable
from storefront.web.themes import Theme

SOURCE = Path(__file__).parents[1] / "static"
SCRIPTS = SOURCE / "js"
COMPRESSOR = Compressor(quiet=True)
SITE = "css/site.css"
SHEETS = {SITE: stylesheets.SITE, "css/admin.css": stylesheets.ADMIN}
KIT = {"css/design.css": stylesheets.DESIGN}
KITS_OWN = "js/design"  # what the names of its scripts begin with
UNDRESSED = "css/undressed.css"  # the shop's own look, whatever the theme: the owner's side
FONTS = {".woff2", ".woff", ".ttf", ".otf"}
HEAVIEST_FONT = 120 * 1024  # bytes; a phone shows words in another font until it is there


class Assets:
    """Writes each file as name.digest.ext into a folder of its own and knows its address.

    A theme's files stand before the shop's of the same name, its sheets behind the shop's. has_kit:
    whether the designers' kit is there, which needs files of its own.
    """

    def __init__(
        self, target: Path, watch: bool, theme: Theme = themes.OWN, has_kit: bool = True
    ) -> None:
        self.target = target
        self.watch = watch
        self.has_kit = has_kit
        self.theme = theme
        self.addresses: dict[str, str] = {}
        self.seen: float = 0.0
        self.lock = Lock()

    def build(self) -> None:
        """Raises SheetFault, which names file and line of a sheet's mistake."""
        self.target.mkdir(parents=True, exist_ok=True)
        seen = self._changed_at()
        for name, path in sorted(self.files().items()):
            self._publish(name, self._content(path))
        sheets = self._sheets()
        for name, made_of in sheets.items():
            self._publish_sheet(name, made_of)
        if UNDRESSED not in sheets:
            self.addresses[UNDRESSED] = self.addresses[SITE]
        self.seen = seen  # only now: a mistake is told at every request until it is mended

    def _sheets(self) -> dict[str, list[StyleSheet]]:
        """What each joined sheet is made of; the undressed one only where a theme dresses the
        shop."""
        names = {**SHEETS, **(KIT if self.has_kit else {})}
        made = {name: stylesheets.own(sheets) for name, sheets in names.items()}
        if dressing := _dressing(self.theme):
            made[UNDRESSED] = made[SITE]
            made[SITE] = [*made[SITE], *dressing]
        return made

    def files(self) -> dict[str, Path]:
        """What is published as it is, by its name: everything but the sheets."""
        there = {
            path.relative_to(folder).as_posix(): path
            for folder in self._folders()
            for path in folder.rglob("*")
            if path.is_file() and path.suffix != ".css" and not path.name.startswith(".")
        }
        is_kits = () if self.has_kit else (KITS_OWN,)
        return {name: path for name, path in there.items() if not name.startswith(is_kits)}

    def refresh(self) -> None:
        """In development a changed style shows at the next request."""
        with self.lock:
            if self.watch and self._changed_at() > self.seen:
                self.build()

    def url(self, name: str) -> str:
        return f"/static/{self.addresses[name]}"

    def _folders(self) -> list[Path]:
        return [SOURCE, self.theme.static] if self.theme.static else [SOURCE]

    def _publish_sheet(self, name: str, sheets: list[StyleSheet]) -> None:
        """In development as it was written, to be read in the browser's tools."""
        text = stylesheets.joined(sheets, self._address)
        self._publish(name, (text if self.watch else stylesheets.compact(text)).encode())

    def _address(self, file: str) -> str:
        """The address of a file that a sheet names; raises Unusable."""
        if file not in self.addresses:
            near = get_close_matches(file, self.addresses, n=1, cutoff=0.4)
            hint = f"; did you mean {near[0]}?" if near else ""
            places = " or ".join(str(folder) for folder in reversed(self._folders()))
            raise Unusable(f"there is no such file in {places}{hint}")
        published = self.target / self.addresses[file]
        weight = published.stat().st_size
        if published.suffix in FONTS and weight > HEAVIEST_FONT:
            most = HEAVIEST_FONT // 1024
            raise Unusable(f"weighs {weight / 1024:.0f} KB, a font {most} at most: take a subset")
        return self.url(file)

    def _content(self, path: Path) -> bytes:
        """Our own scripts are read like the stylesheets; other people's came compact."""
        content = path.read_bytes()
        return content if self.watch or path.parent != SCRIPTS else rjsmin.jsmin(content)

    def _changed_at(self) -> float:
        folders = [SOURCE, *([self.theme.folder] if self.theme.folder else [])]
        return max(path.stat().st_mtime for one in folders for path in one.rglob("*"))

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
        if not self.watch and COMPRESSOR.should_compress(name):  # a photograph is small as it is
            list(COMPRESSOR.compress(str(path)))


def _dressing(theme: Theme) -> list[StyleSheet]:
    """A theme's tokens count instead of the shop's; its rules come after every layer of ours."""
    named = [(theme.tokens, ""), (theme.styles, "theme")]
    return [StyleSheet(path, layer) for path, layer in named if path]


def current() -> Assets:
    """Those of what is answered now."""
    built: Assets = current_app.extensions["assets"]
    return built


def url(name: str) -> str:
    """Raises KeyError where no file has the name."""
    return current().url(name)


def init_app(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    watch = settings.storefront_env == "development"
    folder, theme = Path(app.instance_path) / "static", app.extensions["theme"]
    assets = Assets(folder, watch, theme, has_kit=not settings.is_production)
    try:
        assets.build()
    except SheetFault as fault:
        stop([f"STOREFRONT_THEME: {fault}" if assets.theme.name else str(fault)])
    app.extensions["assets"] = assets
    app.jinja_env.globals["static_url"] = url
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


def _headers(headers: Any, path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = resource_policy(path)
