"""Whether the owner's lists of orders stay as fast with a thousand times as many."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from werkzeug.test import Client

from bench.figures import Figure
from bench.shops import seed
from storefront import create_app
from storefront.config.settings import Settings
from storefront.core.extensions import db
from storefront.orders.queries import search_index
from storefront.testing.form_shopper import field_value
from tests.app_pool import close
from tests.factories import an_order
from tests.signed_in import a_person, cookie_of

FEW, MANY = 1_000, 1_000_000
MOST = 1.5
ROUNDS = 60
NAME, PHONE = "佐藤", "080-9876-5432"  # of every tenth order, and of one
ONES_OWN = 6  # marks of an order besides its name's, all different
LISTS = {
    "list": "/admin/orders",
    "list by state": "/admin/orders?status=placed",
    "list by state, payment and method": "/admin/orders?status=placed&payment=awaiting&method=cod",
    "list of some days": "/admin/orders?since=2020-01-01&until=2100-01-01",
    "list of payments": "/admin/orders/payments?payment=deferred",
}
SEARCHES = {"search, name of every tenth": NAME, "search, phone found once": PHONE}
UNIQUE = ("number", "token", "key", "checkout_id")

# One order copied so often, a minute apart; of its states the mixture that a shop has.
COPIES = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT :count)
    INSERT INTO orders ({columns}) SELECT {values} FROM orders, n WHERE orders.id = :first
"""
VARIED = {
    "placed_at": "datetime(placed_at, '-' || i || ' minutes') || '.000000'",
    "status": "CASE i % 10 WHEN 0 THEN 'placed' WHEN 1 THEN 'shipped' ELSE 'delivered' END",
    "payment_code": "CASE i % 4 WHEN 0 THEN 'cod' WHEN 1 THEN 'card' ELSE 'kuroneko_payslip' END",
    "payment_status": "CASE i % 5 WHEN 0 THEN 'awaiting' WHEN 1 THEN 'deferred' ELSE 'paid' END",
    "payment_reference": "CASE WHEN i % 4 > 1 THEN 'R-' || i END",
    "is_marked": "1",
}
OWN_MARKS = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT :each)
    INSERT INTO order_marks (mark, placed_at, order_id)
    SELECT lower(hex(randomblob(16))) AS mark, placed_at, id FROM orders, n ORDER BY mark
"""
NAME_MARKS = """
    INSERT INTO order_marks (mark, placed_at, order_id)
    SELECT :mark, placed_at, id FROM orders WHERE id % :every = 0
"""


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as small, tempfile.TemporaryDirectory() as large:
        apps = [_shop(Path(small), FEW), _shop(Path(large), MANY)]
        clients = [_owner(app) for app in apps]
        figures = [
            _figure(name, [_getter(one, path) for one in clients]) for name, path in LISTS.items()
        ]
        figures += [
            _figure(name, [_getter(one, _found(one, words)) for one in clients])
            for name, words in SEARCHES.items()
        ]
        for app in apps:
            close(app)
    return figures


def _figure(name: str, asks: list[Callable[[], object]]) -> Figure:
    """The two take turns, so that a busy moment meets both."""
    for ask in asks:
        ask()
    taken = [[_milliseconds(ask) for ask in asks] for _ in range(ROUNDS)]
    few, many = (statistics.median(column) for column in zip(*taken, strict=True))
    measured = f"{many / few:.2f}×: {few:.1f} ms and {many:.1f} ms"
    what = f"{name}: time with {MANY:,} orders to that with {FEW:,}"
    return Figure(what, f"≤ {MOST}×", measured, many / few <= MOST)


def _milliseconds(ask: Callable[[], object]) -> float:
    begun = time.perf_counter()
    ask()
    return (time.perf_counter() - begun) * 1000


def _shop(folder: Path, count: int) -> Flask:
    seed(folder)
    app = create_app(Settings(storefront_env="demo", instance=folder))
    with app.app_context():
        first = an_order().id
        path = str(db.engine.url.database)
        found = [search_index.sought(words)[0] for words in (NAME, PHONE)]
        db.session.remove()
    _stock_up(path, count, first, found)
    return app


def _stock_up(path: str, count: int, first: int, found: list[str]) -> None:
    """Straight into the file: nobody waits for a million checkouts."""
    with sqlite3.connect(path) as line:
        line.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-500000;")
        names = [row[1] for row in line.execute("PRAGMA table_info(orders)") if row[1] != "id"]
        values = [VARIED.get(name, f'"{name}"') for name in names]
        values = [
            f"'{name[0]}' || i" if name in UNIQUE else value
            for name, value in zip(names, values, strict=True)
        ]
        columns = ", ".join(f'"{name}"' for name in names)
        line.execute(
            COPIES.format(columns=columns, values=", ".join(values)),
            {"count": count, "first": first},
        )
        line.execute(OWN_MARKS, {"each": ONES_OWN})
        for mark, every in zip(found, (10, count), strict=True):
            line.execute(NAME_MARKS, {"mark": mark, "every": every})
    line.close()


def _owner(app: Flask) -> Client:
    client = app.test_client()
    with app.app_context():
        client.set_cookie(*cookie_of(app, a_person()))
        db.session.remove()
    return client


def _getter(client: Client, path: str) -> Callable[[], object]:
    def ask() -> None:
        answer = client.get(path)
        assert answer.status_code == 200
        assert 'data-testid="order-row"' in answer.text, path

    return ask


def _found(client: Client, words: str) -> str:
    """The address that a search leads to."""
    token = field_value(client.get("/admin/orders").text, "csrf_token")
    typed = {"csrf_token": token, "words": words}
    return str(client.post("/admin/orders/search", data=typed).location)
