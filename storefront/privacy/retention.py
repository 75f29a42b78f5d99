"""Retention: how long personal data stay after an order's end, and the daily task that ends it."""

from calendar import monthrange
from datetime import date, datetime, timedelta

import sqlalchemy as sa
import structlog

from storefront.catalogue.models import ProductImport
from storefront.core import clock
from storefront.core.calendar import begin
from storefront.core.extensions import db, transaction
from storefront.orders.models import OF_A_PERSON, Order
from storefront.orders.owed_back import IS_OWED_BACK
from storefront.outbox import outbox
from storefront.payments.models import HostedSession
from storefront.ports.registry import providers
from storefront.privacy import closed_orders, erasure, freed_pages
from storefront.privacy.erasure import Gone
from storefront.privacy.erasure_requests import ERASING
from storefront.shop import profile

log = structlog.get_logger(__name__)

FEWEST, MOST = 1, 120  # months
AT_ONCE = 200  # orders in one transaction
ROUND = 20  # such transactions a minute: mails are not to wait for longer
VISITS = timedelta(days=2)  # nobody asks any more how a visit that led to no order has ended


def months() -> int:
    return profile.shop().keep_months


def months_ago(day: date, count: int) -> date:
    """The same day of an earlier month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def follow_up() -> None:
    """A chore, done once a day: erase the persons of orders whose time is over."""
    shop, today = profile.shop(), clock.today()
    if shop.erased_on is not None and shop.erased_on >= today:
        return
    before = begin(months_ago(today, shop.keep_months))
    orders, others = _erase_orders(before), _erase_rest(before)
    if orders < AT_ONCE * ROUND:  # else there are more of them: the next minute goes on
        _note_done(today)
    if orders or others:
        log.info("personal_data_erased", orders=orders, others=others)
        freed_pages.overwrite()


def _erase_orders(before: datetime) -> int:
    erased = 0
    for _nth in range(ROUND):
        some = _erase_some(before)
        outbox.still_here()
        erased += some
        if not some:
            break
    return erased


def _erase_some(before: datetime) -> int:
    is_open = closed_orders.is_money_open() | closed_orders.is_to_be_sent() | IS_OWED_BACK
    due = (closed_orders.is_quiet_since(before), ~is_open)
    query = sa.select(Order.id).where(OF_A_PERSON, *due).order_by(Order.placed_at, Order.id)
    with transaction(of=ERASING):
        ids = list(db.session.scalars(query.limit(AT_ONCE)))
        return len(erasure.erase(ids, *due)) if ids else 0


def _erase_rest(before: datetime) -> int:
    """What belongs to no order that has its person still; how many rows of it there were."""
    files = sa.update(ProductImport).where(ProductImport.created_at < before)
    left = HostedSession.order_id.is_(None) & (HostedSession.url != "")
    with transaction(of=ERASING):
        gone = sum(one.erase_before(before) for one in providers().plugins)
        db.session.execute(files.values(content=None, faults=[]))
        erasure.forget_visits(left & (HostedSession.opened_at < clock.now() - VISITS))
        return gone + erasure.tell(Gone(before=before))


def _note_done(today: date) -> None:
    with transaction():
        profile.renewed().erased_on = today
