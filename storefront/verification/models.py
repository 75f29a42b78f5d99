"""Codes sent to phones, and what limits them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.core.extensions import Base, UtcDateTime


class Challenge(Base):
    """One code for one offer and one phone; ended says why it leads nowhere any more."""

    __tablename__ = "challenges"
    __table_args__ = (sa.Index("ix_challenges_message", "provider", "reference"),)

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    checkout_id: Mapped[str] = mapped_column(sa.String(32), index=True)
    method: Mapped[str] = mapped_column(sa.String(40))
    verifier: Mapped[str] = mapped_column(sa.String(12), default="own")  # who judges the code
    phone_digest: Mapped[str] = mapped_column("phone_mark", sa.String(32), index=True)
    offer_fingerprint: Mapped[str] = mapped_column("offer_mark", sa.String(32))
    idempotency_key: Mapped[str] = mapped_column(
        "press", sa.String(64), unique=True
    )  # the confirmation's key
    generation: Mapped[int] = mapped_column(default=1)
    sealed_code: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    attempts: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int] = mapped_column(default=3)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    coded_at: Mapped[datetime] = mapped_column(UtcDateTime)  # when the running code was made
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    passed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    consumed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended: Mapped[str | None] = mapped_column(sa.String(12))
    outcome_unknown: Mapped[bool] = mapped_column(default=False)
    taken: Mapped[bool] = mapped_column(default=True)  # the verifier is known to have the request
    field_to_correct: Mapped[str | None] = mapped_column(
        "blamed", sa.String(20)
    )  # the field it asks to correct
    locale: Mapped[str] = mapped_column(sa.String(2), default="ja")  # the shopper's
    answers_fingerprint: Mapped[str | None] = mapped_column(
        "answers_mark", sa.String(32)
    )  # what stood in the form then
    texts: Mapped[int] = mapped_column(default=0)
    provider: Mapped[str | None] = mapped_column(sa.String(20))
    reference: Mapped[str | None] = mapped_column(sa.String(64))
    delivery: Mapped[str | None] = mapped_column(sa.String(12))
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when delivery was heard
    delivery_seconds: Mapped[int | None]  # from the last text to the report that it arrived
    prefix: Mapped[str] = mapped_column(sa.String(3), default="")  # 070, 080 or 090


class LimitSlot(Base):
    """One of the uses a limit allows in its window; free again when the window has passed it."""

    __tablename__ = "limit_slots"
    __table_args__ = (sa.Index("ix_limit_slots_use", "scope", "subject", "used_at"),)

    scope: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    subject: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_by: Mapped[str] = mapped_column(sa.String(32), index=True)
