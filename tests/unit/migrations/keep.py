"""Keeps a shop of the newest revision with orders of every kind, for the upgrades to come."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from storefront import create_app
from storefront.catalogue.models import Picture, Product, SearchGram, Variant
from storefront.core import migrate
from storefront.core.extensions import db, transaction
from storefront.orders import adjustments, fulfilment
from storefront.orders.models import Order
from storefront.payments.kinds import KINDS
from storefront.sandbox import seeding
from storefront.sandbox.orders import order_events, order_factory
from storefront.worker import periodic_tasks
from tests.app_pool import close, settings
from tests.unit.migrations import old_shops

SMARTPHONE, PAYSLIP = "kuroneko_smartphone", "kuroneko_payslip"
GOODS = ("yunomi", "uji-sencha", "indigo-tote")  # of the demo shop; the others are left out
BULKY = ("sandbox_mails", "sandbox_texts", "kuroneko_calls", "heartbeats")

Action = Callable[[Order], object]
ship, deliver, pay = order_events.ship, order_events.deliver, order_events.pay
prepare, cancel, take_back = fulfilment.prepare, fulfilment.cancel, fulfilment.take_back


def reduce(order: Order) -> None:
    adjustments.reduce(order, order.total - 500)


LIVES: tuple[tuple[str, tuple[Action, ...]], ...] = (
    *((kind, ()) for kind in KINDS),
    ("cod", (ship, deliver)),
    ("cod", (prepare, cancel)),
    ("bank_transfer", (pay, ship, deliver, take_back)),
    ("cvs", (pay, ship)),
    ("card", (ship, deliver)),
    (SMARTPHONE, (reduce, ship)),
    (SMARTPHONE, (ship, deliver, pay)),
    (PAYSLIP, (ship, deliver)),
    (SMARTPHONE, (cancel,)),
    (SMARTPHONE, (ship, deliver, take_back)),
)


def live(app: Flask, number: int, payment: str, actions: tuple[Action, ...]) -> None:
    with app.test_request_context():
        order = order_factory.place(payment, "09000000000", f"taro{number}@example.com")
    for action in (None, *actions):
        if action is not None:
            action(db.session.get_one(Order, order.id, populate_existing=True))
        db.session.rollback()
        periodic_tasks.run_due()


def leave_out_what_is_bulky() -> None:
    others = sa.select(Product.id).where(Product.slug.not_in(GOODS)).scalar_subquery()
    with transaction():
        for table in (SearchGram, Picture, Variant):
            db.session.execute(sa.delete(table).where(table.product_id.in_(others)))
        db.session.execute(sa.delete(Product).where(Product.slug.not_in(GOODS)))


def keep(folder: Path) -> Path:
    """The file that holds the shop."""
    app = create_app(settings(folder, kuroneko_base_url=""))
    with app.app_context():
        migrate.migrate()
        seeding.seed_if_empty()
        for number, (payment, actions) in enumerate(LIVES):
            with suppress(fulfilment.NotNow, fulfilment.NotPaid):
                live(app, number, payment, actions)
        leave_out_what_is_bulky()
        with db.engine.connect() as connection:
            revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            file = old_shops.SHOPS / f"{revision}.sql"
            file.write_text(old_shops.dump(connection, BULKY))
        db.session.remove()
        close(app)
    return file


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        print(keep(Path(made)))  # noqa: T201  # the answer of a command
