"""The shopper as storefront.testing has it, and whether there is JavaScript."""

import pytest

from storefront.testing import COD, SMARTPHONE, TRANSFER, Shopper, scenario

with_js = pytest.mark.parametrize("js", [True], ids=["js"])
without_js = pytest.mark.parametrize("js", [False], ids=["no-js"])

__all__ = ["COD", "SMARTPHONE", "TRANSFER", "Shopper", "scenario", "with_js", "without_js"]
