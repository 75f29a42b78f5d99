"""Shoppers of an installed shop, in which no number chooses what happens."""

import itertools
from typing import Any, Self

from werkzeug.test import Client, TestResponse

from storefront.testing.form_shopper import FormShopper
from tests.proofs.fault_proxy import FakeTwilio
from tests.unit.opening.post import code_in
from tests.walk import Walk

NOBODYS = "090-1111-0000"
NUMBERS = itertools.count(1)
OTHERS = {"1234": 0, "9999": 1, "9998": 2, "9997": 3}  # the right code, and how far off it is


class RealShopper(FormShopper):
    """Pays in cash after proving a phone of their own, by the code that reached it."""

    def __init__(self, client: Client, twilio: FakeTwilio, prefix: str = "") -> None:
        super().__init__(client, prefix)
        self.twilio = twilio
        number = next(NUMBERS)
        self.phone = f"090-{1200 + number}-{number:04}"

    def answer(self, payment: str = "cod", **changes: str) -> Self:
        tel = changes.get("tel", "")
        changes["tel"] = tel if tel == NOBODYS else self.phone
        return super().answer(payment, **changes)

    def post(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> TestResponse:
        if data and data.get("code") in OTHERS:
            right = code_in(self.twilio, self.phone)
            off = (int(right) + OTHERS[data["code"]]) % 10 ** len(right)
            data = {**data, "code": f"{off:0{len(right)}}"}
        return super().post(path, data, **headers)


class RealWalk(Walk):
    """Every screen but those that only the sandbox's numbers or its clock lead to."""

    other_method = "bank_transfer"
    sandbox = ()

    def fail(self) -> None:
        self.shopper.put_in().answer(tel=NOBODYS)
        self.shopper.press_confirm()
        self.get("/checkout", "ng refused")
        number = {"payment": "cod", "sms_tel": NOBODYS}
        self.refused("/checkout/other-method", number, "the same number")
