"""Tables of the simulated Yamato: credit records, and the tracking numbers of their parcels."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storefront.core.extensions import Base, Sealed, UtcDateTime


class CreditRecord(Base):
    """One order as a merchant registered it. Its state has to be read with the time, see
    records.standing."""

    __tablename__ = "kuroneko_sim_records"
    __table_args__ = (sa.UniqueConstraint("merchant", "order_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    merchant: Mapped[str] = mapped_column(sa.String(11))
    order_number: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[str] = mapped_column(sa.String(12), index=True)
    division: Mapped[str] = mapped_column(sa.String(1))  # sendDiv of the order request
    person: Mapped[str] = mapped_column(sa.String(32), index=True)  # a mark of name and phone
    sent: Mapped[dict[str, str]] = mapped_column(Sealed)  # the order's fields as they stand now
    amount_first: Mapped[int]
    amount: Mapped[int]
    refusal: Mapped[str | None] = mapped_column(sa.String(1))  # the credit result, if refused
    sms_number: Mapped[str | None] = mapped_column(Sealed)
    code: Mapped[str | None] = mapped_column(Sealed)  # none where no code is ever right
    tries: Mapped[int] = mapped_column(default=0)
    most_tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undelivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    warning: Mapped[int] = mapped_column(default=0)
    reissues: Mapped[int] = mapped_column(default=0)
    is_reissuing: Mapped[bool] = mapped_column(default=False)
    printed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dates: Mapped[dict[str, str]] = mapped_column(sa.JSON)  # each state it reached: ISO moment

    slips: Mapped[list["Slip"]] = relationship(order_by="Slip.id", cascade="all, delete-orphan")


class Slip(Base):
    """A parcel's tracking number, Yamato's or another carrier's."""

    __tablename__ = "kuroneko_sim_slips"
    __table_args__ = (sa.UniqueConstraint("record_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("kuroneko_sim_records.id"))
    number: Mapped[str] = mapped_column(sa.String(20), index=True)
