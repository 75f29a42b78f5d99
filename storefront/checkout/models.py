"""What one shopper has answered on the way from the cart to an order."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.extensions import Base, Sealed, UtcDateTime


class Checkout(Base):
    __tablename__ = "checkouts"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    cart_id: Mapped[str] = mapped_column(sa.String(32), index=True)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    typed: Mapped[dict[str, Any] | None] = mapped_column(Sealed)  # the form as it was last sent
    answered: Mapped[dict[str, Any] | None] = mapped_column(Sealed)  # the same once well-formed
    order_token: Mapped[str | None] = mapped_column(sa.String(43))  # once it led to an order
