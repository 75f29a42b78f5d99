"""Redis falls and comes back under a shop that sells: no page fails, and no mail is lost."""

from collections import Counter
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa
from werkzeug.test import TestResponse

from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.sandbox.phone import mailbox
from storefront.testing.network import client_of
from tests import invariants
from tests.proofs.persistence import PATIENCE, Bought, Crowd, Persistent, plenty, wait_until
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop, copied, started
from tests.redis_server import RedisServer

SHOPPERS = 3
MAIL_WITHIN = 60.0  # seconds: the worker's own look into the outbox, at the latest


class FarAway(Persistent):
    """Each at an address of its own, so that no cap stands in the way; its 5xx are counted."""

    faults: ClassVar[Counter[str]] = Counter()
    numbers: ClassVar["count[int]"] = count()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = next(self.numbers)
        self.source = f"198.51.{number // 250}.{number % 250}"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        headers = {**(kwargs.pop("headers", None) or {}), "X-Forwarded-For": self.source}
        answer = super().open(*args, headers=headers, **kwargs)
        if answer.status_code >= 500:
            self.faults[f"{answer.status_code} {answer.request.path}"] += 1
        return answer


def test_redis_falls_and_comes_back_during_checkouts(
    seeded: Path, tmp_path: Path, redis_server: RedisServer, figure: Report
) -> None:
    falls, orders = times(2, 10), times(12, 100)
    shop = RunningShop(
        copied(seeded, tmp_path / "shop"),
        REDIS_URL=redis_server.url,
        LIMITS="real",
        TRUSTED_PROXIES="1",
    )
    with started(shop):
        initial = plenty(shop)
        with Crowd(shop, SHOPPERS, "cod", browser=FarAway).buying() as sold:
            for nth in range(1, falls + 1):
                redis_server.stop()
                wait_until(partial(has_grown_to, sold, (nth - 0.5) * orders / falls), PATIENCE)
                assert [statuses(shop), FarAway.faults] == [[200, 200], Counter()]
                redis_server.start()
                wait_until(partial(has_grown_to, sold, nth * orders / falls), PATIENCE)
            redis_server.stop()  # what was sold last is mailed without it
        wait_until(lambda: mails(shop) == Counter(one.buyer.email for one in sold), MAIL_WITHIN)
        with shop.database():
            assert db.session.scalar(sa.select(sa.func.count(Order.id))) == len(sold)
            invariants.check(initial)
    assert FarAway.faults == Counter()
    figure(
        f"Redis is stopped and started {falls} times during {len(sold)} checkouts with real "
        "limits: no answer is 5xx, and every mail goes out, the last ones while it is away",
        f"{len(sold)} orders, {len(sold)} mails, 0 × 5xx",
    )


def has_grown_to(sold: list[Bought], so_far: float) -> bool:
    return len(sold) >= so_far


def statuses(shop: RunningShop) -> list[int]:
    return [client_of(shop.url).get(path).status_code for path in ("/healthz", "/readyz")]


def mails(shop: RunningShop) -> Counter[str]:
    with shop.database():
        return Counter(one.to for one in mailbox.mails())
