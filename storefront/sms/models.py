"""How many texts were sent, and what became of them."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.core.extensions import Base


class TextCount(Base):
    """Texts of a day that went the same way; whose numbers they went to stands nowhere."""

    __tablename__ = "text_counts"

    day: Mapped[date] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(sa.String(8), primary_key=True)  # code or payment
    sender: Mapped[str] = mapped_column(sa.String(12), primary_key=True)  # own, or the provider
    prefix: Mapped[str] = mapped_column(sa.String(3), primary_key=True)  # 070, 080 or 090
    fate: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    seconds: Mapped[int] = mapped_column(primary_key=True)  # until it arrived; -1 not known
    codes: Mapped[int]  # how many codes the texts carried; a repeated text repeats its code
    entered: Mapped[int]  # how many of these were entered
    texts: Mapped[int]
