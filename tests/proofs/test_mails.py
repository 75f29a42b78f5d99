"""Each order's mail goes out, whatever becomes of the worker; a double can be told."""

import asyncio
import secrets
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.outbox.models import OutboxRow
from storefront.sandbox import time as sandbox_time
from tests import invariants
from tests.proofs.persistence import PATIENCE, Bought, Crowd, plenty, wait_until
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.services import Services
from tests.proofs.shop import copied, started
from tests.unit.mail.test_smtp import Letterbox, listening

SHOPPERS = 3
LEASE = 61  # seconds; then another takes what a dead worker had claimed

random = secrets.SystemRandom()


@dataclass
class SlowLetterbox(Letterbox):
    """Takes a mail before it says so, long enough for the worker to die in between."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(0.03)
        return answer

    def ids(self) -> dict[str, list[str]]:
        """The message ids that came to each address."""
        found: dict[str, list[str]] = {}
        for _sender, [to], content in list(self.arrived):
            mail = message_from_bytes(content, policy=policy.default)
            found.setdefault(to, []).append(str(mail["Message-ID"]))
        return found


def test_a_dying_worker_loses_no_mail(seeded: Path, tmp_path: Path, figure: Report) -> None:
    kills, orders, box = times(2, 50), times(20, 1_000), SlowLetterbox()
    folder = copied(seeded, tmp_path / "shop")
    with listening(box) as url, started(Services(folder, MAIL_URL=url)) as shop:
        initial = plenty(shop)
        with Crowd(shop, SHOPPERS, "cod").buying() as sold:
            for nth in range(1, kills + 1):
                kill_at_work(shop, box)
                wait_until(partial(has_grown_to, sold, nth * orders // kills), PATIENCE)
        catch_up(shop)
        with shop.database():
            invariants.check(initial)

    ids = box.ids()
    assert set(ids) == {one.buyer.email for one in sold}
    assert all(len(set(same)) == 1 for same in ids.values())
    assert len({same[0] for same in ids.values()}) == len(sold)
    doubled = len(box.arrived) - len(sold)
    assert doubled <= kills
    figure(
        f"the worker is killed {kills} times during {len(sold)} orders: each mail arrives, "
        "a double has the same Message-ID",
        f"{len(ids)} mails for {len(sold)} orders, {doubled} doubled, 0 lost",
    )


def has_grown_to(sold: list[Bought], so_far: int) -> bool:
    return len(sold) >= so_far


def kill_at_work(shop: Services, box: SlowLetterbox) -> None:
    """Between one mail and the next, or in the middle of either."""
    before = len(box.arrived)
    wait_until(lambda: len(box.arrived) > before, PATIENCE)
    time.sleep(random.uniform(0, 0.1))
    shop.kill_worker()
    shop.start_worker()


def catch_up(shop: Services) -> None:
    """Wait until the outbox is empty, after the time when a dead worker's rows are free again."""
    with shop.database():
        shop.stop_worker()
        sandbox_time.advance(LEASE)
        shop.start_worker()
        wait_until(is_all_sent, PATIENCE)


def is_all_sent() -> bool:
    db.session.rollback()
    return db.session.scalar(sa.select(OutboxRow.id).where(OutboxRow.done_at.is_(None))) is None
