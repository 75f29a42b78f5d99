"""Redis may fall at any moment: floods are counted by each process then, and nothing closes."""

import time
from collections.abc import Iterator

import pytest
import redis
from flask import Flask

from storefront.testing.form_shopper import FormShopper
from storefront.worker import heartbeat
from tests.conftest import MakeApp, OwnContextClient, entered
from tests.redis_server import RedisServer

pytestmark = pytest.mark.web
FLOOD = 20  # look-ups of orders in ten minutes


@pytest.fixture
def app(make_app: MakeApp, redis_server: RedisServer) -> Iterator[Flask]:
    with entered(make_app(limits="real", redis_url=redis_server.url)) as app:
        app.test_client_class = OwnContextClient
        yield app


def look_up(app: Flask, times: int = 1) -> int:
    """The status of the last of so many look-ups."""
    client = app.test_client()
    return [client.post("/orders/find").status_code for _ in range(times)][-1]


def counted(server: RedisServer) -> int:
    with redis.Redis(port=server.port) as client:
        return len(client.keys("LIMITS*"))


def test_floods_are_counted_on_redis(app: Flask, redis_server: RedisServer) -> None:
    assert (look_up(app, FLOOD), look_up(app)) == (422, 429)

    assert counted(redis_server)


def test_no_page_closes_while_redis_is_away(app: Flask, redis_server: RedisServer) -> None:
    heartbeat.beat()
    look_up(app)
    redis_server.stop()

    client = app.test_client()
    pages = ["/healthz", "/readyz", "/metrics", "/", "/products/yunomi", "/cart", "/admin/login"]

    assert {path: client.get(path).status_code for path in pages} == dict.fromkeys(pages, 200)
    assert FormShopper(client).put_in().answer("cod").press_confirm().location.endswith("/complete")


def test_floods_are_counted_while_redis_is_away(app: Flask, redis_server: RedisServer) -> None:
    redis_server.stop()

    assert (look_up(app, FLOOD), look_up(app)) == (422, 429)


def test_floods_are_counted_on_redis_again_when_it_is_back(
    app: Flask, redis_server: RedisServer
) -> None:
    redis_server.stop()
    look_up(app)
    redis_server.start()

    end = time.monotonic() + 60
    while not counted(redis_server):
        assert time.monotonic() < end, "Redis is never asked again"
        assert app.test_client().get("/cart").status_code == 200
        time.sleep(0.05)


def test_a_shop_that_starts_without_redis_is_open(make_app: MakeApp, app: Flask) -> None:
    """Its limiter has never seen a counter that works."""
    with entered(make_app(limits="real", redis_url="redis://127.0.0.1:1/0")) as lonely:
        assert (look_up(lonely, FLOOD), look_up(lonely)) == (422, 429)


def test_whether_a_process_lives_is_asked_of_nobody(app: Flask, redis_server: RedisServer) -> None:
    before = counted(redis_server)
    client = app.test_client()

    statuses = {client.get("/healthz").status_code for _ in range(700)}  # more than a flood

    assert (statuses, counted(redis_server)) == ({200}, before)
