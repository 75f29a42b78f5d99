"""Tables of the connection to Yamato: requests for credit, and the log of calls."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.core.extensions import Base, UtcDateTime


class CreditAttempt(Base):
    """One request for credit under a number of its own; Yamato takes each number only once."""

    __tablename__ = "kuroneko_attempts"
    __table_args__ = (sa.Index("ix_kuroneko_attempts_due", "state", "ask_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_number: Mapped[str] = mapped_column(sa.String(20), unique=True)  # as Yamato knows it
    base: Mapped[str] = mapped_column(sa.String(16), index=True)  # as the shop's order has it
    checkout_id: Mapped[str] = mapped_column(sa.String(32), index=True)
    challenge_id: Mapped[str] = mapped_column(sa.String(32), index=True)
    division: Mapped[str] = mapped_column(sa.String(1))
    total: Mapped[int]
    contract: Mapped[str | None] = mapped_column(sa.String(16))  # that it is asked for under
    state: Mapped[str] = mapped_column(sa.String(12))
    enquiries: Mapped[int] = mapped_column(default=0)  # that were not answered
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when the request left that nobody has answered: it may still arrive there
    unanswered_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ask_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when to enquire next


class YamatoCall(Base):
    """One request to Yamato and how it ended, with secrets and persons masked."""

    __tablename__ = "kuroneko_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_number: Mapped[str] = mapped_column(sa.String(20), index=True)
    api: Mapped[str] = mapped_column(sa.String(9))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    fields: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    outcome: Mapped[str] = mapped_column(sa.String(120))
