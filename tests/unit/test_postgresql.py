"""PostgreSQL as a shop's home: nobody waits for long, and what cannot be done is told."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront import create_app
from storefront.catalogue.models import Variant
from storefront.core.extensions import CONNECTIONS, TIME_OUTS, db, transaction
from storefront.sandbox import demo
from storefront.testing.form_shopper import FormShopper
from tests.app_pool import close, own_folder, settings
from tests.conftest import MakeApp, OwnContextClient, entered
from tests.databases import Postgresql

TOLD_WITHIN = 6.0  # seconds, as on SQLite


@pytest.fixture
def app(make_app: MakeApp, on_postgresql: Postgresql) -> Iterator[Flask]:
    app = make_app(database_url=on_postgresql.seeded())
    app.test_client_class = OwnContextClient
    with entered(app):
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@contextmanager
def locked(app: Flask, rows: sa.Select[int]) -> Iterator[None]:
    """Somebody at a console has begun to change rows, and went for a tea."""
    console = sa.create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with console.begin() as connection:
        connection.execute(rows.with_for_update())
        yield
    console.dispose()


def is_honest(answer: TestResponse) -> bool:
    told = (answer.status_code, answer.headers["Retry-After"], answer.headers["Cache-Control"])
    return told == (503, "30", "no-store") and "混み合っています" in answer.text


def test_every_connection_has_its_time_outs(app: Flask) -> None:
    with db.engine.connect() as one, db.engine.connect() as other:
        for connection in (one, other):
            connection.rollback()  # what was set stays when a transaction is undone
            of_these = sa.text(
                "SELECT name, setting::int FROM pg_settings WHERE name = ANY(:names)"
            )
            assert dict(connection.execute(of_these, {"names": list(TIME_OUTS)}).all()) == TIME_OUTS

    assert TIME_OUTS == {
        "lock_timeout": 3_000,
        "statement_timeout": 10_000,
        "idle_in_transaction_session_timeout": 15_000,
    }


def test_a_locked_row_is_told_in_time_and_costs_nothing(app: Flask, client: FlaskClient) -> None:
    shopper = FormShopper(client).put_in("yunomi").answer("cod")
    yunomi = sa.select(Variant.id).where(Variant.sku == "yunomi")
    pieces = sa.select(Variant.available).where(Variant.sku == "yunomi")
    before = db.session.scalar(pieces)
    db.session.rollback()

    with locked(app, yunomi):
        began = time.monotonic()
        answer = shopper.press_confirm()
        waited = time.monotonic() - began
        others = FormShopper(app.test_client()).put_in("uji-sencha").answer("cod").press_confirm()

    assert is_honest(answer)
    assert waited < TOLD_WITHIN
    assert others.status_code == 303, "what nobody has locked goes on"
    assert shopper.press_confirm().status_code == 303
    db.session.rollback()
    assert db.session.scalar(pieces) == (before or 0) - 1


@pytest.fixture
def own_app(on_postgresql: Postgresql, seeded: Path, tmp_path: Path) -> Iterator[Flask]:
    """One that no other test has, to add addresses to."""
    app = create_app(settings(own_folder(seeded, tmp_path), database_url=on_postgresql.seeded()))
    yield app
    close(app)


def test_a_statement_or_a_pause_that_is_too_long_is_told_like_a_lock(own_app: Flask) -> None:
    client = own_app.test_client()

    @own_app.get("/slow")
    def slow() -> str:
        db.session.execute(sa.text("SET LOCAL statement_timeout = 200"))
        db.session.execute(sa.text("SELECT pg_sleep(5)"))
        return "done"

    @own_app.get("/idle")
    def idle() -> str:
        db.session.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 200"))
        time.sleep(0.6)  # the pause is what is told
        db.session.execute(sa.text("SELECT 1"))
        return "done"

    assert is_honest(client.get("/slow"))
    assert is_honest(client.get("/idle"))
    assert client.get("/products/yunomi").status_code == 200


def test_more_readers_than_connections_wait_for_each_other(own_app: Flask) -> None:
    @own_app.get("/slow")
    def slow() -> str:
        db.session.execute(sa.text("SELECT pg_sleep(0.2)"))
        return "done"

    def read(_nth: int) -> int:
        return own_app.test_client().get("/slow").status_code

    def answers() -> set[int]:
        with ThreadPoolExecutor(2 * CONNECTIONS) as readers:
            return set(readers.map(read, range(2 * CONNECTIONS)))

    # a machine that stands still lets some wait in vain, and it does not do so three times
    assert any(answers() == {200} for _round in range(3))
    with own_app.app_context():
        assert db.engine.pool.status().startswith(f"Pool size: {CONNECTIONS} ")


def test_that_no_connection_is_free_is_told_like_a_lock(own_app: Flask) -> None:
    client = own_app.test_client()
    with own_app.app_context(), ExitStack() as taken:
        for _ in range(CONNECTIONS):
            taken.enter_context(db.engine.connect())
        began = time.monotonic()

        page = client.get("/cart")
        waited = time.monotonic() - began
        unknown = client.get("/nowhere")

    assert is_honest(page)
    assert is_honest(unknown), "its page asks for the cart's number"
    assert waited < 2 * TOLD_WITHIN, "not for as long as somebody keeps them"
    assert client.get("/cart").status_code == 200


def test_a_database_that_was_away_is_used_again_at_once(
    app: Flask, client: FlaskClient, on_postgresql: Postgresql
) -> None:
    shopper = FormShopper(client).put_in("yunomi")
    db.session.remove()

    on_postgresql.server.stop()
    try:
        assert is_honest(shopper.get("/cart"))
        assert client.get("/readyz").status_code == 503
    finally:
        on_postgresql.server.start()

    assert shopper.get("/cart").status_code == 200


def test_a_database_without_tables_is_told(make_app: MakeApp, on_postgresql: Postgresql) -> None:
    client = make_app(database_url=on_postgresql.empty()).test_client()

    assert is_honest(client.get("/"))
    assert is_honest(client.get("/cart"))


def test_readers_see_the_shop_as_of_one_moment(app: Flask) -> None:
    def price() -> int | None:
        return db.session.scalar(sa.select(Variant.price).where(Variant.sku == "yunomi"))

    before = price()
    with db.engine.begin() as somebody:
        somebody.execute(sa.update(Variant).values(price=1))

    assert price() == before
    db.session.rollback()
    assert price() == 1


def test_writers_see_what_others_have_committed(app: Flask) -> None:
    with transaction():
        db.session.scalar(sa.select(Variant.id))
        with db.engine.begin() as somebody:
            somebody.execute(sa.update(Variant).values(price=1))
        assert db.session.scalar(sa.select(Variant.price).where(Variant.sku == "yunomi")) == 1


def test_a_reset_gives_the_demo_shop_its_ids_again(app: Flask) -> None:
    ids = sa.select(Variant.sku, Variant.id)
    before = db.session.execute(ids).all()

    demo.reset()

    assert set(db.session.execute(ids).all()) == set(before)
