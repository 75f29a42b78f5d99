"""A shop of each revision is taken up to the newest one, and keeps all it had."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from storefront.core import migrate
from storefront.core.extensions import Base, db, transaction
from storefront.orders import owed_back
from storefront.orders.models import Order
from storefront.reports import dashboard
from storefront.testing.form_shopper import QuickFormShopper
from tests import invariants
from tests.conftest import OwnContextClient
from tests.proofs.grounds import on_both_databases
from tests.unit.migrations import old_shops
from tests.unit.migrations.old_shops import Rows

KEPT = old_shops.kept()
FIRST_NINE = {
    "f439e64c5f39",
    "b83d50a7c1e4",
    "ee8cbb39121a",
    "a1d0e5c0ffee",
    "c41d7e5a90b2",
    "d17e5a3b9c04",
    "c4e1a9d27b30",
    "c47a90d1f3b2",
    "c0a47f1e9d52",
}
# what stood in these columns of a table is told elsewhere since, or was rewritten on purpose
MOVED = {
    *(("shop", column) for column in ("shipping_fee", "free_from", "prepare_days")),
    *(("payment_methods", column) for column in ("payment_time", "payment_time_en")),
    *(("payment_methods", column) for column in ("summary", "summary_en")),
    *(("payment_methods", column) for column in ("instructions", "instructions_en")),
    ("orders", "is_marked"),
}


@pytest.fixture(params=sorted(KEPT))
def before(request: pytest.FixtureRequest, empty: Flask) -> Rows:
    """Every row of a shop, which is then taken up to the newest revision."""
    command.upgrade(migrate.config(), request.param)
    old_shops.load(db.engine, KEPT[request.param].read_text())
    rows = old_shops.read(db.engine)
    migrate.migrate()
    return rows


def figures(rows: Rows) -> dict[str, Any]:
    """What an owner would look at first."""
    orders, yen = Counter[Any](), Counter[Any]()
    for order in rows["orders"]:
        kind = (order["payment_code"], order["status"], order["payment_status"])
        orders[kind] += 1
        yen[kind] += order["total"] if order.get("reduced_to") is None else order["reduced_to"]
    books = Counter[str]()
    for entry in rows["ledger_entries"]:
        is_owed_back = entry["account"] == "owed_back"  # it lies in the till
        books["cash" if is_owed_back else entry["account"]] += entry["yen"]
    on_the_shelf = {one["sku"]: (one["price"], one["available"]) for one in rows["variants"]}
    return {"orders": orders, "yen": yen, "books": books, "on the shelf": on_the_shelf}


def lost(before: Rows, after: Rows) -> Iterator[str]:
    """Rows and columns that stood there before and do not now."""
    for table, rows in before.items():
        columns = set().union(*rows) - {column for where, column in MOVED if where == table}
        had = Counter(only(row, columns) for row in rows)
        has = Counter(only(row, columns) for row in after.get(table, []))
        yield from (f"{table}: {dict(row)}" for row in had - has)


def only(row: old_shops.Row, columns: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple((column, repr(row.get(column, "gone"))) for column in sorted(columns))


@on_both_databases
def test_a_shop_keeps_every_row_and_goes_on_selling(empty: Flask, before: Rows) -> None:
    after = old_shops.read(db.engine)

    assert list(lost(before, after)) == []
    assert figures(after) == figures(before)
    assert_proposed_texts_name_whoever_asks_for_the_payment(before, after)
    invariants.database_is_sound()
    invariants.ledgers_balance()

    empty.test_client_class = OwnContextClient
    shopper = QuickFormShopper(empty.test_client())
    for order in db.session.scalars(sa.select(Order)).all():
        page = shopper.get(f"/orders/{order.token}")
        owed = order.total if order.reduced_to is None else order.reduced_to
        assert (page.status_code, f'data-yen="{owed}"' in page.text) == (200, True)
    shopper.put_in("yunomi").answer("cod").press_confirm()

    assert "/orders/" in shopper.last.location
    newest = db.session.scalar(sa.select(sa.func.max(Order.id)))
    assert newest == max(order["id"] for order in before["orders"]) + 1
    assert db.engine.dialect.name != "sqlite" or keys_are_checked()


def keys_are_checked() -> bool:
    return bool(db.session.scalar(sa.text("PRAGMA foreign_keys")))


def assert_proposed_texts_name_whoever_asks_for_the_payment(before: Rows, after: Rows) -> None:
    """Upgrading a shop is most of a test's time, so this is looked at in the same one."""
    had = {one["kind"]: one["payment_time"] for one in before["payment_methods"]}
    has = {one["kind"]: one["payment_time"] for one in after["payment_methods"]}

    assert "kuroneko_smartphone" in has
    for kind in has.keys() & {"kuroneko_smartphone", "kuroneko_payslip"}:
        assert has[kind] == had[kind].replace("ヤマト運輸株式会社から", "{sender}から")
        assert "{sender}から" in has[kind]


def test_shops_of_the_first_nine_revisions_are_kept() -> None:
    known = ScriptDirectory(str(migrate.REVISIONS)).walk_revisions()

    assert FIRST_NINE <= KEPT.keys() <= {one.revision for one in known}


@on_both_databases
def test_the_revisions_lead_to_the_tables_that_the_code_knows(empty: Flask) -> None:
    migrate.migrate()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@on_both_databases
def test_refunds_by_hand_of_before_are_owed_back_until_they_are_noted(empty: Flask) -> None:
    command.upgrade(migrate.config(), "erased_persons")
    old_shops.load(db.engine, KEPT["erased_persons"].read_text())
    with transaction():  # what came by card went back by its hosted page
        gone = "UPDATE orders SET payment_status = 'refunded' WHERE payment_code = 'card'"
        db.session.execute(sa.text(gone))
        db.session.execute(sa.text("UPDATE hosted_payments SET outcome = 'refunded'"))
    migrate.migrate()

    refunded = db.session.scalars(sa.select(Order).where(Order.payment_status == "refunded")).all()
    owed = {(order.payment_code, owed_back.yen_of(order) == order.received) for order in refunded}
    assert owed == {("bank_transfer", True), ("card", False)}
    assert dashboard.today().owed_back == [one.payment_code for one in refunded].count(
        "bank_transfer"
    )


def test_an_upgrade_that_leaves_rows_without_their_parents_changes_nothing(empty: Flask) -> None:
    command.upgrade(migrate.config(), "c41d7e5a90b2")
    old_shops.load(db.engine, KEPT["c41d7e5a90b2"].read_text())
    with db.engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("DELETE FROM orders WHERE id = 1")
        driver.execute("PRAGMA foreign_keys=ON")
    before = old_shops.read(db.engine)

    with pytest.raises(migrate.LooseReferences, match="order_lines -> orders"):
        migrate.migrate()

    assert old_shops.read(db.engine) == before
    assert not migrate.is_up_to_date()
