"""The judgement notices that the simulator sends of its own accord, each once."""

from collections.abc import Mapping
from datetime import timedelta

import sqlalchemy as sa

from storefront import clock
from storefront.extensions import db
from storefront.kuroneko.simulator import events
from storefront.kuroneko.simulator.models import CreditRecord
from storefront.kuroneko.simulator.notices import notify
from storefront.kuroneko.simulator.states import Impossible, State
from storefront.providers import providers
from storefront.sandbox import inward

LIFETIME = timedelta(minutes=3)
ADDRESS = "/webhooks/kuroneko/judgement"


def push(form: Mapping[str, str]) -> None:
    inward.post(ADDRESS, form)


def push_due() -> None:
    """Of texts that were lost and codes whose time is over; nothing without a Yamato."""
    _push(sa.true())


def push_due_later() -> None:
    """The same, without texts that were lost at once: the screen of the code is shown first."""
    _push(CreditRecord.undelivered_at > CreditRecord.sent_at)


def _push(which: sa.ColumnElement[bool]) -> None:
    if providers().yamato is None:
        return
    for merchant, order_number in [*_lost(which), *_expired()]:
        notify(merchant, order_number, is_good=False, push=push)


def _lost(which: sa.ColumnElement[bool]) -> list[tuple[str, str]]:
    waits = (CreditRecord.state == State.WAIT_SMS) & which
    due = waits & (CreditRecord.undelivered_at <= clock.now())
    query = sa.select(CreditRecord.merchant, CreditRecord.order_number).where(due)
    lost = [(row.merchant, row.order_number) for row in db.session.execute(query)]
    return [one for one in lost if _happens(*one)]


def _happens(merchant: str, order_number: str) -> bool:
    try:
        events.lose_text(merchant, order_number)
    except Impossible:  # another request was quicker
        return False
    return True


def _expired() -> list[tuple[str, str]]:
    waits = CreditRecord.state.in_([State.WAIT_SMS, State.LOCKED, State.SMS_NG])
    over = CreditRecord.sent_at <= clock.now() - LIFETIME  # of 0002 too, whose code never lived
    due = sa.select(CreditRecord.id).where(waits, over, CreditRecord.expires_at <= clock.now())
    return events.expire_due() if db.session.scalar(due.limit(1)) else []
