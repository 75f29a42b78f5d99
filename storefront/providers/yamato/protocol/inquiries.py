"""KAASA0020, and the four requests that need nothing but an order number."""

from dataclasses import dataclass, field
from typing import ClassVar

from storefront.providers.yamato.protocol import identifiers
from storefront.providers.yamato.protocol.field_errors import Problem
from storefront.providers.yamato.protocol.messages import Api, Fields, Merchant, request_date


@dataclass(frozen=True)
class CodeCheck:
    """A code as the shopper typed it."""

    api: ClassVar[Api] = Api.VERIFY_CODE
    order_number: str
    code: str = field(repr=False)

    def problems(self) -> list[Problem]:
        """Whether order number or code have another form than Yamato takes."""
        found = identifiers.order_number_problems(self.order_number)
        return found + identifiers.code_problems(self.code)

    def fields(self, merchant: Merchant) -> Fields:
        """The form of KAASA0020."""
        return {
            "ycfStrCode": merchant.code,
            "orderNo": self.order_number,
            "ninCode": identifiers.code(self.code),
            "requestDate": request_date(),
            "password": merchant.password,
        }


@dataclass(frozen=True)
class Enquiry:
    """KAARS0010, KAAST0010, KAACL0010 and KAASD0010, which differ by their address alone."""

    api: Api
    order_number: str

    def problems(self) -> list[Problem]:
        """Whether the order number has another form than Yamato takes."""
        return identifiers.order_number_problems(self.order_number)

    def fields(self, merchant: Merchant) -> Fields:
        """The form, the same for all four requests."""
        return {
            "ycfStrCode": merchant.code,
            "orderNo": self.order_number,
            "requestDate": request_date(),
            "password": merchant.password,
        }
