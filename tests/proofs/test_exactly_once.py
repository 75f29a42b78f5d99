"""However often and wherever a form is sent again: one order, one text, one completion."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.sandbox.models import SandboxText
from storefront.testing.form_shopper import FormShopper, field_value
from tests import invariants
from tests.proofs.burst import Answer, Press, a_few_at_a_time, a_shopper, burst, press
from tests.proofs.grounds import on_both_databases, on_both_verifiers
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop

BATCH = 50  # shoppers between two resets: there are 100 yunomi
HOUR = 3_600
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
AGAIN = (
    "clicked twice, sent in a second tab, after Back and an hour later: one order, the same "
    "completion, byte for byte"
)

pytestmark = on_both_verifiers


@pytest.fixture
def shop(lasting_shop: RunningShop) -> RunningShop:
    return lasting_shop


@dataclass
class Tally:
    orders: int = 0
    texts: int = 0


def batches(shop: RunningShop, shoppers: int) -> Iterator[int]:
    """How many shoppers come to a shop that is as new; the books are checked after them."""
    for begun in range(0, shoppers, BATCH):
        shop.reset()
        with shop.database():
            initial = invariants.stock()
        yield min(BATCH, shoppers - begun)
        with shop.database():
            invariants.check(initial)


def count(shop: RunningShop, model: type[Order] | type[SandboxText]) -> int:
    with shop.database():
        return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def at_code_entry(shop: RunningShop) -> tuple[FormShopper, Press]:
    shopper = a_shopper(shop).to_sms()
    return shopper, press(shopper, "/checkout/sms", code="1234")


def at_confirmation(shop: RunningShop, payment: str) -> tuple[FormShopper, Press]:
    shopper = a_shopper(shop).put_in().answer(payment)
    key = field_value(shopper.get("/checkout/confirm").text, "confirmation_key")
    return shopper, press(shopper, "/checkout/confirm", confirmation_key=key)


def send_at_once(
    shop: RunningShop,
    stand: Callable[[], tuple[FormShopper, Press]],
    shoppers: int,
    times_each: int,
) -> Tally:
    """Each shopper in turn sends the same form so many times at once, and is led to one place."""
    tally = Tally()
    for some in batches(shop, shoppers):
        for shopper, one in a_few_at_a_time([stand] * some):
            led_to = {place(answer) for answer in burst(shop, [one] * times_each)}
            assert len({landing(shopper, location) for location in led_to}) == 1
        tally.orders += count(shop, Order)
        tally.texts += count(shop, SandboxText)
    return tally


def place(answer: Answer) -> str:
    assert answer.status == 303, (answer.status, answer.text[:2_000])
    return answer.location


def landing(shopper: FormShopper, location: str) -> str:
    """Where the browser ends up; one that asks between proof and order passes the confirmation."""
    while shopper.get(location).status_code == 303:
        location = shopper.last.location
    return location


@on_both_databases
def test_two_right_codes_at_once_place_one_order(shop: RunningShop, figure: Report) -> None:
    rounds = times(4, 200)

    tally = send_at_once(shop, partial(at_code_entry, shop), rounds, 2)

    assert tally.orders == rounds
    figure("The right code twice at once: one order", f"{rounds} rounds, {tally.orders} orders")


@on_both_databases
def test_ten_right_codes_at_once_place_one_order(shop: RunningShop, figure: Report) -> None:
    rounds = times(2, 200)

    tally = send_at_once(shop, partial(at_code_entry, shop), rounds, 10)

    assert tally.orders == rounds
    figure("The right code ten times at once: one order", f"{rounds} rounds, {tally.orders} orders")


@on_both_databases
def test_twenty_equal_confirmations_place_one_order(shop: RunningShop, figure: Report) -> None:
    rounds = times(2, 100)

    tally = send_at_once(shop, partial(at_confirmation, shop, "cod"), rounds, 20)

    assert tally.orders == rounds
    figure(
        "20 equal confirmations at once, no code needed: one order, one completion",
        f"{rounds} rounds, {tally.orders} orders",
    )


@on_both_databases
def test_twenty_equal_confirmations_send_one_text(shop: RunningShop, figure: Report) -> None:
    rounds = times(2, 100)

    tally = send_at_once(shop, partial(at_confirmation, shop, "kuroneko_smartphone"), rounds, 20)

    assert (tally.texts, tally.orders) == (rounds, 0)
    figure(
        "20 equal confirmations at once, code needed: one text message",
        f"{rounds} rounds, {tally.texts} texts",
    )


class Buyer:
    """Sends the form that places the order, and remembers where that led and what it showed."""

    def __init__(self, shop: RunningShop, stand: Callable[[], tuple[FormShopper, Press]]) -> None:
        self.shop = shop
        self.shopper, self.form = stand()
        self.led_to, self.saw = set[str](), set[str]()

    def click_twice(self) -> None:
        for answer in burst(self.shop, [self.form] * 2):
            self._follow(place(answer))

    def send_in_another_tab(self) -> None:
        """With the cookies from before the order."""
        [answer] = burst(self.shop, [self.form])
        self._follow(place(answer))

    def go_back_and_send(self) -> None:
        """With the cookies that came with the completion."""
        answer = self.shopper.client.post(
            self.form.path, data=self.form.body, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 303, answer.text
        self._follow(answer.location)

    def _follow(self, location: str) -> None:
        self.led_to.add(landing(self.shopper, location))
        self.saw.add(TOKEN.sub("", self.shopper.last.text))


def send_again_in_any_way(
    shop: RunningShop, stand: Callable[[], tuple[FormShopper, Press]], shoppers: int
) -> int:
    """How many orders it made; for each shopper there is one completion, the same each time."""
    orders = 0
    for some in batches(shop, shoppers):
        buyers = [Buyer(shop, stand) for _ in range(some)]
        for buyer in buyers:
            buyer.click_twice()
            buyer.send_in_another_tab()
            buyer.go_back_and_send()
            buyer.go_back_and_send()
        shop.advance(HOUR)
        for buyer in buyers:
            buyer.send_in_another_tab()
            buyer.go_back_and_send()
        assert [buyer.led_to for buyer in buyers if len(buyer.led_to) > 1] == []
        assert {len(buyer.saw) for buyer in buyers} == {1}
        orders += count(shop, Order)
    return orders


def test_a_confirmation_sent_again_in_any_way_finds_the_same_completion(
    shop: RunningShop, figure: Report
) -> None:
    shoppers = times(2, 100)

    orders = send_again_in_any_way(shop, partial(at_confirmation, shop, "cod"), shoppers)

    assert orders == shoppers
    figure(f"A confirmation, {AGAIN}", f"{shoppers} shoppers, {orders} orders")


def test_a_right_code_sent_again_in_any_way_finds_the_same_completion(
    shop: RunningShop, figure: Report
) -> None:
    shoppers = times(2, 100)

    orders = send_again_in_any_way(shop, partial(at_code_entry, shop), shoppers)

    assert orders == shoppers
    figure(f"A right code, {AGAIN}", f"{shoppers} shoppers, {orders} orders")
