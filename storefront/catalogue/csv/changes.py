"""What a table would change, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storefront.catalogue.csv.parser import RowFault
from storefront.catalogue.stocktaking import Shown

Values = Mapping[str, Any]


@dataclass(frozen=True)
class NewVariant:
    values: Values
    stock: int


@dataclass
class Plan:
    """Ids are those of rows that exist; new products come with all their variants."""

    revision: tuple[int, int]
    faults: list[RowFault] = field(default_factory=list)
    products: list[tuple[Values, list[NewVariant]]] = field(default_factory=list)
    variants: list[tuple[int, NewVariant]] = field(default_factory=list)  # of a product that is
    changed_products: dict[int, Values] = field(default_factory=dict)
    changed_variants: dict[int, Values] = field(default_factory=dict)
    counted: dict[int, tuple[Shown, int]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)  # products
    searched: set[int] = field(default_factory=set)  # products whose names or place changed
    unchanged: int = 0  # rows

    @property
    def counts(self) -> dict[str, int]:
        added = sum(len(variants) for _values, variants in self.products)
        return {
            "products": len(self.products),
            "changed_products": len(self.changed_products),
            "variants": len(self.variants) + added,
            "changed_variants": len(self.changed_variants.keys() | self.counted.keys()),
            "unchanged": self.unchanged,
        }
