"""The payment methods as the owner set them, what they need, and visits to hosted pages."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.core.extensions import Base, Sealed, UtcDateTime
from storefront.ports.codes import SENDS, TRIES, WAIT


class PaymentMethod(Base):
    __tablename__ = "payment_methods"
    __table_args__ = (sa.CheckConstraint("fee >= 0", name="fee"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(50))
    name_en: Mapped[str] = mapped_column(sa.String(80))
    summary: Mapped[str] = mapped_column(sa.String(200))
    summary_en: Mapped[str] = mapped_column(sa.String(300))
    payment_time: Mapped[str] = mapped_column(sa.Text)  # legal item ③; {fee} is filled in
    payment_time_en: Mapped[str] = mapped_column(sa.Text)
    instructions: Mapped[str] = mapped_column(sa.Text, default="")  # shown after the order
    instructions_en: Mapped[str] = mapped_column(sa.Text, default="")
    fee: Mapped[int] = mapped_column(default=0)
    minimum: Mapped[int] = mapped_column(default=0)
    maximum: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    published: Mapped[bool] = mapped_column(default=True)
    sms_check: Mapped[bool] = mapped_column(default=False)
    collector: Mapped[str] = mapped_column(sa.String(8), default="provider")  # or shop
    delivery_methods: Mapped[list[str]] = mapped_column(sa.JSON, default=list)  # none: all
    sms_tries: Mapped[int] = mapped_column(default=TRIES)  # these three are of own codes
    sms_sends: Mapped[int] = mapped_column(default=SENDS)
    sms_wait: Mapped[int] = mapped_column(default=WAIT)  # seconds before the second text
    logo: Mapped[str | None] = mapped_column(sa.String(32))  # of a PaymentLogo
    days_to_pay: Mapped[int] = mapped_column(default=7, server_default="7")  # where a kind waits
    account: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict, server_default="{}")
    ranks: Mapped[dict[str, int]] = mapped_column(sa.JSON, default=dict)  # after which failure

    @property
    def texts_agreed_to(self) -> list[str]:
        """What of it stands on the confirmation, besides the fee."""
        days = f"{self.days_to_pay}"
        texts = [self.name, self.name_en, self.payment_time, self.payment_time_en]
        return [*texts, days, self.collector]


class PaymentLogo(Base):
    """A picture for a method's card, named by its own content."""

    __tablename__ = "payment_logos"

    mark: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    png: Mapped[bytes] = mapped_column(sa.LargeBinary)


def contract_of(merchant_code: str, *, is_live: bool) -> str:
    """As orders remember it: 12345678901/live or 12345678901/test."""
    return f"{merchant_code}/{'live' if is_live else 'test'}"


class YamatoConnection(Base):
    """Who the shop is to Yamato, and which options of the service it has a contract for."""

    __tablename__ = "yamato_connections"

    id: Mapped[int] = mapped_column(primary_key=True)
    merchant_code: Mapped[str] = mapped_column(sa.String(11))
    password: Mapped[str] = mapped_column(Sealed)
    live: Mapped[bool] = mapped_column(default=False)  # else at Yamato's test host
    smartphone: Mapped[bool] = mapped_column(default=True)
    bundled: Mapped[bool] = mapped_column(default=False)  # payslips printed with the goods
    other_carrier: Mapped[bool] = mapped_column(default=False)
    ship_days: Mapped[int] = mapped_column(default=10)  # until a parcel goes, at the latest
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when it was last tried
    check_end: Mapped[str | None] = mapped_column(sa.String(20))  # and how that ended

    @property
    def contract(self) -> str:
        """What credit is asked for under: another code is another, and so is the test host's."""
        return contract_of(self.merchant_code, is_live=self.live)


class Screening(Base):
    """How far the shop's application for one of Yamato's services has come."""

    __tablename__ = "screenings"

    service: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    stage: Mapped[str] = mapped_column(sa.String(12))


class HostedSession(Base):
    """One visit to a hosted page: for a checkout's press or for a placed order's payment."""

    __tablename__ = "hosted_payments"

    token: Mapped[str] = mapped_column(sa.String(43), primary_key=True)
    idempotency_key: Mapped[str | None] = mapped_column("press", sa.String(64), index=True)
    checkout_id: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    offer_fingerprint: Mapped[str | None] = mapped_column("offer_mark", sa.String(32))
    order_id: Mapped[int | None] = mapped_column(index=True)
    order_number: Mapped[str] = mapped_column(sa.String(16))
    method: Mapped[str] = mapped_column(sa.String(40))
    means: Mapped[str] = mapped_column(sa.String(20))
    yen: Mapped[int]
    locale: Mapped[str] = mapped_column(sa.String(2))
    outcome: Mapped[str] = mapped_column(sa.String(12), default="open")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(Sealed)  # what was agreed to
    url: Mapped[str] = mapped_column(sa.Text, default="")  # of the hosted page
    number: Mapped[str | None] = mapped_column(sa.String(40))  # what is paid by at a store
