"""What tests in a browser do to the shop of their own process where no page of it would."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import sqlalchemy as sa
from flask import Flask

from storefront.admin.auth import accounts
from storefront.admin.reports.routes import REPORTS as REPORTS
from storefront.core.extensions import db, transaction
from storefront.orders.emails import sending
from storefront.orders.models import Order
from storefront.providers.yamato.protocol.transport import Timeout
from storefront.providers.yamato.simulator.server import Simulator
from storefront.providers.yamato.simulator.standalone import Served
from storefront.sandbox import history
from storefront.sandbox.yamato import connection
from tests.hostile_texts import HOSTILE_TEXTS
from tests.yamato import ask_yamato_by, yamato_of

OF_A_PERSON = ("name", "prefecture", "city", "street", "building")
TYPED = (*OF_A_PERSON, *(f"ship_{one}" for one in OF_A_PERSON), "name_kana", "note", "email")


def write_history(app: Flask, days: int) -> None:
    """Days of made-up trade."""
    with app.app_context():
        with transaction():
            history.write(days)
        db.session.remove()


def let_in(app: Flask, email: str, name: str, password: str) -> None:
    """A new owner with a password and nothing else; who had the address before is let go."""
    with app.app_context():
        person = accounts.by_email(email)
        if person is not None:
            accounts.let_go(person)
        accounts.let_in(email, name, "owner", password)


def count_shipped(app: Flask) -> int:
    with app.app_context():
        shipped = sa.select(sa.func.count()).where(Order.status == "shipped")
        return db.session.scalar(shipped) or 0


@contextmanager
def faster_yamato(app: Flask) -> Iterator[None]:
    """The shop waits for one second and 0026 takes three, where it would be nine and fourteen."""
    wired = app.extensions["providers"]
    ask_yamato_by(app, replace(yamato_of(app), patience=Timeout(1, 4)))
    connection.close(app)
    terms = replace(connection.terms(app), slowness=3.0)
    app.extensions[connection.SERVED] = Served(Simulator(app, terms))
    yield
    connection.close(app)
    app.extensions["providers"] = wired


def hostile_orders(app: Flask, number: str) -> list[str]:
    """The numbers of copies of an order, each with one hostile text in every field."""
    with app.app_context():
        first = db.session.query(Order).filter_by(number=number).one()
        with transaction():
            for nth, text in enumerate(HOSTILE_TEXTS):
                db.session.add(_hostile(first, nth, text))
        return [f"{nth:04}-HOST" for nth in range(len(HOSTILE_TEXTS))]


def _hostile(first: Order, nth: int, text: str) -> Order:
    kept = {
        column.key: getattr(first, column.key)
        for column in Order.__table__.columns
        if column.key not in {"id", "challenge_id", "payment_reference"}
    }
    elsewhere = {"ship_to": "other", "ship_tel": "09012345678", "ship_postal_code": "1000005"}
    customer = {**first.customer, **dict.fromkeys(TYPED, text), **elsewhere}
    return Order(
        **{
            **kept,
            "number": f"{nth:04}-HOST",
            "token": f"hostile-{nth}",
            "key": f"hostile-{nth}",
            "customer": customer,
            "staff_note": text,
        }
    )


def order_mails(app: Flask, numbers: Sequence[str]) -> list[str]:
    """The HTML of the mails of these orders."""
    with app.app_context():
        orders = db.session.query(Order).filter(Order.number.in_(numbers)).all()
        return [sending.order_mail(order).html for order in orders]
