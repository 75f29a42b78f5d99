"""The judgement notices that the simulator sends by itself, each once."""

from collections.abc import Mapping
from datetime import timedelta

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db
from storefront.providers.yamato.account.session import yamato
from storefront.providers.yamato.simulator import events
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.notices import notify
from storefront.sandbox import webhook_calls

LIFETIME = timedelta(minutes=3)
ADDRESS = "/webhooks/kuroneko/judgement"


def push(form: Mapping[str, str]) -> None:
    """Post a notice to the shop."""
    webhook_calls.post(ADDRESS, form)


def push_due() -> None:
    """Send the notices of texts that were lost and of codes that are over; none where there is no
    Yamato."""
    _push(events.EVERY)


def push_due_later() -> None:
    """The same, but not for texts that were lost at once, so that the screen of the code is shown
    first."""
    _push(CreditRecord.undelivered_at > CreditRecord.sent_at)


def _push(lost: events.Which) -> None:
    # of 0002 too, whose code never lived
    over = CreditRecord.sent_at <= clock.now() - LIFETIME
    if yamato() is None or not _is_any(lost & events.is_lost(), over & events.is_over()):
        return
    for merchant, order_number in [*events.lose_due(lost), *events.expire_due(over)]:
        notify(merchant, order_number, is_good=False, push=push)


def _is_any(lost: events.Which, over: events.Which) -> bool:
    """A look that keeps no writer waiting: most requests find nothing."""
    return db.session.scalar(sa.select(CreditRecord.id).where(lost | over).limit(1)) is not None
