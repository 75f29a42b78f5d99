"""What the tests of the checkout read from an answer, the shop and its database."""

import re
from collections.abc import Callable

import sqlalchemy as sa
from werkzeug.test import Client, TestResponse

from storefront.catalogue.models import Variant
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.testing.form_shopper import ADDRESS, FormShopper, field_value
from tests.cookies import value_in

PassTime = Callable[[int], None]
BANNER = "60分以上操作がなかったため"
CHANGED = "ご注文内容が変わりました。内容をもう一度ご確認ください"
GETS = [
    "/checkout",
    "/checkout/confirm",
    "/checkout/confirm/status",
    "/checkout/sms",
    "/checkout/sms/status",
    "/checkout/address?postal_code=1000005",
]
POSTS = [
    "/checkout",
    "/checkout/address",
    "/checkout/draft",
    "/checkout/leave",
    "/checkout/quote",
    "/checkout/validate/tel",
    "/checkout/confirm",
    "/checkout/sms",
    "/checkout/sms/resend",
    "/checkout/other-method",
]
PRESSES = {
    "/checkout": {**ADDRESS, "payment": "kuroneko_smartphone"},
    "/checkout/address": {"postal_code": "1000005"},
    "/checkout/confirm": {},
    "/checkout/sms": {"code": "1234"},
    "/checkout/sms/resend": {},
    "/checkout/other-method": {"payment": "cod"},
}
SCREENS = ["/checkout", "/checkout/confirm", "/checkout/sms"]


def state_of(answer: TestResponse) -> str:
    found = re.search(r'data-state="(\w+)"', answer.text)
    return found[1] if found else ""


def reason_of(page: str) -> str | None:
    found = re.search(r'data-testid="ng-banner" data-reason="([\w-]+)"', page)
    return found[1] if found else None


def step_of(answer: TestResponse) -> str:
    found = re.search(r'data-step="(\w+)"', answer.text)
    return found[1] if found else ""


def leads_to(answer: TestResponse) -> str:
    assert answer.status_code == 303, (answer.status_code, answer.text[:200])
    return answer.location


def key_of(shopper: FormShopper) -> str:
    return field_value(shopper.get("/checkout/confirm").text, "confirmation_key")


def completion() -> str:
    return f"/orders/{newest_order().token}/complete"


def newest_order() -> Order:
    return db.session.scalars(sa.select(Order).order_by(Order.id.desc())).first() or Order()


def count_orders() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Order)) or 0


def cookie_of(client: Client, name: str = "checkout") -> str:
    return value_in(client, name)


def set_stock(sku: str, available: int) -> None:
    with transaction():
        wanted = sa.update(Variant).where(Variant.sku == sku)
        db.session.execute(wanted.values(available=available))


def set_price(sku: str, price: int) -> None:
    with transaction():
        db.session.execute(sa.update(Variant).where(Variant.sku == sku).values(price=price))


def with_bad_token(shopper: FormShopper, path: str, data: dict[str, str]) -> TestResponse:
    return shopper.client.post(path, data={**data, "csrf_token": "stale"})
