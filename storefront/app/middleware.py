"""What a request passes before Flask: its whole body, the proxies in front, the language."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from storefront.web import i18n, request_bodies


def init_app(app: Flask) -> None:
    hops = app.config["SETTINGS"].trusted_proxies
    wrapped = i18n.LocalePrefix(app.wsgi_app)
    behind_proxies = ProxyFix(wrapped, hops, hops) if hops else wrapped
    whole = request_bodies.ReadToTheEnd(behind_proxies)
    app.wsgi_app = whole  # type: ignore[method-assign]  # Flask's way
