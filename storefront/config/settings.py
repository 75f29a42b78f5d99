"""Every setting of the shop, read once, typed and checked at the start."""

import sys
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NoReturn, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import URL

from storefront.config import checks
from storefront.config.checks import DEMO_KEY

YAMATO_URL = "https://atobarai.kuronekoyamato.co.jp/kuroneko-atobarai-api"
YAMATO_TEST_URL = "https://atobarai-test.kuronekoyamato.co.jp/kuroneko-atobarai-api"
OFF = "off"


class Settings(BaseSettings):
    """Names are those of the environment, in lower case."""

    model_config = SettingsConfigDict(
        case_sensitive=False, extra="ignore", env_ignore_empty=True, populate_by_name=True
    )

    storefront_env: Literal["demo", "development", "test", "production"] = "production"
    secret_key: SecretStr = SecretStr(DEMO_KEY)
    code_key: SecretStr = SecretStr(DEMO_KEY)
    data_key: SecretStr = SecretStr(DEMO_KEY)
    secret_key_fallbacks: SecretStr = SecretStr("")
    code_key_fallbacks: SecretStr = SecretStr("")
    data_key_fallbacks: SecretStr = SecretStr("")
    listen_on: str = Field(default="127.0.0.1", validation_alias="HOST")
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
    kuroneko_base_url: str = ""
    limits: Literal["relaxed", "real", ""] = ""
    metrics_token: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        self.base_url = (self.base_url or f"http://127.0.0.1:{self.port}").rstrip("/")
        self.instance = self.instance.resolve()
        self.database_url = self.database_url or _sqlite(self.instance / "storefront.sqlite3")
        if not self.limits:
            self.limits = "real" if self.is_production else "relaxed"
        return self

    @property
    def yamato_url(self) -> str:
        """Where Yamato's service is; empty for the simulator inside the shop, or for none."""
        if self.kuroneko_base_url in {"", OFF}:
            return YAMATO_URL if self.is_production else ""
        return self.kuroneko_base_url.rstrip("/")

    @property
    def yamato_test_url(self) -> str:
        """Where a connection in test mode asks; empty where all ask at one place."""
        is_yamatos = urlsplit(self.yamato_url).hostname == urlsplit(YAMATO_URL).hostname
        return YAMATO_TEST_URL if self.is_production and is_yamatos else ""

    @property
    def asks_yamatos_test_host(self) -> bool:
        """Whether KURONEKO_BASE_URL leads every request there, whatever the connection says."""
        return urlsplit(self.yamato_url).hostname == urlsplit(YAMATO_TEST_URL).hostname

    @property
    def is_yamato_off(self) -> bool:
        """Whether the shop's own codes prove a phone, without Yamato: for tests of those."""
        return self.kuroneko_base_url == OFF

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

    def cookie(self, name: str) -> str:
        """The cookie's full name, which over https only this host can have set.

        A browser keeps cookies by host alone: on plain http the port keeps two shops on one
        machine apart.
        """
        port = urlsplit(self.base_url).port or 80
        return f"__Host-{name}" if self.is_https else f"{name}-{port}"

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

    @cached_property
    def signing_keys(self) -> list[str]:
        """What signs is last, as itsdangerous takes them."""
        return [*reversed(self.former_keys("secret_key")), self.secret_key.get_secret_value()]

    def former_keys(self, name: str) -> tuple[str, ...]:
        """The keys that stood in the setting of that name before, newest first."""
        given: SecretStr = getattr(self, f"{name}_fallbacks")
        return tuple(key.strip() for key in given.get_secret_value().split(",") if key.strip())

    def faults(self) -> list[str]:
        """One line for each setting that stops the start, naming the setting."""
        return checks.faults(self)


def _sqlite(path: Path) -> str:
    """As an address, in which a folder's own % and ? are escaped."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def from_environment() -> Settings:
    """Read and check all settings; wrong ones end the process, each with a line that names it."""
    unread: dict[str, str] = {}
    try:
        settings = Settings()
    except ValidationError as error:
        unread = {str(one["loc"][0]): one["msg"] for one in error.errors()}
        settings = Settings(**{name: _stand_in(name) for name in unread})
    faults = [f"{name.upper()}: {why}" for name, why in unread.items()] + settings.faults()
    if faults:
        stop(faults)
    return settings


def _stand_in(name: str) -> Any:
    """For a value that cannot be read, so that all others can be judged beside it; where the
    environment's own name cannot, they are judged by what holds in each."""
    return "demo" if name == "storefront_env" else Settings.model_fields[name].default


def stop(faults: list[str]) -> NoReturn:
    """End the process with one line a fault."""
    for fault in faults:
        sys.stderr.write(f"storefront: {fault}\n")
    raise SystemExit(1)
