"""How a mail of the shop is made: each has the base template, with the shop's sign and colours, and
says the same in a text and an HTML part."""

import re
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, render_template
from flask_babel import gettext as _

from storefront.ports.mail import Message
from storefront.shop import profile
from storefront.web import mail_styles
from storefront.web.assets import Assets
from storefront.web.i18n import absolute_url, locale, localized

LOGO = "img/logo.png"  # drawn from logo.svg, which mail programs do not show


@dataclass(frozen=True)
class Letter:
    """A mail that needs no template of its own: words, facts and one link.

    title is the subject without shop and number, go the text of its one button. version tells a
    mail from an earlier one of its kind about the same order.
    """

    title: str
    paragraphs: list[str]
    facts: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    go: str = ""
    after: list[str] = field(default_factory=list)
    version: str = ""


def subject_of(title: str, number: str = "") -> str:
    """The subject of a mail with this title, about the order of this number if any."""
    shop = " ".join(localized(profile.shop(), "name").split())
    if not number:
        return _("【%(shop)s】%(title)s", shop=shop, title=title)
    return _("【%(shop)s】%(title)s (%(number)s)", shop=shop, title=title, number=number)


def of_letter(mail_id: str, to: str, subject: str, letter: Letter, **about: Any) -> Message:
    """The mail in the current language. about: answers of the shopper whom it greets, order with
    progress and steps; without answers it is to the shop itself."""
    about = {"answers": None, "order": None, "progress": [], "steps": {}, **about}
    return write(
        ("mail/letter.txt", "mail/letter.html"), mail_id, to, subject, letter=letter, **about
    )


def write(
    templates: tuple[str, str], mail_id: str, to: str, subject: str, **context: Any
) -> Message:
    """The mail of a text and an HTML template, in the current language."""
    text_template, html_template = templates
    context = {**_around(), "subject": subject, **context}
    text = render_template(text_template, **context)
    html = render_template(html_template, **context)
    return Message(mail_id, to, subject, re.sub(r"\n{3,}", "\n\n", text), html)


def _around() -> dict[str, Any]:
    """What the base shows around every mail."""
    return {
        "shop": profile.shop(),
        "home_url": absolute_url("catalogue.home", locale()),
        "logo_url": logo_url(),
        "scheme": mail_styles.tokens().scheme,
    }


def logo_url() -> str:
    """The whole address of the shop's sign as a picture that mail programs show."""
    assets: Assets = current_app.extensions["assets"]
    return f"{current_app.config['SETTINGS'].base_url}{assets.url(LOGO)}"
