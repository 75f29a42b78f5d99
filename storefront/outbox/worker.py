"""Doing what the outbox holds, and the chores of every minute."""

import structlog

from storefront.catalogue import stock
from storefront.checkout import checkouts
from storefront.extensions import db, transaction
from storefront.mail import MailUnavailable
from storefront.orders.mails import send_order_mail
from storefront.outbox import rows
from storefront.outbox.rows import Handler
from storefront.tracing import traced
from storefront.verification import challenges, limits

log = structlog.get_logger()

HANDLERS: dict[str, Handler] = {"order-mail": send_order_mail}


def deliver(row_id: int) -> None:
    """Do one row; what fails is put off, and what another worker has is left alone."""
    claimed = rows.claim(row_id)
    if claimed is None:
        return
    kind, about, attempt = claimed
    try:
        HANDLERS[kind](about)
    except MailUnavailable:
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


def run_due() -> None:
    for row_id in rows.due():
        deliver(row_id)


def tidy_up() -> None:
    """Give back stock nobody came for; erase codes, counters and drafts whose time is over."""
    with transaction():
        stock.release_expired()
    with transaction():
        challenges.purge()
        limits.purge()
        checkouts.purge()
