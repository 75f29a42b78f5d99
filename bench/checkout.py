"""Whole checkouts a second, what one costs in CPU, and how long a step takes."""

import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bench.buyer import Buyer
from bench.figures import Figure, at_most
from bench.shops import ProductionShop, cpu_seconds, production_shop

BUYERS = 4
SECONDS = 15
ROUNDS = 3
PACE = 20  # steps a second
MOST_CPU, MOST_STEP = 40, 25  # ms


def measure() -> list[Figure]:
    with production_shop() as shop:
        _buy_for(shop, 2)  # so that templates and statements are compiled
        rounds = [_buy_for(shop, SECONDS) for _ in range(ROUNDS)]
        rate, cpu = (statistics.median(column) for column in zip(*rounds, strict=True))
        step = statistics.quantiles(_at_pace(shop), n=20)[-1] * 1000
    return [
        Figure(f"whole checkouts, {BUYERS} buyers, mail sent", "", f"{rate:.1f}/s"),
        at_most("CPU of web and worker per checkout", cpu, MOST_CPU, "ms"),
        at_most(f"a step at {PACE} requests/s, p95", step, MOST_STEP, "ms"),
    ]


def _buy_for(shop: ProductionShop, seconds: float) -> tuple[float, float]:
    """Checkouts a second, and ms of CPU for each."""
    spent, begun = cpu_seconds(shop.groups), time.monotonic()
    bought = len(_all_buy(shop, lambda: None, begun + seconds))
    rate = bought / (time.monotonic() - begun)
    return rate, (cpu_seconds(shop.groups) - spent) / bought * 1000


def _at_pace(shop: ProductionShop) -> list[float]:
    """Seconds of each answer while steps come at an even pace."""
    begun, lock, sent = time.monotonic(), threading.Lock(), 0

    def wait() -> None:
        nonlocal sent
        with lock:
            due, sent = begun + sent / PACE, sent + 1
        time.sleep(max(0.0, due - time.monotonic()))

    buyers = _all_buy(shop, wait, begun + SECONDS)
    return [seconds for buyer in buyers for seconds in buyer.seconds]


def _all_buy(shop: ProductionShop, wait: Callable[[], object], end: float) -> list[Buyer]:
    """Each buyer who came to completion; the pool's threads buy one after another."""

    def buy_on() -> list[Buyer]:
        bought = []
        while time.monotonic() < end:
            buyer = Buyer(shop.url, wait)
            buyer.buy()
            bought.append(buyer)
        return bought

    with ThreadPoolExecutor(BUYERS) as pool:
        runs = [pool.submit(buy_on) for _ in range(BUYERS)]
        return [buyer for run in runs for buyer in run.result()]
