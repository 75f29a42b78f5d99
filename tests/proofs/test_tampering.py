"""Whatever a form claims, an order costs what the shop says."""

import re
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.testing.form_shopper import ADDRESS, FormShopper, field_value
from tests import invariants
from tests.proofs.plugin import Report
from tests.proofs.scale import SEED, times
from tests.proofs.shop import RunningShop

# as the contract names them; the shop's own reckoning is not asked
PRICES = {
    "uji-sencha": 1_080,
    "yunomi": 3_300,
    "indigo-tote-s": 4_400,
    "indigo-tote-m": 4_400,
    "matcha-bowl": 8_800,
    "chasen": 2_200,
    "tsumugi": 66_000,
}
FEES = {"kuroneko_smartphone": 176, "cod": 330, "bank_transfer": 0}
SHIPPING, FREE_FROM, DEFERRED_LIMIT = 660, 11_000, 55_000

MONEY = (
    *("price", "unit_price", "total", "subtotal", "goods", "amount", "shipping", "shipping_fee"),
    *("fee", "payment_fee", "tax", "tax_rate", "discount", "coupon", "points", "free_from"),
)
POWERS = (
    *("order_token", "checkout_id", "cart_id", "challenge_id", "passed_at", "verified", "is_admin"),
    *("sms_check", "payment_status", "status", "variant_id", "seen_price", "total_yen", "locale"),
)
NUMBERS = (
    "0",
    "1",
    "-1",
    "-99999",
    "0.01",
    "1e-9",
    "NaN",
    "１",
    "99999999999999999999",
    "",
    "true",
)
QUANTITIES = ("1", "1", "2", "2", "３", " 2 ", "4", "-1", "0", "1.5", "1e1", "²", "99", "100", "+2")
CODE = "1234"

SHOPPERS = 4  # at a time
EACH = 12  # walks of one shopper, until the books are checked and the shop begins anew


class Tamperer:
    """Walks the shop's forms and changes what stands in them."""

    def __init__(self, shop: RunningShop, random: Random) -> None:
        self.shop = shop
        self.random = random
        self.seen: dict[str, int] = {}  # an order's token to the total agreed to
        self.forms = 0
        self.token = ""

    def walk(self, keys: list[str]) -> None:
        shopper = self.shop.shopper()
        self.token = field_value(shopper.get("/orders/find").text, "csrf_token")
        self._post(shopper, "/cart/items", self._goods(), keys)
        self._post(shopper, f"/cart/items/{self._pick(PRICES)}", self._quantity(), keys)
        shopper.get("/checkout")
        form = {**ADDRESS, "payment": self._pick(FEES), "confirmation_key": ""}
        self._post(shopper, "/checkout", form, keys)
        if self.random.random() < 0.3:
            other = {"payment": self._pick([*FEES, "card", "free"]), "sms_tel": ""}
            self._post(shopper, "/checkout/other-method", other, keys)
        self._confirm(shopper, keys)

    def _confirm(self, shopper: FormShopper, keys: list[str]) -> None:
        screen = shopper.get("/checkout/confirm").text
        shown = re.search(r'data-testid="confirm-total"[^>]*data-yen="(\d+)"', screen)
        key = re.search(r'name="confirmation_key" value="(\w+)"', screen)
        if not shown or not key:
            return
        keys.append(key[1])
        self._post(shopper, "/checkout/confirm", {"confirmation_key": key[1]}, keys)
        if shopper.last.headers.get("Location") == "/checkout/sms":
            form = {"code": CODE, "confirmation_key": key[1]}
            self._post(shopper, "/checkout/sms", form, keys)
        if placed := re.match(
            r"/orders/([\w-]+)/complete", shopper.last.headers.get("Location", "")
        ):
            self.seen[placed[1]] = int(shown[1])

    def _pick(self, among: Iterable[str]) -> str:
        return self.random.choice(list(among))

    def _goods(self) -> dict[str, str]:
        sku = self._pick(PRICES)
        product, _dash, size = sku.rpartition("-") if "tote" in sku else (sku, "", "")
        return {"product": product, "variant_1": size.upper(), **self._quantity()}

    def _quantity(self) -> dict[str, str]:
        return {"quantity": self._pick(QUANTITIES)}

    def _post(self, shopper: FormShopper, path: str, form: dict[str, str], keys: list[str]) -> None:
        """A good form but for one to three things: too many at once and nothing gets through."""
        tampered: dict[str, str | list[str]] = dict(form)
        for _ in range(self.random.choice((1, 1, 2, 3))):
            self._tamper(tampered, keys)
        shopper.last = shopper.client.post(path, data={"csrf_token": self.token, **tampered})
        self.forms += 1

    def _tamper(self, form: dict[str, str | list[str]], keys: list[str]) -> None:
        choice = self.random.random()
        if choice < 0.60:
            form[self._pick((*MONEY, *POWERS))] = self._pick(NUMBERS)
        elif choice < 0.70:
            form[f"{self._pick(form)}[]"] = self._pick(NUMBERS)
        elif choice < 0.80:
            name = self._pick(form)
            form[name] = [str(form[name]), self._pick(NUMBERS)]
        elif choice < 0.88 and "confirmation_key" in form:
            form["confirmation_key"] = self._pick((*keys, "", "0" * 32))
        elif choice < 0.94:
            form[self._pick(("ship_to", "ship_name", "ship_tel", "delivery_date"))] = self._pick(
                ("other", "same", *NUMBERS)
            )
        else:
            form[self._pick(form)] = self._pick(NUMBERS)


