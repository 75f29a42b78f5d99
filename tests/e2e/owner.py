"""Who looks after the shop, as storefront.testing has it."""

from storefront.testing import OwnerPage

__all__ = ["OwnerPage"]
