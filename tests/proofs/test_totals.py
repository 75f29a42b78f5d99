"""Not a yen is lost: random carts against the exact fractions that the tax law speaks of."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from functools import partial
from math import floor
from pathlib import Path
from random import Random

import sqlalchemy as sa

from storefront import create_app
from storefront.cart.models import CartLine
from storefront.catalogue.models import Product, Variant
from storefront.checkout import offer
from storefront.checkout.offer import Offer
from storefront.core.clock import now
from storefront.core.extensions import db
from storefront.core.money import TaxPart, TaxRate, allot
from storefront.orders import ledger, receipt
from storefront.orders.models import LedgerEntry, Order, OrderLine
from storefront.payments.models import PaymentMethod
from storefront.shipping.models import DeliveryMethod
from tests.app_pool import close, settings
from tests.proofs.plugin import Report
from tests.proofs.scale import SEED, times

SHELF = 200  # lines to fill carts from, priced anew for every thousand carts
PAPERS = 20  # one cart in so many gets a receipt and ledger entries too
FAR = "沖縄県"  # where sending costs another fee than elsewhere
RATES = {800: Fraction(8, 100), 1000: Fraction(10, 100)}

Shares = dict[TaxRate, int]


def test_random_carts_cost_what_exact_fractions_say(tmp_path: Path, figure: Report) -> None:
    counted = count_all(partial(count_carts, str(tmp_path)), times(5_000, 1_000_000))
    figure(
        f"{counted:,} random carts against fractions: totals, tax of each rate, receipts, ledger",
        "0 yen off, one rounding a rate, parts sum to the whole, every ledger to zero",
    )


def test_shared_amounts_sum_to_the_whole(figure: Report) -> None:
    counted = count_all(share_amounts, times(5_000, 1_000_000))
    figure(
        f"{counted:,} amounts shared over the rates by largest remainder",
        "each share less than a yen from its fraction, all sums exact",
    )


def count_all(work: Callable[[int, int], int], count: int) -> int:
    """Each processor counts its part; an assertion that fails there fails here."""
    processes = times(1, os.cpu_count() or 1)
    if processes == 1:
        return work(SEED * 1_000, count)
    seeds = [SEED * 1_000 + number for number in range(processes)]
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        return sum(pool.map(work, seeds, [count // processes] * processes))


def count_carts(folder: str, seed: int, count: int) -> int:
    random = Random(seed)  # noqa: S311  # to be made again, not to be secret
    app = create_app(settings(Path(folder) / str(seed)))
    with app.app_context():
        db.create_all()
        for number in range(count):
            if number % 1_000 == 0:
                shelf = [a_line(random) for _ in range(SHELF)]
            cart = random.sample(shelf, random.choice((1, 1, 2, 3, 5, 12)))
            way, method = terms(random)
            place = random.choice(("", "東京都", FAR))
            made = offer.make(cart, method, way, place)
            check_offer(made, cart, way.fees.get(place, way.fee), way.free_from, method)
            if number % PAPERS == 0:
                check_papers(made)
        db.session.remove()
        close(app)
    return count


def a_line(random: Random) -> CartLine:
    product = Product(tax=random.choice(list(RATES)))
    price = random.choice((random.randint(1, 300), random.randint(1, 99_999), 10**7))
    variant = Variant(sku="any", price=price, product=product)
    quantity = random.choice((1, 2, random.randint(1, 99)))
    return CartLine(variant_id=random.randrange(10**6), variant=variant, quantity=quantity)


def terms(random: Random) -> tuple[DeliveryMethod, PaymentMethod | None]:
    free_from = random.choice((None, 0, 1, 11_000, random.randint(1, 99_999)))
    base, far = (random.choice((0, 660, random.randint(1, 9_999))) for _place in range(2))
    way = DeliveryMethod(fee=base, fees={FAR: far}, free_from=free_from)
    fee = random.choice((0, 176, 209, 330, random.randint(0, 9_999)))
    return way, random.choice((None, PaymentMethod(code="cod", fee=fee)))


def check_offer(
    made: Offer,
    cart: Sequence[CartLine],
    flat: int,
    free_from: int | None,
    method: PaymentMethod | None,
) -> None:
    with_tax = {rate: Fraction(0) for rate in RATES}
    for line in cart:
        with_tax[line.variant.product.tax] += line.quantity * Fraction(line.variant.price)
    goods = sum(with_tax.values())
    is_free = free_from is not None and goods >= free_from
    services = (0 if is_free else flat) + (method.fee if method else 0)
    with_tax[1000] += services

    assert (made.goods, made.total) == (goods, goods + services)
    check_taxes(made.taxes, with_tax)
    assert sum(part.total for part in made.taxes) == made.total


def check_taxes(parts: Sequence[TaxPart], with_tax: dict[int, Fraction]) -> None:
    assert [int(part.rate) for part in parts] == [rate for rate in RATES if with_tax[rate]]
    for part in parts:
        total, rate = with_tax[int(part.rate)], RATES[int(part.rate)]
        assert part.total == total
        assert part.tax == floor(total * rate / (1 + rate))
        assert part.net + part.tax == total


def check_papers(made: Offer) -> None:
    """What is printed and booked later is what was agreed on."""
    order = Order(
        id=1,
        lines=[
            OrderLine(sku=one.sku, price=one.price, quantity=one.quantity, tax=int(one.rate))
            for one in made.lines
        ],
        **{"goods": made.goods, "shipping": made.shipping, "fee": made.fee, "total": made.total},
    )
    assert receipt.taxes_of(order) == made.taxes

    db.session.execute(sa.text("PRAGMA defer_foreign_keys=ON"))  # the order itself is not kept
    ledger.record_sale(order, made.taxes, now())
    entries = sa.select(LedgerEntry.account, LedgerEntry.yen)
    booked = dict(db.session.execute(entries).all())
    db.session.rollback()

    assert booked.pop("receivable") == made.total
    assert -sum(booked.values()) == made.total
    assert booked == {
        f"{what}_{part.rate.percent}": -yen
        for part in made.taxes
        for what, yen in (("sales", part.net), ("tax", part.tax))
    }


def share_amounts(seed: int, count: int) -> int:
    random = Random(seed)  # noqa: S311  # to be made again, not to be secret
    for _ in range(count):
        weights = {rate: random.choice((0, 1, random.randint(1, 10**6))) for rate in TaxRate}
        weights[random.choice(list(TaxRate))] += 1
        amount = random.choice((0, 1, 2, 3, random.randint(0, 10**7)))
        assert allot(amount, weights) == exact_shares(amount, weights)
    return count


def exact_shares(amount: int, weights: Shares) -> Shares:
    """Whole yen first; what is left goes to the largest fractions, the higher rate at a tie."""
    whole = sum(weights.values())
    exact = {rate: Fraction(amount * weight, whole) for rate, weight in weights.items()}
    shares = {rate: floor(share) for rate, share in exact.items()}
    left = amount - sum(shares.values())
    by_fraction = sorted(weights, key=lambda rate: (exact[rate] - shares[rate], rate), reverse=True)
    for rate in by_fraction[:left]:
        shares[rate] += 1
    return shares