def test_an_order_costs_what_the_shop_says_whatever_the_form_does(
    lasting_shop: RunningShop, figure: Report
) -> None:
    wanted, forms, orders = times(200, 10_000), 0, Counter[str]()
    shop, random = lasting_shop, Random(SEED)  # noqa: S311  # to be made again, not to be secret

    while forms < wanted:
        shop.reset()
        with shop.database():
            initial = invariants.stock()
        tamperers = tamper(shop, random)
        forms += sum(one.forms for one in tamperers)
        with shop.database():
            agreed = {token: yen for one in tamperers for token, yen in one.seen.items()}
            orders += check_orders(agreed)
            invariants.check(initial)

    assert orders.total() > forms / 20, f"too few forms got through to tell: {orders}"
    assert set(orders) == set(FEES)
    figure(
        f"{forms:,} tampered checkout forms: the total is the shop's own, recounted apart from it",
        f"{orders.total():,} orders came of them, each as shown and to the yen; books clean",
    )


def tamper(shop: RunningShop, random: Random) -> list[Tamperer]:
    """Everybody also tries the keys of everybody else."""
    keys: list[str] = []
    seeds = [random.random() for _ in range(SHOPPERS)]
    tamperers = [Tamperer(shop, Random(seed)) for seed in seeds]  # noqa: S311

    def work(tamperer: Tamperer) -> None:
        for _ in range(EACH):
            tamperer.walk(keys)

    with ThreadPoolExecutor(SHOPPERS) as pool:
        list(pool.map(work, tamperers))
    return tamperers


def check_orders(agreed: dict[str, int]) -> Counter[str]:
    orders = list(db.session.scalars(sa.select(Order)))
    assert {order.token for order in orders} == set(agreed)
    for order in orders:
        assert order.total == recounted(order) == agreed[order.token]
    return Counter(order.payment_code for order in orders)


def recounted(order: Order) -> int:
    for line in order.lines:
        assert 1 <= line.quantity <= 99
        assert line.price == PRICES[line.sku]
    goods = sum(PRICES[line.sku] * line.quantity for line in order.lines)
    shipping = 0 if goods >= FREE_FROM else SHIPPING
    total = goods + shipping + FEES[order.payment_code]
    assert order.payment_code != "kuroneko_smartphone" or total <= DEFERRED_LIMIT
    return total
