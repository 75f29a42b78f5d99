"""What delivery costs, and how little more would make it free."""


def shipping_fee(goods: int, flat: int, free_from: int | None) -> int:
    """Yen with tax; goods that reach free_from travel free, and None means nothing ever does."""
    is_free = free_from is not None and goods >= free_from
    return 0 if is_free else flat


def missing_for_free(goods: int, flat: int, free_from: int | None) -> int:
    """Yen of goods still to add; 0 when delivery costs nothing already or can never be free."""
    if free_from is None or shipping_fee(goods, flat, free_from) == 0:
        return 0
    return free_from - goods
