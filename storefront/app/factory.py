"""Makes the shop of its parts."""

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
from storefront.web import assets, error_pages, page_cache, security_headers, themes
from storefront.worker import queue

PARTS = (
    configuration,
    queue,
    request_log,
    security_headers,
    error_pages,
    template_globals,
    themes,
    page_cache,
    blueprints,
    assets,
    middleware,
)


def make(settings: Settings | None, providers: Providers | None) -> Flask:
    """An app for these settings, by default those of the environment; their providers are wired."""
    settings = settings or from_environment()
    app = Flask("storefront", static_folder=None, instance_path=str(settings.instance))
    app.config["SETTINGS"] = settings
    app.extensions["providers"] = providers or wiring.build(settings)
    for part in PARTS:
        part.init_app(app)
    return app
