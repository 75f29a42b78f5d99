"""Shoppers who send again what got no answer, and go where the shop leads until they have an
order."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from itertools import count
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from werkzeug.test import Client, TestResponse

from storefront.catalogue.models import Variant
from storefront.core.extensions import db, transaction
from storefront.sandbox.phone import scenarios
from storefront.testing.form_shopper import FormShopper, field_value
from storefront.testing.network import BROKEN_LINE
from tests import invariants
from tests.invariants import Stock
from tests.proofs.shop import RunningShop

MANY = 100_000
PATIENCE = 600.0  # seconds, of somebody whose shop dies again and again
MOST_SCREENS = 20  # on the way to one order, however often it begins anew


class Persistent(Client):
    """The same request with the same cookies until the shop gives a whole answer."""

    broke_at: datetime | None = None  # the last time the newest request got no answer
    breaks = 0
    answers = 0

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        self.broke_at = None
        end = time.monotonic() + PATIENCE
        while (answer := self._try(*args, **kwargs)) is None:
            assert time.monotonic() < end, "nobody answers any more"
            self.breaks += self.broke_at is None
            self.broke_at = datetime.now(UTC)
            time.sleep(0.05)
        self.answers += 1
        return answer

    def _try(self, *args: Any, **kwargs: Any) -> TestResponse | None:
        try:
            answer = super().open(*args, **kwargs)
        except HTTPException:  # cut off within its first lines
            return None
        is_whole = answer.content_length in {None, len(answer.data)}
        return answer if is_whole and answer.status_code != BROKEN_LINE else None


@dataclass(frozen=True)
class Buyer:
    """Somebody with a phone and an address of their own; SMS numbers that no limit counts."""

    number: int

    @property
    def phone(self) -> str:
        return f"{scenarios.NUMBERS}{1000 + self.number:04}"

    @property
    def email(self) -> str:
        return f"buyer{self.number}@example.com"


@dataclass(frozen=True)
class Bought:
    """An order as its buyer knows it; the last request before it may have broken once."""

    buyer: Buyer
    token: str
    broke_at: datetime | None
    breaks: int


def take_other_method(shopper: FormShopper) -> None:
    shopper.post("/checkout/other-method", {"payment": "cod"})


def ask_again(shopper: FormShopper) -> None:
    """Wait as long as the screen says, then press [再送]."""
    shopper.client.post("/sandbox/clock", json={"advance": 30})
    shopper.post("/checkout/sms/resend")


def buy(
    shopper: FormShopper,
    buyer: Buyer,
    payment: str = "kuroneko_smartphone",
    without_text: Callable[[FormShopper], None] = take_other_method,
) -> Bought:
    """One whole checkout, from an empty cart to the page that thanks."""
    shopper.put_in().answer(payment, tel=buyer.phone, email=buyer.email)
    return go_on(shopper, buyer, without_text)


def go_on(
    shopper: FormShopper,
    buyer: Buyer,
    without_text: Callable[[FormShopper], None] = take_other_method,
) -> Bought:
    """From wherever the last answer leads."""
    for _ in range(MOST_SCREENS):
        where = urlsplit(shopper.last.location or "").path
        if where.endswith("/complete"):
            return _bought(shopper, buyer, where)
        assert where in {"/checkout", "/checkout/confirm", "/checkout/sms"}, shopper.last.text
        if where == "/checkout/confirm":
            _confirm(shopper, without_text)
        elif where == "/checkout/sms":
            _type_code(shopper, buyer, without_text)
        else:
            take_other_method(shopper)
    raise AssertionError(f"{buyer} goes round in circles")


def _confirm(shopper: FormShopper, without_answer: Callable[[FormShopper], None]) -> None:
    """Press, unless it was pressed, and whoever is asked has not answered."""
    page = shopper.get("/checkout/confirm")
    if page.status_code == 303:
        return
    if 'name="confirmation_key"' in page.text:
        shopper.press_confirm(field_value(page.text, "confirmation_key"))
    else:
        without_answer(shopper)


def _type_code(
    shopper: FormShopper, buyer: Buyer, without_text: Callable[[FormShopper], None]
) -> None:
    shopper.get("/checkout/sms")
    codes = texts_to(shopper, buyer.phone)
    if codes:
        shopper.guess(codes[0])
    # the simulator dies with the shop: between keeping a new code and texting it, too
    if not codes or shopper.last.status_code == 422:
        without_text(shopper)


def _bought(shopper: FormShopper, buyer: Buyer, where: str) -> Bought:
    browser = browser_of(shopper)
    bought = Bought(buyer, where.split("/")[-2], browser.broke_at, browser.breaks)
    assert shopper.get(where).status_code == 200
    return bought


def browser_of(shopper: FormShopper) -> Persistent:
    assert isinstance(shopper.client, Persistent)
    return shopper.client


def texts_to(shopper: FormShopper, phone: str) -> list[str]:
    """The codes on the sandbox phone, newest first."""
    texts = shopper.client.get(f"/sandbox/phone.json?to={phone}").json or []
    return [str(one["text"]).rsplit("#", 1)[1] for one in texts]


@dataclass
class Crowd:
    """Buyers at work side by side, one after the other in each place."""

    shop: RunningShop
    places: int
    payment: str = "kuroneko_smartphone"
    sold: list[Bought] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=count)
    browsers: list[Persistent] = field(default_factory=list)
    browser: type[Persistent] = Persistent

    def answers(self) -> int:
        """How many pages all of them were given so far."""
        return sum(browser.answers for browser in self.browsers)

    @contextmanager
    def buying(self) -> Iterator[list[Bought]]:
        """While inside; everybody then ends what they began, and none may have failed."""
        over = Event()
        with ThreadPoolExecutor(self.places) as pool:
            places = [pool.submit(self._buy_on, over) for _ in range(self.places)]
            try:
                yield self.sold
            finally:
                over.set()
        for place in places:
            place.result()

    def _buy_on(self, over: Event) -> None:
        while not over.is_set():
            shopper = self.shop.shopper(browser=self.browser)
            self.browsers.append(browser_of(shopper))
            self.sold.append(buy(shopper, Buyer(next(self.numbers)), self.payment))


def wait_until(what: Callable[[], object], within: float) -> None:
    """Real seconds: processes take them."""
    end = time.monotonic() + within
    while not what():
        assert time.monotonic() < end, f"not within {within:.0f} s"
        time.sleep(0.02)


def plenty(shop: RunningShop) -> Stock:
    """Enough yunomi for everybody; the stock to check against afterwards."""
    with shop.database():
        with transaction():
            enough = sa.update(Variant).where(Variant.sku == "yunomi").values(available=MANY)
            db.session.execute(enough)
        return invariants.stock()
