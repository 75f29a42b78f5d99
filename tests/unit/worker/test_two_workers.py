"""Two workers on one outbox: each row is done once, and neither is in the other's way."""

from collections import Counter

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.outbox import outbox
from storefront.outbox.models import OutboxRow
from storefront.ports.mail import Message
from storefront.sandbox import history
from storefront.worker import heartbeat, periodic_tasks
from tests.at_once import at_once
from tests.conftest import MakeApp
from tests.databases import Databases
from tests.factories import an_order
from tests.proofs.grounds import on_both_databases
from tests.unit.verification.stand_ins import use

pytestmark = on_both_databases

ORDERS = 12


class Box:
    """Keeps whom each mail went to."""

    def __init__(self) -> None:
        self.to: list[str] = []

    def send(self, message: Message) -> None:
        self.to.append(message.to)


@pytest.fixture
def shop(make_app: MakeApp, databases: Databases) -> Flask:
    return make_app(database_url=databases.seeded())


def work(shop: Flask) -> None:
    with shop.app_context():
        heartbeat.beat()
        periodic_tasks.tidy_up()
        periodic_tasks.run_due()


def test_two_workers_send_each_mail_once_and_count_each_checkout_once(shop: Flask) -> None:
    box = Box()
    use(shop, mail=box)
    with shop.app_context():
        with transaction():
            history.write(days=2)
        past = db.session.scalar(sa.select(sa.func.count()).select_from(Order))
        orders = [an_order() for _ in range(ORDERS)]
        with transaction():
            for order in orders:
                outbox.add("order-mail", order.id)

    at_once([lambda: work(shop)] * 2)

    assert Counter(box.to).total() == ORDERS
    with shop.app_context():
        done = db.session.scalars(sa.select(OutboxRow)).all()
        assert [(row.attempts, row.done_at is not None) for row in done] == [(1, True)] * ORDERS
        marked = sa.select(sa.func.count()).where(Order.is_marked)
        assert db.session.scalar(marked) == (past or 0) + ORDERS
        assert heartbeat.is_alive()
