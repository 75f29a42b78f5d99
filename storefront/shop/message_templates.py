"""The owner's own words in mails and texts, and what may stand in them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from storefront.core import placeholders
from storefront.shop import profile
from storefront.sms.segments import size_of
from storefront.web.i18n import locale

LANGUAGES = ("ja", "en")
LONGEST = 2_000  # characters of a mail's own words


class Channel(StrEnum):
    MAIL = "mail"
    SMS = "sms"


@dataclass(frozen=True)
class Kind:
    """One place for own words; last_line is what the shop adds to a text by itself."""

    code: str
    channel: Channel
    allowed: tuple[str, ...]
    needed: tuple[str, ...] = ()
    most_parts: int = 0  # of a text; 0 for a mail
    last_line: str = ""


ORDER = ("shop", "order", "amount", "name", "url")
ASKING = ("shop", "order", "amount", "due")
CODE_LINE, PAY_LINE = "\n@{host} #{code}", "\n{url}"

KINDS = {
    kind.code: kind
    for kind in (
        Kind("order-intro", Channel.MAIL, ORDER),
        Kind("order-closing", Channel.MAIL, ORDER),
        Kind("shipped-mail", Channel.MAIL, (*ORDER, "slip")),
        Kind("request-mail", Channel.MAIL, (*ORDER, "due")),
        Kind("reminder-mail", Channel.MAIL, (*ORDER, "due")),
        Kind("overdue-mail", Channel.MAIL, (*ORDER, "due")),
        Kind(
            "code-sms", Channel.SMS, ("shop", "code", "amount", "minutes"), ("code",), 1, CODE_LINE
        ),
        Kind("request-sms", Channel.SMS, ASKING, ("shop", "amount"), 2, PAY_LINE),
        Kind("reminder-sms", Channel.SMS, ASKING, ("shop", "amount"), 2, PAY_LINE),
        Kind("overdue-sms", Channel.SMS, ASKING, ("shop", "amount"), 2, PAY_LINE),
    )
}

_tried: ContextVar[Mapping[str, str] | None] = ContextVar("tried_wordings", default=None)


@contextmanager
def trying(kind: str, text: str) -> Iterator[None]:
    """What mails and texts would say with other words, though nothing is kept."""
    token = _tried.set({kind: text})
    try:
        yield
    finally:
        _tried.reset(token)


def own(kind: str, in_locale: str = "") -> str:
    """The owner's words in this language; empty where the shop's usual ones are said."""
    tried = _tried.get()
    if tried is not None and kind in tried:
        return tried[kind]
    return of_shop(profile.shop().wordings, kind, in_locale or locale())


def of_shop(wordings: Mapping[str, Mapping[str, str]] | None, kind: str, in_locale: str) -> str:
    return (wordings or {}).get(kind, {}).get(in_locale, "")


def paragraphs(kind: str, values: Mapping[str, str]) -> list[str]:
    """Own words for a mail, filled; a blank line divides, and other line breaks stay."""
    filled = placeholders.fill(own(kind), values)
    parts = (part.strip() for part in filled.split("\n\n"))
    return [part for part in parts if part]


def unknown(kind: Kind, text: str) -> list[str]:
    """Gaps that nothing would fill."""
    return [name for name in placeholders.names(text) if name not in kind.allowed]


def missing(kind: Kind, text: str) -> list[str]:
    """Gaps that the text may not do without."""
    return [name for name in kind.needed if name not in placeholders.names(text)] if text else []


def whole_text(kind: Kind, text: str, values: Mapping[str, str]) -> str:
    """A text message as it would go out, with the line that the shop adds."""
    return placeholders.fill(text + kind.last_line, values)


def is_too_long(kind: Kind, text: str, values: Mapping[str, str]) -> bool:
    if kind.channel is Channel.MAIL:
        return len(text) > LONGEST
    return size_of(whole_text(kind, text, values)).parts > kind.most_parts
