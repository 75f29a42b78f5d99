"""Every setting of the shop, read once, typed and checked at the start."""

import re
import sys
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

DEMO_KEY = "demo-only-key-that-production-refuses"
KEYS = ("secret_key", "code_key", "data_key")


class Settings(BaseSettings):
    """Names are those of the environment, in lower case."""

    model_config = SettingsConfigDict(
        case_sensitive=False, extra="ignore", env_ignore_empty=True, populate_by_name=True
    )

    storefront_env: Literal["demo", "development", "test", "production"] = "production"
    secret_key: SecretStr = SecretStr(DEMO_KEY)
    code_key: SecretStr = SecretStr(DEMO_KEY)
    data_key: SecretStr = SecretStr(DEMO_KEY)
    port: int = Field(default=8000, ge=1, le=65_535)
    base_url: str = ""
    trusted_hosts: str = ""
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    instance: Path = Field(default=Path("instance"), validation_alias="STOREFRONT_INSTANCE")
    database_url: str = ""
    redis_url: str | None = None
    sms_providers: str = "sandbox"
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_from: str = ""
    twilio_base_url: str | None = None
    mail_url: SecretStr = SecretStr("sandbox:")
    limits: Literal["relaxed", "real", ""] = ""
    metrics_token: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        self.base_url = (self.base_url or f"http://127.0.0.1:{self.port}").rstrip("/")
        self.instance = self.instance.resolve()
        self.database_url = self.database_url or f"sqlite:///{self.instance / 'storefront.sqlite3'}"
        if not self.limits:
            self.limits = "real" if self.is_production else "relaxed"
        return self

    @property
    def is_production(self) -> bool:
        return self.storefront_env == "production"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The shop's own host without port, as the last line of a text names it."""
        return urlsplit(self.base_url).hostname or ""

    @cached_property
    def senders(self) -> list[str]:
        return [name.strip() for name in self.sms_providers.split(",") if name.strip()]

    @cached_property
    def hosts(self) -> list[str]:
        """The host names the shop answers to; any other is refused."""
        named = [name.strip() for name in self.trusted_hosts.split(",") if name.strip()]
        if named or self.is_production:
            return named
        return ["127.0.0.1", "localhost", self.host]

    def faults(self) -> list[str]:
        """One line for each setting that stops the start, naming the setting."""
        return [*_always(self), *(_production(self) if self.is_production else [])]


KNOWN_SENDERS = {"sandbox", "sandbox_b", "twilio"}
ORIGIN = re.compile(r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")


def _always(settings: Settings) -> list[str]:
    faults = []
    if not _is_origin(settings.base_url):
        faults.append("BASE_URL: give the shop's address, like https://shop.example.jp")
    unknown = sorted(set(settings.senders) - KNOWN_SENDERS)
    if unknown or not settings.senders:
        known = ", ".join(sorted(KNOWN_SENDERS))
        faults.append(f"SMS_PROVIDERS: give one or more of {known}")
    if "twilio" in settings.senders:
        faults += [
            f"{name.upper()}: is needed for the sender twilio"
            for name in ("twilio_account_sid", "twilio_auth_token", "twilio_from")
            if not _text(settings, name)
        ]
    if settings.twilio_base_url and not _is_origin(settings.twilio_base_url.rstrip("/")):
        faults.append("TWILIO_BASE_URL: give an address like https://api.twilio.com")
    if not _is_mail_url(settings.mail_url.get_secret_value()):
        faults.append("MAIL_URL: give smtp://user:password@host:587 or smtps://…")
    return faults + _stores(settings)


def _stores(settings: Settings) -> list[str]:
    """Where data is kept; an address may hold a password, so none is repeated."""
    faults = [_database(settings.database_url), _redis(settings.redis_url or "")]
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        faults.append(f"STOREFRONT_INSTANCE: no folder can be made there ({error.strerror})")
    return [fault for fault in faults if fault]


def _database(url: str) -> str:
    try:
        make_url(url).get_dialect().import_dbapi()
    except ImportError as missing:
        return f"DATABASE_URL: install {missing.name}, which speaks to this database"
    except (ArgumentError, ValueError):
        return "DATABASE_URL: give an address like postgresql+psycopg://user@host/shop"
    return ""


def _redis(url: str) -> str:
    if not url:
        return ""
    parts = _split(url)
    if parts is None or parts.scheme not in {"redis", "rediss", "unix"}:
        return "REDIS_URL: give an address like redis://host:6379/0"
    return "" if find_spec("redis") else "REDIS_URL: install redis, which speaks to it"


def _is_origin(url: str) -> bool:
    """Scheme, host and perhaps a port: no path, no user, no spaces."""
    return ORIGIN.fullmatch(url) is not None and _split(url) is not None


def _is_mail_url(url: str) -> bool:
    parts = _split(url)
    if parts is None or parts.path.strip("/"):
        return False
    return parts.scheme == "sandbox" or (parts.scheme in {"smtp", "smtps"} and bool(parts.hostname))


def _split(url: str) -> SplitResult | None:
    """None where an address has no such form, its port being out of range included."""
    try:
        parts = urlsplit(url)
        return parts if parts.port is None or parts.port > 0 else None
    except ValueError:
        return None


def _production(settings: Settings) -> list[str]:
    faults = [
        f"{name.upper()}: production needs its own secret of 32 characters or more"
        for name in KEYS
        if _text(settings, name) == DEMO_KEY or len(_text(settings, name)) < 32
    ]
    if not settings.is_https:
        faults.append("BASE_URL: production needs an https address")
    if not settings.hosts:
        faults.append("TRUSTED_HOSTS: production needs the host names it answers to")
    if any(name.startswith("sandbox") for name in settings.senders):
        faults.append("SMS_PROVIDERS: production refuses the sandbox sender")
    if settings.mail_url.get_secret_value().startswith("sandbox"):
        faults.append("MAIL_URL: production refuses the sandbox mailbox")
    if settings.limits != "real":
        faults.append("LIMITS: production accepts only real")
    return faults


def _text(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def from_environment() -> Settings:
    """Read and check all settings; a wrong one ends the process with a line that names it."""
    try:
        settings = Settings()
    except ValidationError as error:
        _stop([f"{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors()])
    if faults := settings.faults():
        _stop(faults)
    return settings


def _stop(faults: list[str]) -> None:
    for fault in faults:
        sys.stderr.write(f"storefront: {fault}\n")
    raise SystemExit(1)
