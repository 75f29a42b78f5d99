"""Mail over SMTP, by Flask-Mailman."""

import re
import smtplib
import ssl
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from flask import Flask
from flask_mailman import EmailMultiAlternatives, Mail
from flask_mailman.backends.smtp import EmailBackend

from storefront.ports.mail import MailUnavailable, Message

PORTS = {"smtp": 587, "smtps": 465}
DOT_ATOM = re.compile(r"[^\s.@\"(),:;<>\[\\\]]+(?:\.[^\s.@\"(),:;<>\[\\\]]+)*")


def deliverable(address: str) -> str:
    """The address as RFC 5321 writes it: quoted where stray dots stand before the @."""
    local, _at, domain = address.rpartition("@")
    return address if DOT_ATOM.fullmatch(local) else f'"{local}"@{domain}'


class Quoting(smtplib.SMTP):
    """Flask-Mailman takes quotes off the envelope's addresses; here they come back."""

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        return super().rcpt(deliverable(recip), options)


class CheckedSmtp(Quoting):
    """Asks for the server's certificate; without a context smtplib would take any."""

    def starttls(  # type: ignore[override]  # only what is called: older ways are gone in 3.12
        self, *, context: ssl.SSLContext | None = None
    ) -> tuple[int, bytes]:
        return super().starttls(context=context or ssl.create_default_context())


class SmtpOverTls(Quoting, smtplib.SMTP_SSL):
    """Encrypted from the first byte."""


class Connection(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return SmtpOverTls if self.use_ssl else CheckedSmtp

    def hang_up(self) -> None:
        """Leave no socket open after a failure, without waiting for a last word."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class SmtpMail:
    """Sends from one address; STARTTLS on smtp:// unless it speaks to this machine."""

    def __init__(self, url: str, sender: str) -> None:
        self.sender = sender
        parts = urlsplit(url)
        carrier = Flask("mail")
        carrier.config.update(
            MAIL_SERVER=parts.hostname,
            MAIL_PORT=parts.port or PORTS[parts.scheme],
            MAIL_USERNAME=unquote(parts.username or "") or None,
            MAIL_PASSWORD=unquote(parts.password or "") or None,
            MAIL_USE_SSL=parts.scheme == "smtps",
            MAIL_USE_TLS=parts.scheme == "smtp"
            and parts.hostname not in {"127.0.0.1", "localhost"},
            MAIL_TIMEOUT=10,
            MAIL_BACKEND="smtp",
        )
        self.mail = Mail(carrier)
        self.carrier = carrier

    def send(self, message: Message) -> None:
        with self.carrier.app_context():
            connection = Connection()
            mail = EmailMultiAlternatives(
                message.subject,
                message.text,
                self.sender,
                [deliverable(message.to)],
                headers={"Message-ID": message.message_id},
                connection=connection,
            )
            mail.attach_alternative(message.html, "text/html")
            try:
                mail.send()
            except (OSError, smtplib.SMTPException) as error:
                raise MailUnavailable from error
            finally:
                connection.hang_up()
