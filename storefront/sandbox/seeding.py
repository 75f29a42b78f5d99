"""Filling a new demo shop: its goods, its settings and, where asked for, days of made-up trade."""

from storefront.core.extensions import transaction
from storefront.sandbox import demo, history

YEAR = 365  # days of made-up trade that a new demo shop looks back on


def seed_if_empty(days_of_history: int = 0) -> bool:
    """Make the demo shop in an empty database, with so many days of made-up trade; False where
    there is a shop already."""
    if not demo.is_empty():
        return False
    with transaction():
        demo.seed()
        history.write(days_of_history)
    return True
