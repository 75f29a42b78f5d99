"""Every setting of the shop, read once, typed and checked at the start."""

import re
import sys
from functools import cached_property
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, NoReturn
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

DEMO_KEY = "demo-only-key-that-production-refuses"
KNOWN_SENDERS = {"sandbox", "sandbox_b", "twilio"}
ORIGIN = re.compile(r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
YAMATO_URL = "https://atobarai.kuronekoyamato.co.jp/kuroneko-atobarai-api"
YAMATO_TEST_URL = "https://atobarai-test.kuronekoyamato.co.jp/kuroneko-atobarai-api"
OFF = "off"
KEYS = ("secret_key", "code_key", "data_key")
SHARED = "shared_secret"  # the type of a fault of several settings, which it names
ONE_EACH = "give each its own, the former one into the setting of that name with _FALLBACKS"


class Settings(BaseSettings):
    """Names are those of the environment, in lower case; a wrong one raises ValidationError.

    A setting is checked after those above it, which it may depend on.
    """

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
    storefront_theme: str = ""

    @field_validator(*KEYS)
    @classmethod
    def _key(cls, key: SecretStr, info: ValidationInfo) -> SecretStr:
        text = key.get_secret_value()
        if _in_production(info) and (text == DEMO_KEY or len(text) < 32):
            raise _fault("production needs its own secret of 32 characters or more")
        return key

    @field_validator("data_key")
    @classmethod
    def _own_secrets(cls, key: SecretStr, info: ValidationInfo) -> SecretStr:
        """What opens one lock must open no other; a former key may be another's, on the way to
        that."""
        named: dict[str, list[str]] = {}
        for name, one in [*info.data.items(), ("data_key", key)]:
            if name in KEYS:
                named.setdefault(one.get_secret_value(), []).append(name.upper())
        for secret, names in named.items():
            if len(names) > 1 and secret != DEMO_KEY:
                raise PydanticCustomError(SHARED, "{names}", {"names": ", ".join(names)})
        return key

    @field_validator("secret_key_fallbacks", "code_key_fallbacks", "data_key_fallbacks")
    @classmethod
    def _fallbacks(cls, keys: SecretStr, info: ValidationInfo) -> SecretStr:
        if _in_production(info) and DEMO_KEY in _names(keys.get_secret_value()):
            raise _fault("production refuses the published key of the demo shop")
        return keys

    @field_validator("listen_on")
    @classmethod
    def _listen_on(cls, host: str) -> str:
        try:
            ip_address(host)
        except ValueError:
            raise _fault(
                "give an address of this machine, like 127.0.0.1 or 0.0.0.0 for all"
            ) from None
        return host

    @field_validator("base_url")
    @classmethod
    def _base_url(cls, url: str, info: ValidationInfo) -> str:
        url = (url or f"http://127.0.0.1:{info.data.get('port', 8000)}").rstrip("/")
        if not _is_origin(url):
            raise _fault("give the shop's address, like https://shop.example.jp")
        if _in_production(info) and not url.startswith("https://"):
            raise _fault("production needs an https address")
        return url

    @field_validator("trusted_hosts")
    @classmethod
    def _trusted_hosts(cls, hosts: str, info: ValidationInfo) -> str:
        if _in_production(info) and not _names(hosts):
            raise _fault("production needs the host names it answers to")
        return hosts

    @field_validator("instance")
    @classmethod
    def _instance(cls, folder: Path) -> Path:
        """The folder is made where there is none."""
        try:
            folder.resolve().mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _fault(f"no folder can be made there ({error.strerror})") from error
        return folder.resolve()

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, url: str, info: ValidationInfo) -> str:
        """No fault of an address repeats the address, which may hold a password."""
        url = url or _sqlite(info.data.get("instance", Path()) / "storefront.sqlite3")
        try:
            make_url(url).get_dialect().import_dbapi()
        except ImportError as missing:
            raise _fault(f"install {missing.name}, which speaks to this database") from missing
        except (ArgumentError, ValueError):
            raise _fault("give an address like postgresql+psycopg://user@host/shop") from None
        return url

    @field_validator("redis_url")
    @classmethod
    def _redis_url(cls, url: str | None) -> str | None:
        parts = _split(url or "")
        if url and (parts is None or parts.scheme not in {"redis", "rediss", "unix"}):
            raise _fault("give an address like redis://host:6379/0")
        if url and not find_spec("redis"):
            raise _fault("install redis, which speaks to it")
        return url

    @field_validator("sms_providers")
    @classmethod
    def _sms_providers(cls, senders: str, info: ValidationInfo) -> str:
        names = _names(senders)
        if not names or not KNOWN_SENDERS.issuperset(names):
            raise _fault(f"give one or more of {', '.join(sorted(KNOWN_SENDERS))}")
        if _in_production(info) and any(name.startswith("sandbox") for name in names):
            raise _fault("production refuses the sandbox sender")
        return senders

    @field_validator("twilio_account_sid", "twilio_auth_token", "twilio_from")
    @classmethod
    def _twilio(cls, text: str | SecretStr, info: ValidationInfo) -> str | SecretStr:
        if not text and "twilio" in _names(info.data.get("sms_providers", "")):
            raise _fault("is needed for the sender twilio")
        return text

    @field_validator("twilio_base_url")
    @classmethod
    def _twilio_base_url(cls, url: str | None) -> str | None:
        if url and not _is_origin(url.rstrip("/")):
            raise _fault("give an address like https://api.twilio.com")
        return url

    @field_validator("mail_url")
    @classmethod
    def _mail_url(cls, url: SecretStr, info: ValidationInfo) -> SecretStr:
        text = url.get_secret_value()
        if not _is_mail_url(text):
            raise _fault("give smtp://user:password@host:587 or smtps://…")
        if _in_production(info) and text.startswith("sandbox"):
            raise _fault("production refuses the sandbox mailbox")
        return url

    @field_validator("kuroneko_base_url")
    @classmethod
    def _kuroneko_base_url(cls, url: str, info: ValidationInfo) -> str:
        if url not in {"", OFF} and not _is_address(url.rstrip("/")):
            raise _fault("give an address like https://host/kuroneko-atobarai-api")
        if _in_production(info) and url == OFF:
            raise _fault("production never takes orders on credit without Yamato")
        if _in_production(info) and url and not url.startswith("https://"):
            raise _fault("production needs an https address")
        return url

    @field_validator("limits")
    @classmethod
    def _limits(cls, limits: str, info: ValidationInfo) -> str:
        is_production = _in_production(info)
        if is_production and limits == "relaxed":
            raise _fault("production accepts only real")
        return limits or ("real" if is_production else "relaxed")

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
        return _names(self.sms_providers)

    @cached_property
    def hosts(self) -> list[str]:
        """The host names the shop answers to; any other is refused."""
        named = _names(self.trusted_hosts)
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
        return tuple(_names(given.get_secret_value()))


