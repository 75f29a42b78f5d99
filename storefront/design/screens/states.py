"""/design/: every screen in every state, in frames beside each other, without ordering."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import product

from flask import Flask, Response, abort, current_app, request, send_from_directory
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from storefront.core.client_address import client_address
from storefront.design import bp
from storefront.design.screens import frames, listing, places
from storefront.design.screens.frames import PAPER, Look
from storefront.design.screens.kept_pages import KeptPages, Seen
from storefront.design.screens.listing import BY_SLUG, Sought
from storefront.design.screens.places import SourceLine
from storefront.gallery.arriving import LeadsElsewhere
from storefront.gallery.states import State
from storefront.web.assets import Assets
from storefront.web.i18n import plain_url_for
from storefront.web.rendering import page

LANGUAGES = {"ja": "日本語", "en": "English"}
SCHEMES = {"light": "明 Light", "dark": "暗 Dark"}
SIZES = {"390": 844, "320": 640, "1280": 900}  # the height of a frame in pixels, by its width
A4 = "794"  # the width of a sheet of paper in pixels
SCALES = {"46": "46%", "70": "70%", "100": "100%"}
SMALL = "46"  # at which the three sizes stand beside each other on a desk
ON_PAPER = ("orders.", "admin.orders.")  # screens that are printed, too


@dataclass(frozen=True)
class Frame:
    """One view of a state."""

    look: Look
    width: str
    address: str
    title: str


@dataclass(frozen=True)
class Chosen:
    """What a visitor wants to see side by side; nothing chosen means all of it."""

    languages: tuple[str, ...]
    schemes: tuple[str, ...]
    sizes: tuple[str, ...]
    scale: str

    @property
    def query(self) -> dict[str, list[str]]:
        given = {"lang": self.languages, "scheme": self.schemes, "size": self.sizes}
        count = {"lang": len(LANGUAGES), "scheme": len(SCHEMES), "size": len(SIZES)}
        some = {name: list(its) for name, its in given.items() if len(its) < count[name]}
        return some | ({} if self.scale == SMALL else {"scale": [self.scale]})


DOORS = (
    ("design.index", "画面", "States"),
    ("design.components", "部品", "Components"),
    ("design.show_tokens", "トークン", "Tokens"),
    ("design.mails", "メール", "Mails"),
    ("design.words", "言葉", "Words"),
    ("sandbox.panel", "操作パネル", "Sandbox"),
    ("catalogue.home", "お店", "Shop"),
)


def init_app(app: Flask) -> None:
    app.extensions["design_pages"] = KeptPages(app)
    app.jinja_env.globals["design_doors"] = lambda: [
        one for one in DOORS if one[0] in app.view_functions
    ]


@bp.get("/")
def index() -> ResponseReturnValue:
    """Every state, by part and by screen, and what is sought among them."""
    sought = _sought()
    return page(
        "design/index.html",
        sought=sought,
        query=sought.query,
        groups=sought.by_part(),
        parts=_parts(),
        count=len(listing.ALL),
        has_pictures=request.args.get("as") == "pictures",
        look_of=listing.look_of,
        searched=listing.searched,
    )


@bp.get("/screens/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """One state in frames of every size, scheme and language."""
    state, sought, chosen = _known(slug), _sought(), _chosen(request.args)
    if "anew" in request.args:
        _kept().forget(slug)
    before, after = listing.neighbours(sought.states(), slug)
    templates, why = _templates(state, chosen.languages[0])
    return page(
        "design/state.html",
        state=state,
        query={**sought.query, **chosen.query},
        templates=templates,
        why=why,
        before=before,
        after=after,
        sought=sought,
        groups=sought.by_screen(),
        chosen=chosen,
        choices={"lang": LANGUAGES, "scheme": SCHEMES, "size": dict.fromkeys(SIZES)},
        scales=SCALES,
        rows=_rows(state, chosen),
        paper=_paper(state, chosen),
        recipe=places.recipe(state),
        look_of=listing.look_of,
        searched=listing.searched,
    )


@bp.get("/states/<slug>")
def frame(slug: str) -> ResponseReturnValue:
    """The page of a state as it was answered to a guest of its own; nobody's cookies change."""
    state = _known(slug)
    language = request.args.get("lang", "ja")
    scheme = request.args.get("scheme", "light")
    if language not in LANGUAGES or scheme not in (*frames.SCHEMES, PAPER):
        abort(404)
    try:
        seen = _see(state, language)
    except LeadsElsewhere as why:
        if why.page is not None and why.page.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            return frames.page(why.page.html, scheme), why.page.status  # a template's mistake
        return page("design/elsewhere.html", 409, why=str(why))
    answer = Response(frames.page(seen.page.html, scheme), content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = frames.policy(seen.page.is_mail)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/sheets/<scheme>/<path:name>")
def frame_sheet(scheme: str, name: str) -> ResponseReturnValue:
    """A style sheet of the shop in one scheme; what it names beside it is where it always is."""
    assets: Assets = current_app.extensions["assets"]
    if scheme not in (*frames.SCHEMES, PAPER) or name not in assets.addresses.values():
        abort(404)
    if not name.endswith(".css"):
        return send_from_directory(assets.target, name)
    css = frames.sheet((assets.target / name).read_text(encoding="utf-8"), scheme)
    margin = frames.MARGIN if scheme == PAPER else ""
    answer = Response(css + margin, content_type="text/css; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def _known(slug: str) -> State:
    return BY_SLUG.get(slug) or abort(404)


def _sought() -> Sought:
    return Sought(request.args.get("q", "").strip(), request.args.get("part", ""))


def _chosen(given: MultiDict[str, str]) -> Chosen:
    def some(name: str, known: Mapping[str, object]) -> tuple[str, ...]:
        return tuple(one for one in known if one in given.getlist(name)) or tuple(known)

    scale = given.get("scale", SMALL)
    return Chosen(
        some("lang", LANGUAGES),
        some("scheme", SCHEMES),
        some("size", SIZES),
        scale if scale in SCALES else SMALL,
    )


def _rows(state: State, chosen: Chosen) -> list[list[Frame]]:
    """The sizes beside each other, a row a language and scheme."""
    looks = [Look(*one) for one in product(chosen.languages, chosen.schemes)]
    return [[_frame(state, look, size) for size in chosen.sizes] for look in looks]


def _paper(state: State, chosen: Chosen) -> list[Frame]:
    """The sheets of what is printed."""
    if not state.screen.startswith(ON_PAPER):
        return []
    return [_frame(state, Look(language, PAPER), A4) for language in chosen.languages]


def _frame(state: State, look: Look, width: str) -> Frame:
    query = {"lang": look.language, "scheme": look.scheme}
    address = plain_url_for("design.frame", slug=state.slug, **query)
    scheme = SCHEMES.get(look.scheme, "紙 Paper")
    return Frame(look, width, address, f"{LANGUAGES[look.language]} · {scheme} · {width}")


def _templates(state: State, language: str) -> tuple[list[SourceLine], str]:
    """The files of a state, or why the shop does not lead there."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        return places.templates(app, _see(state, language).template), ""
    except LeadsElsewhere as why:
        return [], str(why)


def _parts() -> list[tuple[listing.ShopPart, int]]:
    return [
        (part, sum(listing.part_of(one) == part for one in listing.ALL))
        for part in listing.IN_PARTS
    ]


def _see(state: State, language: str) -> Seen:
    """Raises LeadsElsewhere."""
    return _kept().of(state, language, request.host_url.rstrip("/"), client_address())


def _kept() -> KeptPages:
    kept: KeptPages = current_app.extensions["design_pages"]
    return kept
