"""Doing what the outbox holds, and the chores of every minute."""

from collections.abc import Callable

import structlog
from flask import current_app

from storefront.catalogue import stock
from storefront.checkout import checkouts, funnel, holding, lapsing, order_caps
from storefront.collecting import following as collecting
from storefront.extensions import db, transaction
from storefront.kuroneko import following as credit
from storefront.mail import MailUnavailable
from storefront.orders import checks, marks
from storefront.outbox import rows
from storefront.outbox.handlers import HANDLERS
from storefront.payments import GatewayUnavailable
from storefront.privacy import retention
from storefront.sms import SmsUnavailable
from storefront.tracing import traced
from storefront.verification import challenges, limits

log = structlog.get_logger()

TIDYING = "tidying"  # of two workers one does them after the other
ROUNDS = 10  # of things that follow from each other


def deliver(row_id: int) -> None:
    """Do one row; what fails is put off, and what another worker has is left alone."""
    claimed = rows.claim(row_id)
    if claimed is None:
        return
    kind, about, attempt = claimed
    db.session.expire_all()  # another worker may have changed what an earlier row has read
    try:
        HANDLERS[kind](about)
    except (MailUnavailable, SmsUnavailable, GatewayUnavailable):
        log.warning("outbox_put_off", kind=kind, row=row_id, attempt=attempt)
        _put_off(row_id, attempt)
    except Exception as error:
        db.session.rollback()
        log.error("outbox_failed", about=kind, row=row_id, attempt=attempt, **traced(error))
        _put_off(row_id, attempt)
    else:
        rows.finish(row_id)


def _put_off(row_id: int, attempt: int) -> None:
    rows.postpone(row_id, attempt)
    if attempt >= rows.MOST_ATTEMPTS:
        log.error("outbox_gave_up", row=row_id, attempt=attempt)


def run_due(is_over: Callable[[], bool] = lambda: False) -> None:
    """What is due, and what that has made due; a row that could not be done waits for its time.

    Whoever is told to stop meanwhile asks so before each row.
    """
    for _ in range(ROUNDS):
        due = rows.due()
        for row_id in due:
            if is_over():
                return
            deliver(row_id)
            rows.still_here()
        if not due:
            return


def tidy_up() -> None:
    """Give back stock nobody came for; erase codes, counters and drafts whose time is over; ask
    providers what they have not told; end what was not paid in time; make older orders
    searchable; erase personal data whose time is over."""
    with transaction(of=TIDYING):
        stock.release_expired()
    with transaction(of=TIDYING):
        checks.keep()
        funnel.fold()  # while the codes of those checkouts are still known
        challenges.purge()
        limits.purge()
        order_caps.purge()
        checkouts.purge()
    outside = current_app.extensions.get("chores", [])  # the sandbox's, where there is one
    for follow_up in (*outside, *CHORES):
        _try(follow_up)


CHORES = (
    credit.follow_up,
    holding.let_go_in_vain,
    collecting.follow_up,
    lapsing.end_unpaid,
    marks.catch_up,
    retention.follow_up,
)


def _try(chore: Callable[[], None]) -> None:
    """One that fails keeps none of the others from being done."""
    try:
        chore()
    except Exception as error:
        db.session.rollback()
        log.error("chore_failed", chore=chore.__module__, **traced(error))
