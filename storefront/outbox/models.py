"""What must happen after a commit."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.core import request_ids
from storefront.core.extensions import Base, UtcDateTime


class OutboxRow(Base):
    __tablename__ = "outbox"
    __table_args__ = (
        sa.Index("ix_outbox_due", "done_at", "due_at"),
        sa.Index("ix_outbox_about", "about", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(24))
    about: Mapped[int]  # the id of what it is about: no text of a person stands here
    dedupe_key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gave_up: Mapped[bool] = mapped_column(default=False)
    request_id: Mapped[str | None] = mapped_column(sa.String(request_ids.LONGEST))


class Heartbeat(Base):
    """When each kind of process last said that it works."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
