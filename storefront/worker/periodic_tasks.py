"""Doing what the outbox holds, and the periodic tasks of every minute."""

from collections.abc import Callable

import structlog
from flask import current_app

from storefront.catalogue import stock
from storefront.catalogue.search import reindexing
from storefront.checkout import holds, order_limits, saved_details, store, unpaid_orders
from storefront.core import request_ids
from storefront.core.extensions import db, transaction
from storefront.core.tracebacks import traced
from storefront.orders import phone_checks
from storefront.orders.queries import search_index
from storefront.outbox import outbox
from storefront.payment_requests import provider_sync as collecting
from storefront.ports.mail import MailUnavailable
from storefront.ports.payments import GatewayUnavailable
from storefront.ports.registry import providers
from storefront.ports.sms import SmsUnavailable
from storefront.privacy import retention
from storefront.reports import checkout_funnel
from storefront.verification import challenges, rate_limits
from storefront.worker.handlers import ABANDONED, handler_of

log = structlog.get_logger()

TIDYING = "tidying"  # of two workers one does them after the other
ROUNDS = 10  # of things that follow from each other


def deliver(row_id: int) -> None:
    """Do one row; what fails is put off, and what another worker has is left alone."""
    claimed = outbox.claim(row_id)
    if claimed is None:
        return
    db.session.expire_all()  # another worker may have changed what an earlier row has read
    with request_ids.bound(claimed.request_id):
        _do(row_id, claimed.kind, claimed.about, claimed.attempt)


def _do(row_id: int, kind: str, about: int, attempt: int) -> None:
    try:
        handler_of(kind)(about)
    except (MailUnavailable, SmsUnavailable, GatewayUnavailable):
        log.warning("outbox_postponed", outbox_kind=kind, row=row_id, attempt=attempt)
        _put_off(row_id, kind, about, attempt)
    except Exception as error:
        db.session.rollback()
        log.error("outbox_failed", outbox_kind=kind, row=row_id, attempt=attempt, **traced(error))
        _put_off(row_id, kind, about, attempt)
    else:
        outbox.finish(row_id)


def _put_off(row_id: int, kind: str, about: int, attempt: int) -> None:
    is_last = attempt >= outbox.MOST_ATTEMPTS
    if is_last and (follows := ABANDONED.get(kind)):
        follows(about)  # before: where the worker dies in between, the row is tried once more
    outbox.postpone(row_id, attempt)
    if is_last:
        log.error("outbox_abandoned", row=row_id, attempt=attempt)


def run_due(is_over: Callable[[], bool] = lambda: False) -> None:
    """Do all due rows, and those that follow from them, in at most ROUNDS rounds.

    A row that failed waits for its time. is_over is asked before each row, and ends the work.
    """
    for _ in range(ROUNDS):
        due = outbox.due()
        for row_id in due:
            if is_over():
                return
            deliver(row_id)
            outbox.still_here()
        if not due:
            return


def tidy_up() -> None:
    """Give back stock nobody came for; erase codes, counters, drafts and saved details whose time
    is over; ask providers what they have not told; end what was not paid in time; make what is
    old searchable; erase personal data whose time is over."""
    with transaction(of=TIDYING):
        stock.release_expired()
    with transaction(of=TIDYING):
        phone_checks.keep()
        checkout_funnel.fold()  # while the codes of those checkouts are still known
        challenges.purge()
        rate_limits.purge()
        order_limits.purge()
        store.purge()
        saved_details.purge()
    outside = current_app.extensions.get("periodic_tasks", [])  # the sandbox's, where there is one
    reconciling = [one.reconcile for one in providers().credits.values()]
    for follow_up in (*outside, *reconciling, *CHORES):
        _try(follow_up)


CHORES = (
    holds.let_go_in_vain,
    collecting.follow_up,
    unpaid_orders.end_unpaid,
    search_index.catch_up,
    reindexing.catch_up,
    retention.follow_up,
)


def _try(chore: Callable[[], None]) -> None:
    """Run one task; an exception is logged and keeps no other task from running."""
    try:
        chore()
    except Exception as error:
        db.session.rollback()
        log.error("periodic_task_failed", task=chore.__module__, **traced(error))
