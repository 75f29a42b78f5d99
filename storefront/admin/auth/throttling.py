"""How often a password or a code may be tried: by strangers, and by each known browser alone."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app

from storefront.core.client_address import client_address
from storefront.core.extensions import data_vault, transaction
from storefront.verification import rate_limit_slots, rate_limits
from storefront.verification.rate_limit_slots import Hit

WINDOW = timedelta(minutes=30)
OF_ACCOUNT, OF_IP = 5, 25  # as EC-CUBE limits its own admin's second factor in production


class TooManyTries(Exception):
    """No try is left, and nothing was compared: wait 30 minutes, or use a passkey."""


@dataclass
class Try:
    """One try; whoever spends it sets succeeded."""

    succeeded: bool = False


@contextmanager
def one_try(action: str, account: str, browser: str = "") -> Iterator[Try]:
    """Spend a try before a password or code is compared; a success gives it back.

    browser names one in which the person has been signed in before: it has tries of its own, which
    no stranger can use up (OWASP's device cookies). Raises TooManyTries.
    """
    used_by = secrets.token_hex(16)
    scope = f"admin-{action}"
    over, subject = ("browser", f"{browser}|{account}") if browser else ("account", account)
    uses = [Hit(f"{scope}:{over}", _marks(subject), OF_ACCOUNT, WINDOW, used_by)]
    if not browser and current_app.config["SETTINGS"].limits == "real":
        address = _marks(client_address())
        uses.append(Hit(f"{scope}:ip", address, OF_IP, WINDOW, used_by))
    with transaction():
        if not rate_limit_slots.reserve(uses):
            raise TooManyTries
    tried = Try()
    yield tried
    if tried.succeeded:
        with transaction():
            rate_limits.give_back(scope, used_by)


def _marks(subject: str) -> tuple[str, ...]:
    return data_vault().digests("admin-try", subject)
