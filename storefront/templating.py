"""What every template can use."""

from flask import Flask
from flask_wtf.csrf import generate_csrf

from storefront import i18n
from storefront.cart import carts
from storefront.cart.cookie import CART
from storefront.shop import profile


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(i18n.FILTERS)
    env.globals.update(
        localized=i18n.localized,
        locale=i18n.locale,
        plain_url_for=i18n.plain_url_for,
        other_language_url=i18n.other_language_url,
        cart_count=lambda: carts.count(CART.read()),
        the_shop=profile.shop,
        csrf=generate_csrf,
        english_prefecture=i18n.english_prefecture,
        is_sandbox=not app.config["SETTINGS"].is_production,
    )
