"""The mail port: handing one message to whoever delivers it."""

from dataclasses import dataclass
from typing import Protocol

from storefront.core.encryption import fingerprint


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


def message_id(host: str, secret: str, *parts: str) -> str:
    """The id of a mail about something whose own token is the secret; the same after a change of
    keys, so that a mail sent once more is still known as a double."""
    return f"<{fingerprint(secret, *parts)}@{host}>"


class MailSender(Protocol):
    def send(self, message: Message) -> None:
        """Hand over the message, or raise MailUnavailable."""
