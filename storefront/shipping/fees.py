"""What delivery costs, and how little more would make it free."""

from collections.abc import Sequence
from dataclasses import dataclass

from storefront.shipping.models import DeliveryMethod
from storefront.shipping.prefectures import PREFECTURES


def shipping_fee(goods: int, flat: int, free_from: int | None) -> int:
    """Yen with tax; goods that reach free_from travel free, and None means nothing ever does."""
    is_free = free_from is not None and goods >= free_from
    return 0 if is_free else flat


def missing_for_free(goods: int, flat: int, free_from: int | None) -> int:
    """Yen of goods still to add; 0 when delivery costs nothing already or can never be free."""
    if free_from is None or shipping_fee(goods, flat, free_from) == 0:
        return 0
    return free_from - goods


def flat_fee(method: DeliveryMethod, prefecture: str = "") -> int:
    """Before any goods are counted; without an address the base fee."""
    return (method.fees or {}).get(prefecture, method.fee)


def fee_to(method: DeliveryMethod, prefecture: str, goods: int) -> int:
    """What sending these goods there costs."""
    return shipping_fee(goods, flat_fee(method, prefecture), method.free_from)


@dataclass(frozen=True)
class Terms:
    """What the shop says of delivery before it is known where to and how."""

    fee: int
    free_from: int | None
    varies: bool  # by prefecture or by method

    def fee_of(self, goods: int) -> int:
        return shipping_fee(goods, self.fee, self.free_from)

    def missing(self, goods: int) -> int:
        return missing_for_free(goods, self.fee, self.free_from)


def terms(offered: Sequence[DeliveryMethod]) -> Terms:
    """Of the first method, which is the one a shopper is shown first."""
    if not offered:
        return Terms(0, None, varies=False)
    first = offered[0]
    others = {(one.fee, one.free_from) for one in offered}
    varies = len(others) > 1 or any(has_table(one) for one in offered)
    return Terms(first.fee, first.free_from, varies)


def by_fee(method: DeliveryMethod) -> list[tuple[int, list[str]]]:
    """The prefectures that cost another fee, from north to south, cheapest first."""
    found: dict[int, list[str]] = {}
    for name, _english in PREFECTURES:
        if (fee := flat_fee(method, name)) != method.fee:
            found.setdefault(fee, []).append(name)
    return sorted(found.items())


def has_table(method: DeliveryMethod) -> bool:
    """Whether some prefecture costs another fee than the others."""
    return any(fee != method.fee for fee in (method.fees or {}).values())
