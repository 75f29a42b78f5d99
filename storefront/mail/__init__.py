"""The mail port: handing one message to whoever delivers it."""

from dataclasses import dataclass
from typing import Protocol


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


class MailSender(Protocol):
    def send(self, message: Message) -> None:
        """Hand over the message, or raise MailUnavailable."""
