"""How far a shopper has come, and what their browser holds there."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.cookies import all_in
from tests.shopper import Shopper, field_value


@dataclass(frozen=True)
class Holding:
    """What a browser could send: its cookies, a token of its session, a key, an order's token."""

    cookies: dict[str, str]
    token: str = ""
    key: str = ""
    order: str = ""


def _newcomer(shopper: Shopper, _phone: str) -> None:
    shopper.get("/")


def _with_cart(shopper: Shopper, _phone: str) -> None:
    shopper.put_in()


def _with_checkout(shopper: Shopper, phone: str) -> None:
    _with_cart(shopper, phone)
    shopper.get("/checkout")


def _at_confirmation(shopper: Shopper, phone: str) -> None:
    shopper.put_in().answer(tel=phone)


def _at_code(shopper: Shopper, phone: str) -> None:
    shopper.to_sms(phone)


def _with_order(shopper: Shopper, phone: str) -> None:
    shopper.put_in().answer("cod", tel=phone)
    shopper.press_confirm()


STANDINGS: dict[str, Callable[[Shopper, str], None]] = {
    "newcomer": _newcomer,
    "cart": _with_cart,
    "input": _with_checkout,
    "confirm": _at_confirmation,
    "sms": _at_code,
    "complete": _with_order,
}


def bring(shopper: Shopper, standing: str, phone: str = "080-1234-5678") -> Holding:
    """Walk a new shopper there."""
    STANDINGS[standing](shopper, phone)
    order = _order_token(shopper)
    return Holding(all_in(shopper.client), shopper.token(), _key_of(shopper), order)


def _key_of(shopper: Shopper) -> str:
    page = shopper.client.get(f"{shopper.prefix}/checkout/confirm")
    return field_value(page.text, "confirmation_key") if page.status_code == 200 else ""


def _order_token(shopper: Shopper) -> str:
    place = shopper.last.headers.get("Location", "")
    return place.split("/orders/")[1].split("/")[0] if "/orders/" in place else ""
