"""The payment methods as the owner set them."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.extensions import Base


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
