"""The servers that tests bring along."""

import psycopg
import pytest
import redis

from tests.postgresql import Cluster
from tests.redis_server import RedisServer


def test_a_cluster_gives_each_test_a_database_of_its_own(postgresql: Cluster) -> None:
    one, other = postgresql.fresh(), postgresql.fresh()

    with psycopg.connect(one.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE thing (name text)")

    with psycopg.connect(other.replace("+psycopg", "")) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE tablename = 'thing'")
        assert found.fetchone() == (0,)


def test_a_stopped_redis_can_be_started_again(redis_server: RedisServer) -> None:
    redis_server.stop()
    with redis.Redis.from_url(redis_server.url) as client, pytest.raises(redis.RedisError):
        client.ping()

    redis_server.start()

    assert redis_server.answers()
