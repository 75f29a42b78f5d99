"""While another process keeps the database to itself, every step says so and loses nothing."""

import re
import time
from dataclasses import dataclass, field
from html import unescape

import sqlalchemy as sa
from werkzeug.test import TestResponse

from storefront.core.extensions import db
from storefront.orders.models import OrderLine
from storefront.testing.form_shopper import ADDRESS, FormShopper, field_value
from tests import invariants
from tests.at_once import at_once
from tests.proofs.locking import locked
from tests.proofs.persistence import Buyer, Persistent, go_on, plenty, texts_to
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop

KURONEKO = "kuroneko_smartphone"
TOLD_WITHIN = 6.0  # seconds
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@dataclass
class Press:
    """A shopper with a finger on a button, and how long each answer took."""

    shopper: FormShopper
    buyer: Buyer
    path: str = "/checkout"
    fields: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)

    def press(self) -> TestResponse:
        began = time.monotonic()
        browser = self.shopper.client
        answer = (
            browser.post(self.path, data=self.fields) if self.fields else browser.get("/checkout")
        )
        self.waits.append(time.monotonic() - began)
        return answer


def test_a_locked_database_is_told_and_costs_nothing(shop: RunningShop, figure: Report) -> None:
    seconds, initial = times(7, 30), plenty(shop)
    presses = at_every_step(shop)

    with locked(shop.folder, seconds) as free_at:
        while True:
            answers = at_once([one.press for one in presses])
            assert {answer.status_code for answer in answers} == {503}
            assert shop.shopper().get("/products/yunomi").status_code == 200
            if time.monotonic() + TOLD_WITHIN > free_at:
                break
    waits = [wait for one in presses for wait in one.waits]
    for one, answer in zip(presses, answers, strict=True):
        assert dict(kept(answer)) == one.fields
        assert answer.headers["Cache-Control"] == "no-store"
        press_again(one)

    with shop.database():
        sold = db.session.scalars(sa.select(OrderLine.quantity)).all()
        assert sold == [1] * len(presses)
        invariants.check(initial)
    assert max(waits) < TOLD_WITHIN
    figure(
        f"the database is locked for {seconds} s at each of {len(presses)} steps: an honest page "
        "within 6 s, entries kept, a retry succeeds, nothing doubled",
        f"{len(waits)} answers 503, the slowest after {max(waits):.1f} s; {len(sold)} orders",
    )


def at_every_step(shop: RunningShop) -> list[Press]:
    buyers = [Buyer(number) for number in range(8)]
    texted = [ready(shop, buyer, KURONEKO) for buyer in buyers[:3]]
    for shopper in texted:
        shopper.press_confirm()
    code = texts_to(texted[0], buyers[0].phone)[0]
    steps = [
        with_token(texted[0], buyers[0], "/checkout/sms", code=code),
        with_token(texted[1], buyers[1], "/checkout/sms/resend"),
        with_token(texted[2], buyers[2], "/checkout/other-method", payment="cod"),
    ]
    for buyer, payment in zip(buyers[3:5], (KURONEKO, "cod"), strict=True):
        shopper = ready(shop, buyer, payment)
        key = field_value(shopper.get("/checkout/confirm").text, "confirmation_key")
        steps.append(with_token(shopper, buyer, "/checkout/confirm", confirmation_key=key))
    newcomers = [shop.shopper(browser=Persistent) for _ in range(3)]
    newcomers[0].put_in().get("/checkout")
    newcomers[1].put_in()
    entries = {**ADDRESS, "payment": "cod", "tel": buyers[5].phone, "email": buyers[5].email}
    texted[0].client.post("/sandbox/clock", json={"advance": 30})  # [再送] is open then
    return [
        *steps,
        with_token(newcomers[0], buyers[5], "/checkout", **entries),
        Press(newcomers[1], buyers[6]),
        with_token(newcomers[2], buyers[7], "/cart/items", product="yunomi", quantity="1"),
    ]


def ready(shop: RunningShop, buyer: Buyer, payment: str) -> FormShopper:
    shopper = shop.shopper(browser=Persistent)
    return shopper.put_in().answer(payment, tel=buyer.phone, email=buyer.email)


def with_token(shopper: FormShopper, buyer: Buyer, path: str, **fields: str) -> Press:
    return Press(shopper, buyer, path, {"csrf_token": shopper.token(), **fields})


def kept(answer: TestResponse) -> list[tuple[str, str]]:
    """What the page's own button sends again."""
    return [(unescape(name), unescape(value)) for name, value in HIDDEN.findall(answer.text)]


def press_again(one: Press) -> None:
    """Then the shopper goes on to an order, from the beginning where they had only begun."""
    one.shopper.last = one.press()
    assert one.shopper.last.status_code < 400
    if not (one.shopper.last.location or "").startswith(("/checkout", "/orders")):
        one.shopper.answer("cod", tel=one.buyer.phone, email=one.buyer.email)
    go_on(one.shopper, one.buyer)
