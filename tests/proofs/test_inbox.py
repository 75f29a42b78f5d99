"""Waiting for a text: it comes, and whoever waits keeps nobody from a page."""

from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles

from storefront.testing.network import client_of
from tests.proofs.pages import QUICK, watched_pages
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop

SLOW = "070-0001-0009"  # its text arrives after 20 seconds
WAITERS = 50


def wait(shop: RunningShop, tel: str, seconds: int) -> list[dict[str, str]]:
    answer = client_of(shop.url).get(f"/sandbox/phone.json?to={tel}&wait={seconds}")
    assert answer.status_code == 200, answer.text
    return list(answer.get_json())


def test_inbox_waits_for_a_slow_text(shop: RunningShop, figure: Report) -> None:
    """Fifty wait for it, with twenty seconds to go, while others look at pages."""
    for_text, waiters = times(8, 25), times(10, WAITERS)
    shop.shopper().to_sms(SLOW)
    shop.advance(25 - for_text)
    with ThreadPoolExecutor(waiters) as pool, watched_pages(shop) as took:
        waiting = [pool.submit(wait, shop, SLOW, for_text) for _each in range(waiters)]
        told = [one.result() for one in waiting]

    slowest = quantiles(took, n=20)[-1]
    assert all([one["code"] for one in texts] == ["1234"] for texts in told)
    assert len(took) > for_text
    assert slowest < QUICK
    figure(
        "A wait for a text costs no page a thread: 50 wait for number 0009",
        f"{waiters} of {waiters} had it within {for_text} s; meanwhile {len(took)} pages, "
        f"p95 {slowest:.0f} ms",
    )
