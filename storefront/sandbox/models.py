"""Tables of the sandbox: texts, mails, visits to payment pages, the clock's offset, those of single
checkouts, and pieces that a tester has set."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.core.extensions import Base, UtcDateTime


class SandboxText(Base):
    """A text on the sandbox phone: the one place that shows a code and a full number."""

    __tablename__ = "sandbox_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(sa.String(20), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    provider: Mapped[str] = mapped_column(sa.String(20))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    arrives_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fails_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reported: Mapped[bool] = mapped_column(default=False, index=True)


class SandboxMail(Base):
    """A mail in the sandbox mailbox; each message id is kept once."""

    __tablename__ = "sandbox_mails"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(sa.String(128), unique=True)
    to: Mapped[str] = mapped_column(sa.String(254), index=True)
    subject: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SandboxVisit(Base):
    """A visit to a hosted payment page as the provider knows it, apart from the shop's own
    table."""

    __tablename__ = "sandbox_visits"

    token: Mapped[str] = mapped_column(sa.String(43), primary_key=True)
    means: Mapped[str] = mapped_column(sa.String(20))
    yen: Mapped[int]
    order_number: Mapped[str] = mapped_column(sa.String(16))
    return_url: Mapped[str] = mapped_column(sa.Text)
    locale: Mapped[str] = mapped_column(sa.String(2))
    outcome: Mapped[str] = mapped_column(sa.String(12), default="open")
    number: Mapped[str | None] = mapped_column(sa.String(40), index=True)
    refunded: Mapped[bool] = mapped_column(default=False)


class SandboxGuest(Base):
    """A browser that was brought into a state: what it alone sees, and the page it begins with."""

    __tablename__ = "sandbox_guests"

    token: Mapped[str] = mapped_column(sa.String(22), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    changes: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    path: Mapped[str] = mapped_column(sa.Text, default="")  # with its query
    status: Mapped[int] = mapped_column(default=200)
    content_type: Mapped[str] = mapped_column(sa.String(80), default="")
    html: Mapped[str | None] = mapped_column(sa.Text)  # until it was shown


class SandboxClock(Base):
    """How far the shop's clock is ahead of the host's, in seconds."""

    __tablename__ = "sandbox_clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    offset: Mapped[float] = mapped_column(default=0.0)  # seconds ahead of the host


class SandboxRequest(Base):
    """What the shop asked of a part of the sandbox; no code and nobody's data stand here."""

    __tablename__ = "sandbox_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(sa.String(8), index=True)
    what: Mapped[str] = mapped_column(sa.String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    checkout_id: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    sent: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    answer: Mapped[str] = mapped_column(sa.String(40))


class SandboxFault(Base):
    """What befalls the next requests to a part of the sandbox, as many as are left of it."""

    __tablename__ = "sandbox_faults"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(sa.String(8), index=True)
    left: Mapped[int]
    status: Mapped[int | None]  # of HTTP; none where only time passes
    delay: Mapped[float]  # seconds of the host's clock


class SandboxCounted(Base):
    """An article whose pieces were set by a tester: they are not filled up again."""

    __tablename__ = "sandbox_counted"

    sku: Mapped[str] = mapped_column(sa.String(80), primary_key=True)


class SandboxHeadStart(Base):
    """How far the time of one checkout and its order is ahead of the shop's."""

    __tablename__ = "sandbox_head_starts"

    checkout_id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    seconds: Mapped[int]
