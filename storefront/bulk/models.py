"""What was asked for many orders at once, and what became of it for each."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storefront.core.extensions import Base, Sealed, UtcDateTime
from storefront.orders.models import Order


class BulkJob(Base):
    """A draft until it is started: its owner looks at it first."""

    __tablename__ = "bulk_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column("deed", sa.String(12))
    carrier: Mapped[str] = mapped_column(sa.String(8), default="yamato")
    made_by: Mapped[int] = mapped_column(index=True)  # a person of the shop
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BulkResult(Base):
    __tablename__ = "bulk_results"

    job_id: Mapped[int] = mapped_column(sa.ForeignKey("bulk_jobs.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    slip: Mapped[str] = mapped_column(sa.String(20), default="")
    state: Mapped[str] = mapped_column(sa.String(8), default="waiting")
    reason: Mapped[str] = mapped_column(sa.String(160), default="")  # a code of refusals, no words
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    brought: Mapped[list[Any] | None] = mapped_column(Sealed)  # what a provider gave to be printed

    order: Mapped[Order] = relationship()
