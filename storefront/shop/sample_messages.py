"""Sending a text or a mail to oneself, to see it as a shopper would."""

import secrets

from storefront.core import phones
from storefront.core.extensions import db, transaction
from storefront.ports.mail import Message
from storefront.ports.registry import providers
from storefront.verification import rate_limits
from storefront.verification.rate_limits import Budget, Requester
from storefront.verification.sending import NoTextsLeft

VALID_FOR = 600  # seconds


def send_text(phone: str, text: str, who: str, ip: str, budget: Budget) -> None:
    """To a number in national digits; counts like any other text.

    Raises NoTextsLeft, NumberRefused, SmsUnavailable or SmsUnknown.
    """
    mark = f"sample-{secrets.token_hex(8)}"
    with transaction():
        if not rate_limits.spend_text(Requester(mark, phone, who, ip, budget=budget), mark):
            raise NoTextsLeft
    providers().sms.send(phones.e164(phone), text, VALID_FOR)


def send_mail(message: Message) -> None:
    """Raises MailUnavailable."""
    db.session.commit()  # before the call: no transaction is open while we wait for a mail server
    providers().mail.send(message)
