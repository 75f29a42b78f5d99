"""The /en prefix, and how prices, days and names read in each language."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Flask, current_app, has_request_context, request, url_for
from flask_babel import format_date, get_domain, get_locale, gettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from storefront.core import clock, phones
from storefront.core.japanese import without_honorific
from storefront.shipping.prefectures import PREFECTURES
from storefront.web import themes

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

UNPREFIXED = (
    "/sandbox",
    "/webhooks",
    "/design",
    "/static",
    "/media",
    "/healthz",
    "/readyz",
    "/metrics",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap",
)
PREFIX = "/en"
ENGLISH = dict(PREFECTURES)


class LocalePrefix:
    """Moves /en from the path to the script name, so that every route and link exists in both."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        rest = path.removeprefix(PREFIX)
        if rest != path and (rest == "" or rest.startswith("/")) and not _is_unprefixed(rest):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + PREFIX
            environ["PATH_INFO"] = rest or "/"
        return self.app(environ, start_response)


def _is_unprefixed(path: str) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in UNPREFIXED)


def select_locale() -> str | None:
    if not has_request_context():
        return None
    return "en" if request.script_root.endswith(PREFIX) else "ja"


def locale() -> str:
    known = get_locale()
    return "en" if known and known.language == "en" else "ja"


@pass_eval_context
def words(context: EvalContext, text: str, **values: object) -> str:
    """A text of the templates in the shopper's language, with its values filled in."""
    found = _translated(themes.current(), locale(), text)
    return (Markup(found) if context.autoescape else found) % values  # noqa: S704


@lru_cache(1024)
def _translated(_theme: themes.Theme, _locale: str, text: str) -> str:
    return str(gettext(text))


def forget_words(app: Flask) -> None:
    """Read the translations anew when they are next asked for."""
    with app.app_context():
        get_domain().cache.clear()
    _translated.cache_clear()


def address(endpoint: str, **values: Any) -> str:
    """url_for in templates: the same page below the same root has the same address."""
    return _address(request.script_root, endpoint, tuple(values.items()))


@lru_cache(1024)
def _address(_root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def plain_url_for(endpoint: str, **values: Any) -> str:
    """The address of a page that has no language, whatever the language of this one."""
    return url_for(endpoint, **values).removeprefix(PREFIX)


def absolute_url(endpoint: str, in_locale: str, **values: Any) -> str:
    """An address for mails and texts; the host is the configured one, never the request's."""
    base: str = current_app.config["SETTINGS"].base_url
    path = current_app.url_map.bind("shop").build(endpoint, values)
    return f"{base}{PREFIX if in_locale == 'en' else ''}{path}"


def other_language_url(path: str | None = None) -> str:
    """This page in the other language; a page that answers a POST names its own path."""
    here = quote(path or request.path)  # or a path such as /\evil would lead off the site
    query = "" if path else request.query_string.decode("ascii", "ignore")
    return f"{'' if locale() == 'en' else PREFIX}{here}{'?' + query if query else ''}"


def has_language() -> bool:
    """Whether this page is one of the shop's own, which are there in each language."""
    return not _is_unprefixed(request.path)


def canonical(in_locale: str = "") -> str:
    """This page's one address, in its language or another: of what may follow in a query only the
    page of a list tells pages apart."""
    base: str = current_app.config["SETTINGS"].base_url
    number = request.args.get("page", "")
    query = f"?page={number}" if number.isascii() and number.isdigit() and number != "1" else ""
    prefix = PREFIX if (in_locale or locale()) == "en" else ""
    return f"{base}{prefix}{quote(request.path)}{query}"


def localized(thing: Any, name: str) -> str:
    """The text in the shopper's language, the Japanese one where there is no English."""
    english = getattr(thing, f"{name}_en", "") if locale() == "en" else ""
    return str(english or getattr(thing, name))


def yen(amount: int) -> str:
    return f"¥{amount:,}" if locale() == "en" else f"{amount:,}円"


def price(amount: int) -> str:
    """With the words that 消費税法第63条 asks for wherever a price stands."""
    return f"{yen(amount)} (tax incl.)" if locale() == "en" else f"{yen(amount)}(税込)"


def priced(amount: int) -> Markup:
    """The same words as price; what stands beside the number is set small."""
    english = Markup("¥{:,} <small>(tax incl.)</small>")
    japanese = Markup("{:,}<small>円(税込)</small>")
    return (english if locale() == "en" else japanese).format(amount)


def day(value: date) -> str:
    return str(format_date(value, "EEE, d MMM" if locale() == "en" else "M月d日(E)"))


def full_day(value: date) -> str:
    return str(format_date(value, "d MMMM y" if locale() == "en" else "y年M月d日"))


def month(value: date) -> str:
    return str(format_date(value, "MMMM y" if locale() == "en" else "y年M月"))


def moment(value: datetime) -> str:
    local = value.astimezone(clock.JAPAN)
    return f"{full_day(local.date())} {local:%H:%M}"


def hour(value: datetime) -> str:
    return f"{value.astimezone(clock.JAPAN):%H:%M}"


def iso(value: datetime) -> str:
    return value.astimezone(clock.JAPAN).isoformat(timespec="seconds")


def honoured(name: str, company: str = "") -> str:
    """A person's name, or the company's where no person is named, as a letter addresses it."""
    plain = without_honorific(name or company)
    if locale() == "en" or not plain:
        return plain
    is_company = not name or name.rstrip().endswith("御中")
    return f"{plain} 御中" if is_company else f"{plain} 様"


def greeting(name: str, company: str = "") -> str:
    """The first line of a mail."""
    said = honoured(name, company)
    return str(gettext("%(name)s 様", name=said)) if locale() == "en" else said


def iso_day(value: str) -> str:
    """A day kept as ISO text."""
    return full_day(date.fromisoformat(value))


def english_prefecture(name: str) -> str:
    """Tokyo 東京都 in English, so that a form filler still finds the Japanese name."""
    return f"{ENGLISH.get(name, '')} {name}".strip() if locale() == "en" else name


def sentences(said: Iterable[str]) -> str:
    """Sentences in one paragraph: English ones have a space between them."""
    return (" " if locale() == "en" else "").join(filter(None, said))


def may_break(text: str) -> Markup:
    """A fixed sentence with <wbr> where a button may break; everything else is escaped."""
    return Markup("<wbr>").join(text.split("<wbr>"))


FILTERS: dict[str, Callable[..., str]] = {
    "yen": yen,
    "price": price,
    "priced": priced,
    "day": day,
    "full_day": full_day,
    "moment": moment,
    "hour": hour,
    "iso": iso,
    "honoured": honoured,
    "greeting": greeting,
    "masked": phones.masked,
    "phone": phones.formatted,
    "iso_day": iso_day,
    "safe_wbr": may_break,
    "sentences": sentences,
}
