"""The test shop's outside world, as storefront.testing has it."""

from storefront.testing import Sandbox

__all__ = ["Sandbox"]
