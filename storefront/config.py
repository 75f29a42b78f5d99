"""Every setting of the shop, read once, typed and checked at the start."""

import sys
from functools import cached_property
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

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


def _always(settings: Settings) -> list[str]:
    faults = []
    parts = urlsplit(settings.base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
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
    scheme = urlsplit(settings.mail_url.get_secret_value()).scheme
    if scheme not in {"smtp", "smtps", "sandbox"}:
        faults.append("MAIL_URL: give smtp://user:password@host:587 or smtps://…")
    return faults


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
