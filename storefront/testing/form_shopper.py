"""A shopper without a browser: reads forms from pages and sends them, as a person would."""

import re
from functools import cached_property
from html import unescape
from typing import Any, Self

from werkzeug.test import Client, TestResponse

from storefront.testing.network import client_of
from storefront.testing.specimen import CITY, EMAIL, NAME, PHONE, POSTAL_CODE, PREFECTURE, STREET

ADDRESS = {
    "name": NAME,
    "postal_code": POSTAL_CODE,
    "prefecture": PREFECTURE,
    "city": CITY,
    "street": STREET,
    "tel": PHONE,
    "email": EMAIL,
    "ship_to": "same",
    "delivery_date": "",
    "delivery_time": "0000",
}


class FormShopper:
    """Follows the shop's own forms; answers are kept in last."""

    def __init__(self, client: Client | str, prefix: str = "") -> None:
        """client: of an app in this process, or the address of a shop that is served."""
        self.client = client_of(client) if isinstance(client, str) else client
        self.prefix = prefix
        self.last: TestResponse

    def get(self, path: str, **headers: str) -> TestResponse:
        self.last = self.client.get(self.prefix + path, headers=headers)
        return self.last

    def post(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> TestResponse:
        """Post with the token of a page that was opened before."""
        fields = {"csrf_token": self.token(), **(data or {})}
        self.last = self.client.post(self.prefix + path, data=fields, headers=headers)
        return self.last

    def token(self) -> str:
        page = self.client.get(self.prefix + "/products/yunomi").text
        return field_value(page, "csrf_token")

    def put_in(self, product: str = "yunomi", quantity: int = 1, **options: str) -> Self:
        self.post("/cart/items", {"product": product, "quantity": str(quantity), **options})
        assert self.last.status_code == 303, self.last.text
        return self

    def answer(self, payment: str = "kuroneko_smartphone", **changes: str) -> Self:
        self.get("/checkout")
        self.post("/checkout", {**ADDRESS, "payment": payment, **changes})
        return self

    def press_confirm(self, key: str | None = None) -> TestResponse:
        if key is None:
            key = field_value(self.get("/checkout/confirm").text, "confirmation_key")
        return self.post("/checkout/confirm", {"confirmation_key": key})

    def to_sms(self, phone: str = "090-0000-0000", **changes: str) -> Self:
        """Up to the screen of the code, with a yunomi in the cart."""
        self.put_in().answer(tel=phone, **changes)
        self.press_confirm()
        return self

    def guess(self, code: str) -> TestResponse:
        return self.post("/checkout/sms", {"code": code})


class QuickFormShopper(FormShopper):
    """Opens a page for its token once, as the token is good for as long as the session."""

    @cached_property
    def _token(self) -> str:
        return field_value(self.client.get(f"{self.prefix}/orders/find").text, "csrf_token")

    def token(self) -> str:
        return self._token


def field_value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return unescape(found[1])
