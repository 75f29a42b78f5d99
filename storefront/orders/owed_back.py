"""Money that lies in the shop's till and is the shopper's: sent back by hand, and noted then."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.core.extensions import Base, UtcDateTime, db
from storefront.orders.models import Deposit, LedgerEntry, Order
from storefront.payments import hosted_sessions
from storefront.payments.status import PaymentState

ENDED = {PaymentState.CANCELLED, PaymentState.REFUNDED}

# as a literal, or SQLite would not know that the index holds it
_OF_IT = LedgerEntry.account == sa.literal_column("'owed_back'")
sa.Index(
    "ix_ledger_entries_owed_back",
    LedgerEntry.order_id,
    sqlite_where=_OF_IT,
    postgresql_where=_OF_IT,
)

_YEN = sa.func.sum(LedgerEntry.yen)
_OWED = sa.select(LedgerEntry.order_id).where(_OF_IT).group_by(LedgerEntry.order_id)
IS_OWED_BACK = Order.id.in_(_OWED.having(_YEN != 0))  # something is


class GivenBack(Base):
    """Money that somebody of the shop has sent back; the same day and amount is noted once."""

    __tablename__ = "given_back"
    __table_args__ = (
        sa.UniqueConstraint("order_id", "given_on", "yen", name="uq_given_back_order_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"))
    given_on: Mapped[date]
    yen: Mapped[int]
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)


def yen_of(order: Order) -> int:
    """What is still to be sent; nothing is while its payment has not ended."""
    if order.payment_status not in ENDED:
        return 0
    mine = sa.select(_YEN).where(_OF_IT, LedgerEntry.order_id == order.id)
    return -(db.session.scalar(mine) or 0)


def sent_of(order: Order) -> list[GivenBack]:
    """What was sent, the first one first."""
    if order.payment_status not in ENDED:
        return []
    mine = sa.select(GivenBack).where(GivenBack.order_id == order.id)
    return list(db.session.scalars(mine.order_by(GivenBack.id)))


def goes_by_hand(order: Order) -> bool:
    """Whether what came for it goes back so: it came to the shop's own account, at the door or by
    Yamato, and not by a hosted page, which gives it back itself."""
    came_by_account = sa.exists().where(Deposit.order_id == order.id, Deposit.is_late.is_(False))
    return bool(
        db.session.scalar(sa.select(came_by_account))
    ) or not hosted_sessions.has_given_back(order.id)
