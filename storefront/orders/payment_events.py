"""What news of its payment does to an order."""

import sqlalchemy as sa
import structlog

from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders import ledger
from storefront.orders.models import Order, OrderEvent
from storefront.outbox import outbox
from storefront.payments.status import PaymentEvent, states_before

log = structlog.get_logger(__name__)


def apply_payment_event(
    order: Order, news: PaymentEvent, *, is_told: bool = True, received: int | None = None
) -> bool:
    """Apply one piece of news to the order's payment, inside the caller's transaction.

    Returns True where the payment's state changed; of two requests at once only one gets True. News
    that was applied before changes nothing; news that the table of states forbids is logged and
    changes nothing. received: yen that were paid, where the amount may differ from what is owed.
    is_told sends the mail of a payment.
    """
    can_move = Order.payment_status.in_(states_before(news))
    move = sa.update(Order).where(Order.id == order.id, can_move).values(payment_status=news)
    if db.session.scalar(move.returning(Order)) is None:
        _log_impossible(order, news)
        return False
    now = clock.now()
    db.session.add(OrderEvent(order_id=order.id, at=now, event=news))
    if news is PaymentEvent.PAID:
        ledger.record_payment(order, now, received)
        if is_told:
            outbox.add("paid-mail", order.id)
    return True


def _log_impossible(order: Order, news: PaymentEvent) -> None:
    state = db.session.scalar(sa.select(Order.payment_status).where(Order.id == order.id))
    if state != news:
        log.warning("payment_news_refused", order=order.number, state=state, news=news)
