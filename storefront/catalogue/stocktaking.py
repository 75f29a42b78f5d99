"""Setting the number of pieces by hand, relative to the number that was shown: sales in between are
not lost."""

from dataclasses import dataclass

import sqlalchemy as sa

from storefront.catalogue.models import Variant
from storefront.core.extensions import db


@dataclass(frozen=True)
class Shown:
    """The stock that a person was shown: available pieces, and how often stock had been set by
    hand."""

    available: int
    stocktakes: int

    def __str__(self) -> str:
        return f"{self.available}@{self.stocktakes}"


def shown(variant: Variant) -> Shown:
    """The stock of a variant as a form shows it."""
    return Shown(variant.available, variant.stocktakes)


def read(text: str) -> Shown | None:
    """The stock that str() wrote into a form; None for anything else."""
    available, at, stocktakes = text.partition("@")
    numbers = [one for one in (available, stocktakes) if one.isascii() and one.isdigit()]
    is_one = at and len(numbers) == 2 and all(len(one) < 10 for one in numbers)
    return Shown(int(available), int(stocktakes)) if is_one else None


def set_available(variant_id: int, seen: Shown, wanted: int) -> bool:
    """Set the pieces to wanted less what was sold since seen, inside the caller's transaction.

    False where somebody has set them since, or more was sold since than would be left.
    """
    more = wanted - seen.available
    if not more:
        return True
    same = (Variant.id == variant_id) & (Variant.stocktakes == seen.stocktakes)
    count = sa.update(Variant).where(same, Variant.available + more >= 0)
    count = count.values(
        available=Variant.available + more, stocktakes=Variant.stocktakes + 1
    ).execution_options(synchronize_session=False)
    return db.session.scalar(count.returning(Variant.id)) is not None
