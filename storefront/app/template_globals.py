"""What every template can use."""

from functools import lru_cache

from flask import Flask, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from storefront.cart import carts
from storefront.cart.cookie import CART, lacks_cookies
from storefront.catalogue.pictures import photographs, storage
from storefront.catalogue.search import cards
from storefront.payments import wording
from storefront.shop import profile
from storefront.web import i18n, mail_styles, rendering, themes, tokens

MOST = 4096  # of each kind of piece that a process keeps rendered


def init_app(app: Flask) -> None:
    env = app.jinja_env
    is_written = app.config["TEMPLATES_AUTO_RELOAD"]  # then a piece may change at any time
    card = _card if is_written else lru_cache(MOST)(_card)
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension(rendering.Unindented)
    env.filters.update(i18n.FILTERS, mail_style=mail_styles.filled)
    env.globals.update(
        _=i18n.words,
        url_for=i18n.address,
        product_card=lambda one, is_early=False: card(
            themes.current(), one, request.script_root, is_early
        ),
        localized=i18n.localized,
        locale=i18n.locale,
        method_summary=wording.summary,
        plain_url_for=i18n.plain_url_for,
        other_language_url=i18n.other_language_url,
        is_uploaded=storage.is_uploaded,
        media_set=storage.source_set,
        media_url=storage.url,
        canonical=i18n.canonical,
        has_language=i18n.has_language,
        largest_url=storage.largest_url,
        photograph=photographs.address,
        cart_count=lambda: carts.count(CART.read()),
        the_shop=profile.shop,
        csrf=generate_csrf,
        lacks_cookies=lacks_cookies,
        english_prefecture=i18n.english_prefecture,
        paper_colour=lambda scheme: tokens.paper(themes.current(), scheme),
        is_sandbox=not app.config["SETTINGS"].is_production,
    )


def _card(_theme: themes.Theme, one: cards.Card, root: str, is_early: bool) -> Markup:
    """A theme has templates, files and words of its own, so that its cards are others."""
    return cards.render(one, root, is_early)
