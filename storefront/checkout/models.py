"""Tables of the checkout: what a shopper has typed and answered, saved details, and counts of how
checkouts end."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, foreign, mapped_column, relationship

from storefront.core.extensions import Base, Sealed, UtcDateTime
from storefront.payments.models import HostedSession
from storefront.ports.payments import Outcome
from storefront.verification.models import Challenge

CARD = "card"  # the kind of method


class Checkout(Base):
    """One shopper's way from a cart to an order. Whatever else is known of it is computed by
    journey.load."""

    __tablename__ = "checkouts"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    cart_id: Mapped[str] = mapped_column(sa.String(32), index=True)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    typed: Mapped[dict[str, Any] | None] = mapped_column(Sealed)  # the form as it was typed last
    typed_at: Mapped[int | None] = mapped_column(sa.BigInteger)  # by its browser, in milliseconds
    answered: Mapped[dict[str, Any] | None] = mapped_column(Sealed)  # the same once well-formed
    payment: Mapped[str | None] = mapped_column(sa.String(40))  # the method chosen last
    seen_terms: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)  # of that method
    order_token: Mapped[str | None] = mapped_column(sa.String(43))  # once it led to an order
    counted: Mapped[bool] = mapped_column(default=False, index=True)  # in the counts below

    declined_cards: Mapped[int | None] = column_property(
        sa.select(sa.func.count())
        .where(
            HostedSession.checkout_id == id,
            HostedSession.means == CARD,
            HostedSession.outcome == Outcome.REFUSED,
        )
        .correlate_except(HostedSession)
        .scalar_subquery()
    )

    challenges: Mapped[list[Challenge]] = relationship(  # newest first
        primaryjoin=lambda: Checkout.id == foreign(Challenge.checkout_id),
        order_by=Challenge.created_at.desc(),
        viewonly=True,
    )


class SavedDetails(Base):
    """Name, address and payment method that one browser fills in by itself at the next order, kept
    because the shopper ticked 次回の入力を省く."""

    __tablename__ = "saved_details"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)  # known to that browser only
    details: Mapped[dict[str, Any]] = mapped_column(Sealed)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class CheckoutCount(Base):
    """How many checkouts of a day ended in one way; it names no person, so it outlives them."""

    __tablename__ = "checkout_counts"

    day: Mapped[date] = mapped_column(primary_key=True)
    furthest: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    failure: Mapped[str] = mapped_column(sa.String(12), primary_key=True)  # the first; or empty
    failed_by: Mapped[str] = mapped_column(sa.String(40), primary_key=True)  # which method
    placed_by: Mapped[str] = mapped_column(sa.String(40), primary_key=True)  # empty: no order
    checkouts: Mapped[int]
