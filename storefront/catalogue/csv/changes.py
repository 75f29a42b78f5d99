"""The plan of an import: what a CSV file would change, and its faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storefront.catalogue.csv.parser import RowFault
from storefront.catalogue.stocktaking import Shown

Values = Mapping[str, Any]


@dataclass(frozen=True)
class NewVariant:
    """A variant that the file adds, with its pieces in stock."""

    values: Values
    stock: int


@dataclass
class Plan:
    """All changes of a file: values and pieces by the id of the existing row, new products with all
    their variants."""

    revision: tuple[int, int]
    faults: list[RowFault] = field(default_factory=list)
    products: list[tuple[Values, list[NewVariant]]] = field(default_factory=list)
    variants: list[tuple[int, NewVariant]] = field(default_factory=list)  # of existing products
    changed_products: dict[int, Values] = field(default_factory=dict)
    changed_variants: dict[int, Values] = field(default_factory=dict)
    counted: dict[int, tuple[Shown, int]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)  # products
    searched: set[int] = field(default_factory=set)  # products whose names or place changed
    unchanged: int = 0  # rows

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed and unchanged, by the names that the page of the import
        shows."""
        added = sum(len(variants) for _values, variants in self.products)
        return {
            "products": len(self.products),
            "changed_products": len(self.changed_products),
            "variants": len(self.variants) + added,
            "changed_variants": len(self.changed_variants.keys() | self.counted.keys()),
            "unchanged": self.unchanged,
        }
