"""The specimen customer, as storefront.testing has it."""

from storefront.testing.specimen import (
    CITY,
    EMAIL,
    HONOURED,
    NAME,
    PHONE,
    POSTAL_CODE,
    PREFECTURE,
    STREET,
)

__all__ = [
    "CITY",
    "EMAIL",
    "HONOURED",
    "NAME",
    "PHONE",
    "POSTAL_CODE",
    "PREFECTURE",
    "STREET",
]
