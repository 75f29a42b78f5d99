"""The shop's profile: who sells, and on which terms."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from storefront.core.extensions import Base
from storefront.payments.models import YamatoConnection
from storefront.shipping import fees
from storefront.shipping.dates import Calendar
from storefront.shipping.fees import Terms
from storefront.shipping.models import DeliveryMethod


class Shop(Base):
    """One row. Texts that shoppers read exist in Japanese and English (…_en)."""

    __tablename__ = "shop"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    name_en: Mapped[str] = mapped_column(sa.String(80))
    tagline: Mapped[str] = mapped_column(sa.String(200))
    tagline_en: Mapped[str] = mapped_column(sa.String(200))
    seller: Mapped[str] = mapped_column(sa.String(120))
    seller_en: Mapped[str] = mapped_column(sa.String(120))
    manager: Mapped[str] = mapped_column(sa.String(80))
    manager_en: Mapped[str] = mapped_column(sa.String(80))
    address: Mapped[str] = mapped_column(sa.String(200))
    address_en: Mapped[str] = mapped_column(sa.String(200))
    phone: Mapped[str] = mapped_column(sa.String(20))
    hours: Mapped[str] = mapped_column(sa.String(120))
    hours_en: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(254))
    invoice_number: Mapped[str] = mapped_column(sa.String(14))
    cancel_terms: Mapped[str] = mapped_column(sa.Text)  # legal item ⑥, short
    cancel_terms_en: Mapped[str] = mapped_column(sa.Text)
    terms_updated: Mapped[str] = mapped_column(sa.String(10))  # ISO date
    privacy_extra: Mapped[str] = mapped_column(sa.Text, default="")
    privacy_extra_en: Mapped[str] = mapped_column(sa.Text, default="")
    is_open: Mapped[bool] = mapped_column(default=False)  # else goods are shown and not sold
    is_new: Mapped[bool] = mapped_column(default=False)  # never open: shoppers see no goods yet
    rest: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)  # a Calendar
    wordings: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)  # the owner's own
    texts_per_10_minutes: Mapped[int] = mapped_column(default=30)
    texts_per_day: Mapped[int] = mapped_column(default=300)
    yen_per_text: Mapped[int] = mapped_column(default=10)  # what the sender charges
    orders_per_hour: Mapped[int] = mapped_column(default=10)  # without a code, from one address
    orders_per_day: Mapped[int] = mapped_column(default=30)
    orders_per_person: Mapped[int] = mapped_column(default=5)  # a day, by mail address and phone
    unpaid_per_person: Mapped[int] = mapped_column(default=2)  # that wait for their money

    keep_months: Mapped[int] = mapped_column(default=13)  # personal data, after an order's end
    erased_on: Mapped[date | None]  # when what was due was last erased

    # read with the rest, as every page says so: no bill that Yamato sends is a real one
    is_trial: Mapped[bool] = column_property(
        sa.exists(sa.select(YamatoConnection.id).where(YamatoConnection.live.is_(False)))
    )

    # in the same statement, as no page gets on without them
    deliveries: Mapped[list[DeliveryMethod]] = relationship(
        lazy="joined", order_by=(DeliveryMethod.position, DeliveryMethod.id)
    )

    @property
    def offered(self) -> list[DeliveryMethod]:
        """Delivery methods that shoppers may choose, in the owner's order."""
        return [one for one in self.deliveries if one.published]

    @property
    def delivery_terms(self) -> Terms:
        return fees.terms(self.offered)

    @property
    def calendar(self) -> Calendar:
        return Calendar.load(self.rest)

    @property
    def prepare_days(self) -> int:
        """Working days until the slowest parcel is shipped, as it is promised for all."""
        return max((one.prepare_days for one in self.offered), default=0)


class Announcement(Base):
    __tablename__ = "news"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(sa.String(10), index=True)  # ISO date
    title: Mapped[str] = mapped_column(sa.String(200))
    title_en: Mapped[str] = mapped_column(sa.String(200))
