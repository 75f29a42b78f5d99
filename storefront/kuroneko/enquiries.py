"""KAASA0020, and the four requests that need nothing but an order number."""

from dataclasses import dataclass, field
from typing import ClassVar

from storefront.kuroneko import numbers
from storefront.kuroneko.messages import Api, Fields, Merchant, request_date
from storefront.kuroneko.problems import Problem


@dataclass(frozen=True)
class CodeCheck:
    """A code as the shopper typed it."""

    api: ClassVar[Api] = Api.VERIFY_CODE
    order_number: str
    code: str = field(repr=False)

    def problems(self) -> list[Problem]:
        found = numbers.order_number_problems(self.order_number)
        return found + numbers.code_problems(self.code)

    def fields(self, merchant: Merchant) -> Fields:
        return {
            "ycfStrCode": merchant.code,
            "orderNo": self.order_number,
            "ninCode": numbers.code(self.code),
            "requestDate": request_date(),
            "password": merchant.password,
        }


@dataclass(frozen=True)
class Enquiry:
    """KAARS0010, KAAST0010, KAACL0010 and KAASD0010, which differ by their address alone."""

    api: Api
    order_number: str

    def problems(self) -> list[Problem]:
        return numbers.order_number_problems(self.order_number)

    def fields(self, merchant: Merchant) -> Fields:
        return {
            "ycfStrCode": merchant.code,
            "orderNo": self.order_number,
            "requestDate": request_date(),
            "password": merchant.password,
        }
