"""Saved is seen: a stream of what was saved, and the script that shows it in pages that are open.

In development alone, whose server has a thread for each request and no pool of them.
"""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, g, request, url_for
from flask.typing import ResponseReturnValue
from jinja2 import BaseLoader, ChoiceLoader
from markupsafe import Markup
from sqlalchemy.orm.exc import DetachedInstanceError

from storefront.core.extensions import limiter
from storefront.design import mistake_page, mistakes, renderings, styles, words
from storefront.design.changes import PAGE, STYLES, Changes, Kinds
from storefront.design.mistakes import Mistake
from storefront.web import stylesheets
from storefront.web.stylesheets import SheetFault

PACKAGE = Path(__file__).parents[1]
TEMPLATES = {".html", ".txt", ".xml"}
CATALOGUE = "messages.po"
MOST = 48  # streams at once; a tab that is out of sight has none
SIGN = 1.0  # seconds after which a stream says that it is there, and learns who has gone
FRAMES = {"design.frame", "design.component"}
RETRY = 300  # milliseconds after which a browser asks again, while the shop starts anew
SCRIPT = Markup(
    '<script src="{}" data-changes="{}" data-again="{}" data-seen="{}" data-kept="{}"'
    ' data-look="{}" defer></script>'
)

live = Blueprint(
    "live", __name__, url_prefix="/design", static_folder="static", static_url_path="/static"
)


class Standing:
    """What is wrong in styles and words, which no page needs to be asked for to know."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        theme: Path | None = app.extensions["theme"].folder
        self._sheets = [stylesheets.FOLDER, *([theme] if theme else [])]
        self._styles = styles.mistakes(*self._sheets)
        self._built: list[Mistake] = []
        self._templates = self._template_files()
        self._words: dict[Path, list[Mistake]] = {}
        self.streams = threading.BoundedSemaphore(MOST)

    @property
    def mistakes(self) -> list[Mistake]:
        words = [one for found in self._words.values() for one in found]
        return [*self._styles, *self._built, *words]

    def look_at(self, saved: set[Path]) -> None:
        """Before a change is told: pages that ask then find it."""
        if any(path.suffix == ".css" for path in saved):
            self._styles = styles.mistakes(*self._sheets)
        if self._templates != (files := self._template_files()):
            self._templates = files
            self._forget_templates()
        for path in saved:
            if path.name == CATALOGUE and path.exists():
                self._words[path] = words.compile_saved(self._app, path)
        if not self._styles:
            self._build()

    def _template_files(self) -> set[Path]:
        folders = template_folders(self._app.jinja_loader)
        return {
            path for folder in folders for path in folder.rglob("*") if path.suffix in TEMPLATES
        }

    def _forget_templates(self) -> None:
        """Jinja notices a changed file, but not a new one that goes before it."""
        if self._app.jinja_env.cache is not None:
            self._app.jinja_env.cache.clear()

    def _build(self) -> None:
        try:
            self._app.extensions["assets"].refresh()
            self._built = []
        except SheetFault as fault:
            self._built = [mistakes.of_sheet(fault)]


def init_app(app: Flask) -> None:
    limiter.exempt(live)
    app.register_blueprint(live)
    standing = Standing(app)
    app.extensions["design_standing"] = standing
    app.extensions["changes"] = Changes(_folders(app), standing.look_at)
    app.before_request(_begin)
    app.after_request(_bring_script)
    renderings.init_app(app)


def _folders(app: Flask) -> list[Path]:
    """The shop's own, the theme's, and those of templates that are elsewhere."""
    theme: Path | None = app.extensions["theme"].folder
    folders = [*template_folders(app.jinja_loader), *([theme] if theme else [])]
    return [PACKAGE, *(one for one in folders if not one.is_relative_to(PACKAGE))]


def template_folders(loader: BaseLoader | None) -> list[Path]:
    """Where a loader looks for templates, in its order."""
    if isinstance(loader, ChoiceLoader):
        return [folder for one in loader.loaders for folder in template_folders(one)]
    return [Path(one) for one in getattr(loader, "searchpath", [])]


@live.get("/changes")
def stream() -> ResponseReturnValue:
    """Server-sent events: a line for each batch that was saved since the version `seen`."""
    changes, standing = _changes(), _standing()
    if not standing.streams.acquire(blocking=False):
        abort(503)
    seen = request.headers.get("Last-Event-ID") or request.args.get("seen") or changes.version
    answer = Response(_events(_app(), seen), mimetype="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.call_on_close(standing.streams.release)
    return answer


@live.get("/again/<name>")
def show_again(name: str) -> ResponseReturnValue:
    """What answered a form, by the templates as they are now; 404 after another start."""
    try:
        html = renderings.again(_app(), name)
    except DetachedInstanceError:  # the template wants what was not read then
        abort(409)
    return html if html is not None else abort(404)


def _events(app: Flask, seen: str) -> Iterator[str]:
    changes: Changes = app.extensions["changes"]
    yield f"retry: {RETRY}\n\n"
    while True:
        version = changes.version
        if version != seen:
            yield _event(app, version, changes.since(seen))
            seen = version
        elif not changes.wait(seen, SIGN):
            yield ": here\n\n"


def _event(app: Flask, version: str, kinds: Kinds) -> str:
    addresses: dict[str, str] = app.extensions["assets"].addresses
    named = {one: None for name, one in addresses.items() if name.endswith(".css")}
    sheets = [f"/static/{one}" for one in named]
    is_wrong = bool(app.extensions["design_standing"].mistakes)
    told = {
        "version": version,
        "styles": sheets if STYLES in kinds else [],
        "page": PAGE in kinds or is_wrong,
        "wrong": is_wrong,
    }
    return f"id: {version}\ndata: {json.dumps(told)}\n\n"


def _begin() -> ResponseReturnValue | None:
    """The version is read before the page is made: what is saved meanwhile is told later."""
    changes = _changes()
    changes.start()
    g.design_seen = changes.version
    wrong = _standing().mistakes
    return mistake_page.page(wrong[0]) if wrong and _opens_a_page() else None


def _opens_a_page() -> bool:
    """A form is taken all the same: what it does is not to be lost for a style."""
    return request.method == "GET" and "text/html" in request.headers.get("Accept", "")


def _bring_script(response: Response) -> Response:
    """Into every whole page, whatever template it is of; frames are seen to by the page around."""
    if request.endpoint in FRAMES:
        return response
    if response.mimetype != "text/html" or response.is_streamed or response.direct_passthrough:
        return response
    html = response.get_data(as_text=True)
    if "</head>" in html and _script_address() not in html:
        again = response.headers.get(renderings.HEADER, "")
        tag = SCRIPT.format(
            _script_address(),
            _plain(url_for("live.stream")),
            _plain(url_for("live.show_again", name="NAME")),
            g.get("design_seen", ""),
            again,
            _plain(url_for("live.static", filename="mistake.css")),
        )
        response.set_data(html.replace("</head>", f"{tag}\n</head>", 1))
    return response


def _script_address() -> str:
    return _plain(url_for("live.static", filename="design.js"))


def _plain(address: str) -> str:
    """These addresses have no language."""
    return address.removeprefix("/en")


def _changes() -> Changes:
    changes: Changes = current_app.extensions["changes"]
    return changes


def _standing() -> Standing:
    standing: Standing = current_app.extensions["design_standing"]
    return standing


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined]
