"""Is it up, is it ready, how much does it do."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront import create_app
from storefront.config.settings import Settings
from storefront.core.extensions import db, transaction
from storefront.sms.failover import Failover
from storefront.worker import heartbeat
from tests.app_pool import close, copy_data, keep_templates, own_folder
from tests.unit.config.test_settings import GOOD_PRODUCTION
from tests.unit.verification.stand_ins import Pocket, use

TOKEN = "t" * 32


def test_a_process_that_answers_is_healthy(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_a_process_is_healthy_though_the_database_is_gone(client: FlaskClient) -> None:
    lose("shop", "heartbeats", "products")

    assert client.get("/healthz").status_code == 200


def test_a_shop_without_a_worker_is_not_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {
        "status": "failing",
        "checks": {"database": "ok", "worker": "late", "providers": "ok"},
    }


def test_a_shop_with_a_worker_is_ready(client: FlaskClient) -> None:
    heartbeat.beat()

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json == {
        "status": "ok",
        "checks": {"database": "ok", "worker": "ok", "providers": "ok"},
    }


def test_a_worker_that_died_half_a_minute_ago_is_missed(client: FlaskClient) -> None:
    heartbeat.beat()
    with transaction():
        earlier = sa.text("UPDATE heartbeats SET at = datetime(at, '-31 seconds')")
        db.session.execute(earlier)

    assert client.get("/readyz").status_code == 503


def test_moving_the_clock_kills_no_worker(
    client: FlaskClient, pass_time: Callable[[int], None]
) -> None:
    heartbeat.beat()
    pass_time(3600)

    assert client.get("/readyz").status_code == 200


def test_a_shop_without_its_tables_is_not_ready(client: FlaskClient) -> None:
    lose("heartbeats")

    assert client.get("/readyz").status_code == 503


def test_a_shop_without_a_sender_is_not_ready_and_says_so(app: Flask, client: FlaskClient) -> None:
    heartbeat.beat()
    use(app, sms=Failover([Pocket(is_down=True)]))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {
        "status": "failing",
        "checks": {"database": "ok", "worker": "ok", "providers": "down"},
    }
    assert "storefront_sms_down 1" in client.get("/metrics").text


def test_a_shop_with_one_sender_left_is_ready(app: Flask, client: FlaskClient) -> None:
    heartbeat.beat()
    use(app, sms=Failover([Pocket(is_down=True), Pocket()]))

    assert client.get("/readyz").status_code == 200
    assert "storefront_sms_down 0" in client.get("/metrics").text


def lose(*tables: str) -> None:
    with transaction():
        for table in tables:
            db.session.execute(sa.text(f"ALTER TABLE {table} RENAME TO lost_{table}"))


def test_metrics_are_open_outside_production(client: FlaskClient) -> None:
    answer = client.get("/metrics")

    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    assert "storefront_orders_total 0" in answer.text
    assert "storefront_outbox_waiting 0" in answer.text


def test_metrics_count_answers_by_endpoint(client: FlaskClient) -> None:
    client.get("/products/yunomi")

    answer = client.get("/metrics")

    assert 'storefront_answers_total{endpoint="catalogue.product",status="200"}' in answer.text


def test_metrics_hold_no_address(client: FlaskClient) -> None:
    client.get("/orders/secret-token-of-an-order")

    assert "secret-token-of-an-order" not in client.get("/metrics").text


@pytest.fixture(scope="module")
def production(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from a_production(seeded, tmp_path_factory.mktemp("production"), TOKEN)


@pytest.fixture(scope="module")
def tokenless(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from a_production(seeded, tmp_path_factory.mktemp("tokenless"), "")


def a_production(seeded: Path, folder: Path, token: str) -> Iterator[Flask]:
    """A shop with real settings and the goods of the demo shop; its tests only look at it."""
    copy_data(seeded, own_folder(seeded, folder))
    named = {name.lower(): value for name, value in GOOD_PRODUCTION.items()}
    real: dict[str, Any] = {**named, "instance": folder, "metrics_token": token}
    app = create_app(Settings(**real))
    keep_templates(seeded, app)
    yield app
    close(app)


def metrics(app: Flask, authorization: str | None) -> TestResponse:
    headers = {"Authorization": authorization} if authorization is not None else {}
    return app.test_client().get("/metrics", headers=headers, base_url="https://shop.example.jp")


def test_production_shows_metrics_to_its_own_token(production: Flask) -> None:
    assert metrics(production, f"Bearer {TOKEN}").status_code == 200


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", f"Bearer {TOKEN}x", "Basic dDp0", "Bearer é"],
)
def test_production_shows_metrics_to_nobody_else(
    production: Flask, authorization: str | None
) -> None:
    assert metrics(production, authorization).status_code == 404


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer "])
def test_production_without_a_token_shows_metrics_to_nobody(
    tokenless: Flask, authorization: str | None
) -> None:
    assert metrics(tokenless, authorization).status_code == 404


@pytest.mark.parametrize("path", ["/sandbox/", "/sandbox/phone.json", "/sandbox/reset"])
def test_production_has_no_sandbox(production: Flask, path: str) -> None:
    answer = production.test_client().get(path, base_url="https://shop.example.jp")

    assert answer.status_code == 404


def test_production_shows_no_banner_of_a_test_shop(production: Flask) -> None:
    answer = production.test_client().get("/", base_url="https://shop.example.jp")

    assert answer.status_code == 200
    assert "sandbox" not in answer.text
