"""The sandbox's mailbox: the port MailSender whose mails can be read at /sandbox/mailbox."""

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.ports.mail import Message, comparable
from storefront.sandbox.models import SandboxMail


class SandboxMailbox:
    """Keeps each message id once."""

    def send(self, message: Message) -> None:
        """Keep the message, with its HTML as sent."""
        with transaction():
            known = sa.select(SandboxMail.id).where(SandboxMail.message_id == message.message_id)
            if db.session.scalar(known) is None:
                db.session.add(
                    SandboxMail(
                        message_id=message.message_id,
                        to=message.to,
                        subject=message.subject,
                        text=message.text,
                        html=message.html,
                        sent_at=clock.now(),
                    )
                )


def mails(to: str | None = None) -> list[SandboxMail]:
    """The mails, newest first. to is compared without case; a + that came as a space is read as
    one."""
    query = sa.select(SandboxMail).order_by(SandboxMail.id.desc())
    if to is not None:
        wanted = comparable(to.strip().replace(" ", "+"))  # no address holds a space
        query = query.where(sa.func.lower(SandboxMail.to) == wanted)
    return list(db.session.scalars(query))