class OwnSettings(Settings):
    """Given or the default: what the environment says is of another shop, perhaps a real one."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


class _Kind(BaseSettings):
    model_config = SettingsConfigDict(case_sensitive=False, extra="ignore", env_ignore_empty=True)

    storefront_env: str = ""


def names_a_shop() -> bool:
    """Whether the environment says which kind of shop its settings are of."""
    return bool(_Kind().storefront_env)


def _fault(text: str) -> PydanticCustomError:
    return PydanticCustomError("setting", "{text}", {"text": text})


def _in_production(info: ValidationInfo) -> bool:
    return info.data.get("storefront_env") == "production"


def _names(text: str) -> list[str]:
    """What stands between commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def _is_origin(url: str) -> bool:
    """Scheme, host and perhaps a port: no path, no user, no spaces."""
    return ORIGIN.fullmatch(url) is not None and _split(url) is not None


def _is_address(url: str) -> bool:
    """An origin and a plain path: no user, no query."""
    parts = _split(url)
    return (
        parts is not None
        and _is_origin(f"{parts.scheme}://{parts.netloc}")
        and (url == f"{parts.scheme}://{parts.netloc}{parts.path}")
    )


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


def _sqlite(path: Path) -> str:
    """As an address, in which a folder's own % and ? are escaped."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def from_environment() -> Settings:
    """Read and check all settings; wrong ones end the process with a line each that names it."""
    try:
        return Settings()
    except ValidationError as error:
        stop(faults(error))


def faults(error: ValidationError) -> list[str]:
    """One line for each setting that stops the start, naming the setting."""
    return [
        f"{one['msg']}: share one secret; {ONE_EACH}"
        if one["type"] == SHARED
        else f"{str(one['loc'][0]).upper()}: {one['msg']}"
        for one in error.errors()
    ]


def stop(faults: list[str]) -> NoReturn:
    """End the process with one line a fault."""
    for fault in faults:
        sys.stderr.write(f"storefront: {fault}\n")
    raise SystemExit(1)
