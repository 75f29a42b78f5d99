"""A shopper without a browser, as storefront.testing has it."""

from storefront.testing.form_shopper import (
    ADDRESS,
    field_value,
)
from storefront.testing.form_shopper import FormShopper as Shopper
from storefront.testing.form_shopper import QuickFormShopper as QuickShopper

__all__ = ["ADDRESS", "QuickShopper", "Shopper", "field_value"]
