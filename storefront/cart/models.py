"""What the shopper means to buy."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storefront.catalogue.models import Variant
from storefront.core.extensions import Base, UtcDateTime


class Cart(Base):
    __tablename__ = "carts"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    lines: Mapped[list["CartLine"]] = relationship(
        order_by="CartLine.id", cascade="all, delete-orphan", passive_deletes=True
    )


class CartLine(Base):
    __tablename__ = "cart_lines"
    __table_args__ = (
        sa.UniqueConstraint("cart_id", "variant_id", name="uq_cart_lines_variant"),
        sa.CheckConstraint("quantity BETWEEN 1 AND 99", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[str] = mapped_column(
        sa.String(32), sa.ForeignKey("carts.id", ondelete="CASCADE"), index=True
    )
    variant_id: Mapped[int] = mapped_column(sa.ForeignKey("variants.id"))
    quantity: Mapped[int]
    seen_price: Mapped[int]  # yen when the shopper last saw it, to tell of a change

    variant: Mapped[Variant] = relationship()
