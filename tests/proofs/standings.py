"""How far a shopper has come, and what their browser holds there."""

from collections.abc import Callable
from dataclasses import dataclass

from storefront.testing.form_shopper import FormShopper, field_value
from tests.cookies import all_in


@dataclass(frozen=True)
class Holding:
    """What a browser could send: its cookies, a token of its session, a key, an order's token."""

    cookies: dict[str, str]
    token: str = ""
    key: str = ""
    order: str = ""


def _newcomer(shopper: FormShopper, _phone: str) -> None:
    shopper.get("/")


def _with_cart(shopper: FormShopper, _phone: str) -> None:
    shopper.put_in()


def _with_checkout(shopper: FormShopper, phone: str) -> None:
    _with_cart(shopper, phone)
    shopper.get("/checkout")


def _at_confirmation(shopper: FormShopper, phone: str) -> None:
    shopper.put_in().answer(tel=phone)


def _at_code(shopper: FormShopper, phone: str) -> None:
    shopper.to_sms(phone)


def _with_order(shopper: FormShopper, phone: str) -> None:
    shopper.put_in().answer("cod", tel=phone)
    shopper.press_confirm()


STANDINGS: dict[str, Callable[[FormShopper, str], None]] = {
    "newcomer": _newcomer,
    "cart": _with_cart,
    "input": _with_checkout,
    "confirm": _at_confirmation,
    "sms": _at_code,
    "complete": _with_order,
}


def bring(shopper: FormShopper, standing: str, phone: str = "080-1234-5678") -> Holding:
    """Walk a new shopper there."""
    STANDINGS[standing](shopper, phone)
    order = _order_token(shopper)
    return Holding(all_in(shopper.client), shopper.token(), _key_of(shopper), order)


def _key_of(shopper: FormShopper) -> str:
    page = shopper.client.get(f"{shopper.prefix}/checkout/confirm")
    return field_value(page.text, "confirmation_key") if page.status_code == 200 else ""


def _order_token(shopper: FormShopper) -> str:
    place = shopper.last.headers.get("Location", "")
    return place.split("/orders/")[1].split("/")[0] if "/orders/" in place else ""
