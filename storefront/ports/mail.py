"""The mail port: what an address is, and handing one message to whoever delivers it."""

import re
from dataclasses import dataclass
from typing import Protocol

from email_validator import EmailNotValidError, validate_email

from storefront.core.encryption import fingerprint
from storefront.core.japanese import half_width

# docomo and au gave out such addresses until 2009, and people keep theirs: a..b@, a.@
STRAY_DOTS = re.compile(r"\.+(?=\.)|\.+$")
OF_CARRIERS = re.compile(r"(?:docomo\.ne\.jp|(?:[a-z0-9-]+\.)?ezweb\.ne\.jp|au\.com)")
LONGEST_LOCAL = 64  # characters before the @ (RFC 5321, 4.5.3.1.1)


class MailUnavailable(Exception):
    """The message was not taken; try again later with the same message id."""


@dataclass(frozen=True)
class Message:
    """One mail to one person; the message id is the same at every try, so doubles can be told."""

    message_id: str
    to: str
    subject: str
    text: str
    html: str


def read_address(typed: str) -> str:
    """An address from any usual way to type it: full width to ASCII; the domain has no case, the
    part before it may."""
    local, at, domain = half_width(typed).rpartition("@")
    return f"{local}{at}{domain.lower()}"


def is_address(address: str) -> bool:
    """Whether mail can be sent there, as far as an address tells."""
    local, _at, domain = address.rpartition("@")
    if len(local) > LONGEST_LOCAL:
        return False
    if OF_CARRIERS.fullmatch(domain):
        address = f"{STRAY_DOTS.sub('', local)}@{domain}"
    try:
        validate_email(
            address, check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except EmailNotValidError:
        return False
    return True


def comparable(typed: str) -> str:
    """The spelling that addresses are compared by, in whatever width and case they were typed."""
    return read_address(typed).lower()


def message_id(host: str, secret: str, *parts: str) -> str:
    """The id of a mail about something whose own token is the secret; the same after a change of
    keys, so that a mail sent once more is still known as a double."""
    return f"<{fingerprint(secret, *parts)}@{host}>"


class MailSender(Protocol):
    def send(self, message: Message) -> None:
        """Hand over the message, or raise MailUnavailable."""
