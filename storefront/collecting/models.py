"""Requests for payment that the shop sends after delivery."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.extensions import Base, UtcDateTime


class PaymentRequest(Base):
    """One request an order; its token opens the page where the shopper pays."""

    __tablename__ = "payment_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), unique=True)
    token: Mapped[str] = mapped_column(sa.String(43), unique=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    means: Mapped[str | None] = mapped_column(sa.String(12))  # the way to pay, once chosen
    store: Mapped[str | None] = mapped_column(sa.String(20))  # the chain, for convenience stores
    number: Mapped[str | None] = mapped_column(sa.String(40))  # what is paid by there
    chosen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    links_sent: Mapped[int] = mapped_column(default=0)  # how often the shopper asked for it again
    link_sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
