"""Visits to hosted pages: one for each press, what is heard of it counts once, and money that
buys nothing goes back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import data_vault, db, transaction, upsert
from storefront.outbox import outbox
from storefront.payments.models import HostedSession
from storefront.ports.payments import GatewayUnavailable, HostedPages, Outcome, SessionRequest
from storefront.ports.registry import providers

ReturnTo = Callable[[str], str]  # a visit's token to the address that the page leads back to
Admit = Callable[[str], None]  # raises where a visit of this token may not begin

OWED_BACK, REFUNDED = "owed-back", "refunded"  # what the shop makes of money it cannot use
GIVEN_BACK = (OWED_BACK, REFUNDED)
ENDED = (Outcome.REFUSED, Outcome.ABANDONED, *GIVEN_BACK)  # the same press begins another
UNPLACED = (Outcome.OPEN, Outcome.REFUSED, Outcome.ABANDONED)  # no order stands on it
# A page that had refused may still be paid on, by another card in another tab.
BEFORE = {Outcome.PAID: (*UNPLACED, Outcome.ISSUED), Outcome.ISSUED: UNPLACED}
ASKED_AGAIN = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=24))


def anybody(_token: str) -> None:
    """Every visit may begin."""


def open_visit(
    return_to: ReturnTo, idempotency_key: str, admit: Admit = anybody, **values: Any
) -> tuple[HostedSession, str]:
    """Begin a visit to the provider's page, or find that of the same press.

    return_to makes the address that the page leads back to. admit is called with a new visit's
    token, inside the transaction that begins it; what it raises undoes it. Returns the visit and
    the address to send the shopper to. Raises what the port raises; then no page was opened.
    """
    hosted = _pages()
    visit = _begin(idempotency_key, admit, values)
    if visit.url:
        return visit, visit.url
    url = hosted.open(_announced(visit, return_to))
    with transaction():
        here = sa.update(HostedSession).where(HostedSession.token == visit.token)
        db.session.execute(here.values(url=url))
    return visit, url


def _pages() -> HostedPages:
    hosted = providers().hosted
    if hosted is None:
        raise GatewayUnavailable("No provider is connected")
    return hosted


def _begin(idempotency_key: str, admit: Admit, values: dict[str, Any]) -> HostedSession:
    """Write the visit's row; of two equal requests at once one writes and both get the row."""
    with transaction():
        same = HostedSession.idempotency_key == idempotency_key
        running = same & HostedSession.outcome.not_in(ENDED)
        if (begun := newest(running)) is not None:  # perhaps under a former key
            return begun
        ended = same & HostedSession.outcome.in_(ENDED)
        count = db.session.scalar(sa.select(sa.func.count()).where(ended)) or 0
        token = data_vault().digest("visit", idempotency_key, str(count))
        admit(token)
        row = {
            "token": token,
            "idempotency_key": idempotency_key,
            "opened_at": clock.now(),
            **values,
        }
        db.session.execute(upsert(HostedSession).values(row).on_conflict_do_nothing())
        for nth, wait in enumerate(ASKED_AGAIN):  # the browser and the notice may both be lost
            outbox.add("hosted-outcome", 0, f"{token}:{nth}", clock.now() + wait)
        return db.session.get_one(HostedSession, token, populate_existing=True)


def _announced(visit: HostedSession, return_to: ReturnTo) -> SessionRequest:
    return SessionRequest(
        visit.token,
        visit.means,
        visit.yen,
        visit.order_number,
        return_to(visit.token),
        visit.locale,
    )


def find(token: str) -> HostedSession | None:
    """The visit of this token, read anew from the database."""
    return db.session.get(HostedSession, token, populate_existing=True)


def of_order(order_id: int) -> HostedSession | None:
    """The visit by which an order was placed; None where it was placed without."""
    mine = (HostedSession.order_id == order_id) & HostedSession.checkout_id.is_not(None)
    return db.session.scalar(sa.select(HostedSession).where(mine))


def newest(*of: sa.ColumnElement[bool]) -> HostedSession | None:
    query = sa.select(HostedSession).where(*of)
    return db.session.scalar(query.order_by(HostedSession.opened_at.desc()).limit(1))


def unheard() -> list[HostedSession]:
    """Open visits of ten minutes ago or more: neither browser nor notice has told of their end."""
    old = HostedSession.opened_at <= clock.now() - ASKED_AGAIN[0]
    waits = old & (HostedSession.outcome == Outcome.OPEN)
    return list(db.session.scalars(sa.select(HostedSession).where(waits)))


def outcome_of(visit: HostedSession) -> Outcome:
    """The outcome as the provider tells it; raises what the port raises."""
    db.session.commit()  # no transaction is open while we wait for the provider
    return _pages().outcome(visit.token)


def number_of(visit: HostedSession) -> str:
    """The number to pay by at a store, from the provider; raises what the port raises."""
    db.session.commit()
    return _pages().number(visit.token)


def settle_visit(visit: HostedSession, outcome: Outcome) -> bool:
    """Write a visit's outcome, inside the caller's transaction.

    Returns True for the first that brings one; OPEN never counts.
    """
    if outcome is Outcome.OPEN:
        return False
    return _move(visit, outcome, *BEFORE.get(outcome, (Outcome.OPEN,)))


def _move(visit: HostedSession, to: str, *sources: str) -> bool:
    here = (HostedSession.token == visit.token) & HostedSession.outcome.in_(sources)
    step = sa.update(HostedSession).where(here).values(outcome=to, settled_at=clock.now())
    return db.session.scalar(step.returning(HostedSession)) is not None


def owe_back(visit: HostedSession, *sources: Outcome) -> bool:
    """Plan that the worker gives money back or voids a number; the caller's transaction.

    Returns False where the visit's outcome is in none of the sources.
    """
    if not _move(visit, OWED_BACK, *sources):
        return False
    outbox.add("hosted-refund", 0, visit.token)
    return True


def owe_back_all(order_id: int) -> None:
    """Plan the same for everything paid or payable for an order; the caller's transaction."""
    mine = sa.select(HostedSession).where(HostedSession.order_id == order_id)
    for visit in list(db.session.scalars(mine)):
        owe_back(visit, Outcome.PAID, Outcome.ISSUED)


def has_given_back(order_id: int) -> bool:
    """Whether money of the order is given back on a hosted page, or will be."""
    back = HostedSession.outcome.in_(GIVEN_BACK)
    return newest(HostedSession.order_id == order_id, back) is not None


def give_back(_about: int = 0) -> None:
    """Give back all that is owed back, visit by visit; raises what the port raises."""
    owed = sa.select(HostedSession).where(HostedSession.outcome == OWED_BACK)
    for visit in list(db.session.scalars(owed)):
        db.session.commit()
        _pages().refund(visit.token)  # the same token twice is one refund
        with transaction():
            _move(visit, REFUNDED, OWED_BACK)
