"""The shopper of storefront.testing and the marks, under the name they had."""

from storefront.testing import COD, SMARTPHONE, TRANSFER, Shopper, scenario
from tests.e2e.marks import with_js, without_js

__all__ = ["COD", "SMARTPHONE", "TRANSFER", "Shopper", "scenario", "with_js", "without_js"]
