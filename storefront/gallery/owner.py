"""What happens behind the counter and no address does: by the shop's own code, in its database."""

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import default_exceptions

from storefront.catalogue.models import Category, Product, Variant
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment, moves
from storefront.orders.models import Order, OrderEvent
from storefront.outbox import outbox
from storefront.sandbox import demo, guests
from storefront.shipping.models import DeliveryMethod
from storefront.shop.models import Shop

FAULTS: dict[int, Exception] = {
    500: RuntimeError("played"),
    503: OperationalError("played", None, Exception()),
}


class Owner:
    """The owner of a demo shop that runs in this process."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def begin_anew(self) -> None:
        with self._app.app_context():
            demo.reset()

    def price(self, sku: str, yen: int) -> None:
        self._change(sa.update(Variant).where(Variant.sku == sku).values(price=yen))

    def stock(self, sku: str, pieces: int) -> None:
        self._change(sa.update(Variant).where(Variant.sku == sku).values(available=pieces))

    def withdraw(self, slug: str) -> None:
        self._change(sa.update(Product).where(Product.slug == slug).values(published=False))

    def withdraw_category(self, slug: str) -> None:
        mine = sa.select(Category.id).where(Category.slug == slug).scalar_subquery()
        self._change(sa.update(Product).where(Product.category_id == mine).values(published=False))

    def rename(self, slug: str, name: str, name_en: str) -> None:
        named = sa.update(Product).where(Product.slug == slug)
        self._change(named.values(name=name, name_en=name_en))

    def close(self) -> None:
        self._change(sa.update(Shop).values(is_open=False))

    def also_deliver_by_letter(self) -> None:
        """Cheaper, without a choice of date; and parcels to Okinawa cost more from now on."""
        self._change(sa.update(DeliveryMethod).values(fees=guests.DEARER))
        with self._app.app_context(), transaction():
            db.session.add(guests.letter())

    def bring_order_to(self, token: str, status: str, payment: str, *events: str) -> None:
        with self._app.app_context(), transaction():
            order = db.session.scalars(sa.select(Order).where(Order.token == token)).one()
            order.status, order.payment_status = status, payment
            order.events += [OrderEvent(at=clock.now(), event=event) for event in events]

    def leave_cancellation_open(self, token: str) -> None:
        """As where Yamato has not answered the shopper's cancellation in time, nor the worker."""
        until = clock.now() + moves.UNTIL_KNOWN
        with self._app.app_context(), transaction():
            order = db.session.scalars(sa.select(Order).where(Order.token == token)).one()
            order.claimed_until = until
            outbox.add(
                fulfilment.UNFINISHED_CANCELLATION, order.id, until.isoformat(), due_at=until
            )

    def payment_of(self, number: str, state: str) -> None:
        self._change(sa.update(Order).where(Order.number == number).values(payment_status=state))

    def error_page(self, status: int, home: str) -> str:
        """The page of a fault that no visitor can bring about, as its handler renders it."""
        fault = FAULTS.get(status) or default_exceptions[status]()
        with self._app.test_request_context(base_url=home):
            return self._app.make_response(self._app.handle_user_exception(fault)).get_data(True)

    def _change(self, statement: sa.Update) -> None:
        with self._app.app_context(), transaction():
            db.session.execute(statement)
