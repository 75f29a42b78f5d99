"""The shop: create_app puts its parts together."""

from flask import Flask

from storefront.app import (
    blueprints,
    configuration,
    middleware,
    request_log,
    template_globals,
    wiring,
)
from storefront.config.settings import Settings, from_environment
from storefront.ports.registry import Providers
from storefront.web import assets, error_pages, page_cache, security_headers
from storefront.worker import queue

PARTS = (
    configuration,
    queue,
    request_log,
    security_headers,
    error_pages,
    template_globals,
    page_cache,
    blueprints,
    assets,
    middleware,
)


def create_app(settings: Settings | None = None, providers: Providers | None = None) -> Flask:
    """Both arguments exist for tests: other settings, other providers."""
    settings = settings or from_environment()
    app = Flask(__name__, static_folder=None, instance_path=str(settings.instance))
    app.config["SETTINGS"] = settings
    app.extensions["providers"] = providers or wiring.build(settings)
    for part in PARTS:
        part.init_app(app)
    return app
