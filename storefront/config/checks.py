"""What is wrong with the settings: one line a fault, which names the setting."""

import re
from importlib.util import find_spec
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

if TYPE_CHECKING:
    from storefront.config.settings import Settings

DEMO_KEY = "demo-only-key-that-production-refuses"
KEYS = ("secret_key", "code_key", "data_key")
KNOWN_SENDERS = {"sandbox", "sandbox_b", "twilio"}
ORIGIN = re.compile(r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")


def faults(settings: "Settings") -> list[str]:
    return [*_always(settings), *(_production(settings) if settings.is_production else [])]


def _always(settings: "Settings") -> list[str]:
    faults = _addresses(settings)
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
    if not _is_mail_url(settings.mail_url.get_secret_value()):
        faults.append("MAIL_URL: give smtp://user:password@host:587 or smtps://…")
    return faults + _same_keys(settings) + _yamato(settings) + _stores(settings)


def _same_keys(settings: "Settings") -> list[str]:
    """What opens one lock must open no other; a former key may be another's, on the way to that."""
    named: dict[str, list[str]] = {}
    for name in KEYS:
        named.setdefault(_text(settings, name), []).append(name.upper())
    cure = "give each its own, the former one into the setting of that name with _FALLBACKS"
    shared = [names for key, names in named.items() if len(names) > 1 and key != DEMO_KEY]
    return [f"{', '.join(names)}: share one secret; {cure}" for names in shared]


def _addresses(settings: "Settings") -> list[str]:
    faults = []
    if not _is_origin(settings.base_url):
        faults.append("BASE_URL: give the shop's address, like https://shop.example.jp")
    if not _is_ip(settings.listen_on):
        faults.append("HOST: give an address of this machine, like 127.0.0.1 or 0.0.0.0 for all")
    if settings.twilio_base_url and not _is_origin(settings.twilio_base_url.rstrip("/")):
        faults.append("TWILIO_BASE_URL: give an address like https://api.twilio.com")
    return faults


def _yamato(settings: "Settings") -> list[str]:
    faults = []
    if settings.yamato_url and not _is_address(settings.yamato_url):
        faults.append("KURONEKO_BASE_URL: give an address like https://host/kuroneko-atobarai-api")
    if settings.is_production and settings.is_yamato_off:
        faults.append("KURONEKO_BASE_URL: production never takes orders on credit without Yamato")
    if settings.is_production and not settings.yamato_url.startswith("https://"):
        faults.append("KURONEKO_BASE_URL: production needs an https address")
    return faults


def _stores(settings: "Settings") -> list[str]:
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


def _is_address(url: str) -> bool:
    """An origin and a plain path: no user, no query."""
    parts = _split(url)
    return (
        parts is not None
        and _is_origin(f"{parts.scheme}://{parts.netloc}")
        and (url == f"{parts.scheme}://{parts.netloc}{parts.path}")
    )


def _is_ip(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


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


def _production(settings: "Settings") -> list[str]:
    faults = [
        f"{name.upper()}: production needs its own secret of 32 characters or more"
        for name in KEYS
        if _text(settings, name) == DEMO_KEY or len(_text(settings, name)) < 32
    ]
    faults += [
        f"{name.upper()}_FALLBACKS: production refuses the published key of the demo shop"
        for name in KEYS
        if DEMO_KEY in settings.former_keys(name)
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


def _text(settings: "Settings", name: str) -> str:
    value = getattr(settings, name)
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
