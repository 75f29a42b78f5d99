"""What a provider reports about a text after it took it."""

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.ports.sms import Delivery, moves_forward
from storefront.verification.models import Challenge


def record(provider: str, reference: str, news: Delivery) -> None:
    """Move the text's state forward; old, repeated or unknown news changes nothing.

    An undelivered text ends its challenge unless the phone was proven meanwhile. Good news grants
    nothing.
    """
    message = (Challenge.provider == provider) & (Challenge.reference == reference)
    with transaction():
        challenge = db.session.scalar(sa.select(Challenge).where(message).with_for_update())
        if challenge is None:
            return
        old = Delivery(challenge.delivery or Delivery.QUEUED)
        if not moves_forward(old, news):
            return
        challenge.delivery, challenge.reported_at = news, clock.now()
        if news is Delivery.DELIVERED:
            took = clock.now() - challenge.sent_at
            challenge.delivery_seconds = max(0, int(took.total_seconds()))
        if news is Delivery.UNDELIVERED and not challenge.passed_at and not challenge.ended:
            challenge.ended, challenge.sealed_code = "undelivered", None
