"""How parcels may travel, as the owner set it."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.core.extensions import Base


class DeliveryMethod(Base):
    """One way to send a parcel; fees are in yen with tax."""

    __tablename__ = "delivery_methods"
    __table_args__ = (
        sa.CheckConstraint("fee >= 0", name="fee"),
        sa.CheckConstraint("prepare_days >= 0", name="prepare_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(sa.ForeignKey("shop.id"), default=1, index=True)
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(50))
    name_en: Mapped[str] = mapped_column(sa.String(80), default="")
    carrier: Mapped[str] = mapped_column(sa.String(8), default="yamato")  # or other
    published: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    fee: Mapped[int]  # where the table has nothing else
    fees: Mapped[dict[str, int]] = mapped_column(sa.JSON, default=dict)  # by prefecture
    free_from: Mapped[int | None]  # yen of goods
    prepare_days: Mapped[int] = mapped_column(default=2)  # working days until it is shipped
    offers_dates: Mapped[bool] = mapped_column(default=True)
    days_offered: Mapped[int] = mapped_column(default=14)  # to choose from, the first one counted
    slots: Mapped[list[str]] = mapped_column(sa.JSON, default=list)  # those beside "any time"
