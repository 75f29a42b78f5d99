"""What Flask, its extensions and the vaults are told of the settings."""

from pathlib import Path

from flask import Flask
from pydantic import SecretStr

from storefront.catalogue.pictures import storage
from storefront.config.settings import Settings
from storefront.core import private_files
from storefront.core.encryption import Vault
from storefront.core.extensions import (
    babel,
    compress,
    csrf,
    db,
    engine_options,
    htmx,
    limiter,
    prepare,
)
from storefront.web import i18n, themes

TRANSLATIONS = str(Path(__file__).parents[1] / "translations")
SENTENCES = themes.Sentences()  # one for all apps of the process, as Flask-Babel has it


def init_app(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    app.config.update(_flask_settings(settings))
    private_files.folder(Path(app.instance_path) / storage.FOLDER)
    app.extensions["code_vault"] = _vault(settings, "code_key")
    app.extensions["data_vault"] = _vault(settings, "data_key")
    for extension in (db, compress, csrf, htmx, limiter):
        extension.init_app(app)
    babel.init_app(app, locale_selector=i18n.select_locale)
    babel.domain_instance = SENTENCES
    with app.app_context():
        prepare(db.engine)


def _vault(settings: Settings, name: str) -> Vault:
    key: SecretStr = getattr(settings, name)
    return Vault(key.get_secret_value(), settings.former_keys(name))


def _flask_settings(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "SECRET_KEY_FALLBACKS": list(settings.former_keys("secret_key")),
        "WTF_CSRF_SECRET_KEY": settings.signing_keys,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "TRUSTED_HOSTS": settings.hosts,
        "SESSION_COOKIE_NAME": settings.cookie("session"),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,  # a cookie that changes after a 422 breaks Back
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session
        "WTF_I18N_ENABLED": False,  # every error that a form gives is in words of our own
        "BABEL_DEFAULT_LOCALE": "ja",
        "BABEL_TRANSLATION_DIRECTORIES": TRANSLATIONS,
        "RATELIMIT_ENABLED": settings.limits == "real",
        **_flood_counters(settings),
        "RATELIMIT_DEFAULT": "600 per minute",
        "RATELIMIT_HEADERS_ENABLED": True,
        "TEMPLATES_AUTO_RELOAD": settings.storefront_env == "development",
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 5,
        "COMPRESS_MIMETYPES": ["text/html", "application/json"],
    }


def _flood_counters(settings: Settings) -> dict[str, object]:
    """On Redis where there is one; while that is away each process counts by itself."""
    url = (settings.redis_url or "memory://").replace("unix://", "redis+unix://", 1)
    patience = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5} if settings.redis_url else {}
    return {
        "RATELIMIT_STORAGE_URI": url,
        "RATELIMIT_STORAGE_OPTIONS": patience,
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "RATELIMIT_SWALLOW_ERRORS": True,  # of requests that are under way when Redis falls
    }
