"""The shop's profile: who sells, and on which terms."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column

from storefront.extensions import Base
from storefront.payments.models import YamatoConnection


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
    shipping_fee: Mapped[int]
    free_from: Mapped[int | None]
    prepare_days: Mapped[int] = mapped_column(default=2)
    cancel_terms: Mapped[str] = mapped_column(sa.Text)  # legal item ⑥, short
    cancel_terms_en: Mapped[str] = mapped_column(sa.Text)
    terms_updated: Mapped[str] = mapped_column(sa.String(10))  # ISO date
    # read with the rest, as every page says so: no bill that Yamato sends is a real one
    is_trial: Mapped[bool] = column_property(
        sa.exists(sa.select(YamatoConnection.id).where(YamatoConnection.live.is_(False)))
    )


class News(Base):
    __tablename__ = "news"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(sa.String(10), index=True)  # ISO date
    title: Mapped[str] = mapped_column(sa.String(200))
    title_en: Mapped[str] = mapped_column(sa.String(200))
