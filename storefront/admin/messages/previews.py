"""Mails and texts as they would go out with the words in the form."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from storefront.admin.messages import examples
from storefront.orders.emails import content, sending
from storefront.orders.models import Order
from storefront.payment_requests import emails as asking
from storefront.payment_requests import sms_sending
from storefront.ports.codes import DIGITS, LIFETIME
from storefront.ports.mail import Message
from storefront.shop import message_templates, profile
from storefront.shop.emails import Letter
from storefront.shop.message_templates import Channel, Kind
from storefront.sms.code_message import code_text
from storefront.sms.segments import Size, size_of
from storefront.web.i18n import absolute_url, localized, yen

CODE = "1234567890"[:DIGITS]
MOST = 999_999  # yen: what a text has to have room for
STATES = {"overdue-mail": "overdue", "overdue-sms": "overdue"}
LETTERS: dict[str, Callable[[Order], Letter | None]] = {
    "shipped-mail": content.shipped,
    "request-mail": asking.request,
    "reminder-mail": asking.reminder,
    "overdue-mail": asking.overdue,
}


@dataclass(frozen=True)
class Preview:
    """A message in one language; size counts the characters and parts of a text, None for a
    mail."""

    locale: str
    text: str
    subject: str = ""
    size: Size | None = None


def previews(kind: Kind, words: Mapping[str, str]) -> list[Preview]:
    """In each language its own words, or the shop's usual ones where they are empty."""
    order = examples.order()
    return [_preview(kind, locale, own, order) for locale, own in words.items()]


def _preview(kind: Kind, locale: str, own: str, order: Order) -> Preview:
    if kind.channel is Channel.MAIL:
        message = mail(kind, locale, own, order)
        return Preview(locale, message.text, message.subject)
    text = sms(kind, locale, own, order)
    return Preview(locale, text, size=size_of(text))


def mail(kind: Kind, locale: str, own: str, order: Order | None = None) -> Message:
    """The mail with this wording, under a message id of its own, since it is no copy of a
    shopper's."""
    order = order or examples.order()
    examples.read_in(order, locale, _state(kind))
    with message_templates.trying(kind.code, own), force_locale(locale):
        write = LETTERS.get(kind.code)
        letter = write(order) if write else None
        found = content.message(order, kind.code, letter) if letter else sending.order_mail(order)
        subject = _("【見本】%(subject)s", subject=found.subject)
    host = current_app.config["SETTINGS"].host
    return replace(found, message_id=f"<sample-{secrets.token_hex(8)}@{host}>", subject=subject)


def sms(kind: Kind, locale: str, own: str, order: Order | None = None) -> str:
    """The text with this wording."""
    order = order or examples.order()
    examples.read_in(order, locale, _state(kind))
    with message_templates.trying(kind.code, own), force_locale(locale):
        if kind.code != "code-sms":
            return sms_sending.words(kind.code.removesuffix("-sms"), order)
        shop, minutes = localized(profile.shop(), "name"), int(LIFETIME.total_seconds() // 60)
        host = current_app.config["SETTINGS"].host
        return code_text(shop, CODE, yen(order.total), minutes, host, locale, own)


def longest(locale: str) -> dict[str, str]:
    """Values for the placeholders of a text that are as long as they can be."""
    with force_locale(locale):
        return {
            "shop": " ".join(localized(profile.shop(), "name").split()),
            "order": "X" * 16,
            "amount": yen(MOST),
            "due": {"ja": "12月31日(木)", "en": "Wed, 31 Dec"}[locale],
            "code": CODE,
            "minutes": str(int(LIFETIME.total_seconds() // 60)),
            "host": current_app.config["SETTINGS"].host,
            "url": absolute_url("collecting.short", locale, token="x" * 22),
        }


def _state(kind: Kind) -> str:
    asks = kind.code.startswith(("request-", "reminder-", "overdue-"))
    return STATES.get(kind.code, "requested") if asks else ""
