import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.outbox.models import Heartbeat, OutboxRow
from storefront.sandbox import time
from storefront.sandbox.phone import mailbox
from storefront.testing.form_shopper import field_value
from storefront.worker import heartbeat
from tests.factories import an_order

BAD_BODIES = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b"60",
    b"NaN",
    b"not json",
    b'{"advance": 60',
    b"\xff\xfe",
    b'{"advance": null}',
    b'{"advance": true}',
    b'{"advance": "60"}',
    b'{"advance": [60]}',
    b'{"advance": {"seconds": 60}}',
    b'{"advance": -1}',
    b'{"advance": 1.5}',
    b'{"advance": 31536001}',
    b'{"advance": 1e300}',
    b'{"advance": 1e999}',
    b'{"advance": NaN}',
    b'{"advance": -Infinity}',
    b'{"advance": ' + b"9" * (sys.get_int_max_str_digits() + 1) + b"}",
    b'{"advance": 60, "now": "2099-01-01T00:00:00Z"}',
    b'{"advance": 60, "seconds": 60}',
    b'{"now": null}',
    b'{"now": 4102444800}',
    b'{"now": true}',
    b'{"now": ["2099-01-01T00:00:00Z"]}',
    b'{"now": ""}',
    b'{"now": "tomorrow"}',
    b'{"now": "2098-13-01T00:00:00Z"}',
    b'{"now": "2098-01-01T00:00:00\\u0000"}',
    b'{"now": "\\ud800"}',
    b'{"now": "2020-01-01T00:00:00Z"}',
    b'{"now": "0001-01-01T00:00:00+23:59"}',
    b'{"now": "9999-12-31T23:59:59-23:59"}',
    b"[" * 100_000,
    b'{"advance": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
]


def told(client: FlaskClient) -> dict[str, Any]:
    return dict(client.get("/sandbox/clock").json or {})


def moment(client: FlaskClient) -> datetime:
    return datetime.fromisoformat(told(client)["now"])


def test_the_clock_starts_on_time(client: FlaskClient) -> None:
    answer = told(client)

    assert answer["offset"] == 0
    assert abs(datetime.fromisoformat(answer["now"]) - datetime.now(UTC)) < timedelta(seconds=5)


def test_advancing_moves_the_shop_and_runs_on_from_there(client: FlaskClient) -> None:
    before = moment(client)

    answer = client.post("/sandbox/clock", json={"advance": 3600})

    assert answer.status_code == 200
    assert answer.json == told(client)
    assert told(client)["offset"] == 3600
    assert timedelta(seconds=3600) <= moment(client) - before < timedelta(seconds=3605)


def test_moves_add_up(client: FlaskClient) -> None:
    for seconds in (0, 60, 600.0):
        assert client.post("/sandbox/clock", json={"advance": seconds}).status_code == 200

    assert told(client)["offset"] == 660


def test_a_year_is_the_most_at_once(client: FlaskClient) -> None:
    assert client.post("/sandbox/clock", json={"advance": 31_536_000}).status_code == 200


def test_the_clock_moves_to_a_moment(client: FlaskClient) -> None:
    moments = {
        "2040-06-01T12:00:00+09:00": "2040-06-01T12:00:00+09:00",
        "2041-06-01T12:00:00Z": "2041-06-01T21:00:00+09:00",
        "2042-06-01T12:00:00": "2042-06-01T12:00:00+09:00",  # without a zone: Japan's
        "2043-06-01": "2043-06-01T00:00:00+09:00",
    }
    for given, meant in moments.items():
        answer = client.post("/sandbox/clock", json={"now": given})

        assert answer.status_code == 200, given
        wanted = datetime.fromisoformat(meant)
        assert timedelta(0) <= moment(client) - wanted < timedelta(seconds=5)


def test_the_shown_moment_is_not_backwards(client: FlaskClient) -> None:
    client.post("/sandbox/clock", json={"now": "2040-06-01T12:00:00+09:00"})

    answer = client.post("/sandbox/clock", json={"now": told(client)["now"]})

    assert answer.status_code == 200


def test_a_move_to_a_moment_twice_moves_once(app: Flask) -> None:
    wanted = clock.now() + timedelta(hours=1)

    for _twice in range(2):
        time.move_to(max(wanted, clock.now()))

    assert clock.now() - wanted < timedelta(seconds=5)


def test_the_clock_never_goes_backwards(client: FlaskClient) -> None:
    client.post("/sandbox/clock", json={"advance": 600})

    answer = client.post("/sandbox/clock", json={"now": datetime.now(UTC).isoformat()})

    assert answer.status_code == 400
    assert told(client)["offset"] == 600


def test_bad_bodies_are_refused_in_words_and_move_nothing(client: FlaskClient) -> None:
    for body in BAD_BODIES:
        answer = client.post("/sandbox/clock", data=body, content_type="application/json")

        assert answer.status_code == 400, body[:60]
        assert (answer.json or {})["error"]

    assert told(client)["offset"] == 0


def test_only_json_is_read(client: FlaskClient) -> None:
    for kind in ("", "text/plain", "application/x-www-form-urlencoded", "text/json"):
        answer = client.post("/sandbox/clock", data=b'{"advance": 60}', content_type=kind)

        assert answer.status_code == 415, kind
        assert (answer.json or {})["error"]

    assert told(client)["offset"] == 0


def test_an_oversized_body_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.post("/sandbox/clock", data=b" " * 300_000, content_type="application/json")

    assert answer.status_code == 413
    assert (answer.json or {})["error"]


def test_the_clock_ends_where_dates_still_work(app: Flask) -> None:
    time.move_to(time.LAST)

    with pytest.raises(time.OutOfReach):
        time.advance(1)


def test_what_fell_due_is_done_before_the_answer(client: FlaskClient) -> None:
    order = an_order()
    due = clock.now() + timedelta(hours=1)
    with transaction():
        row = {"kind": "order-mail", "about": order.id, "dedupe_key": "order-mail:due"}
        db.session.add(OutboxRow(**row, due_at=due))

    client.post("/sandbox/clock", json={"advance": 3590})
    assert mailbox.mails() == []
    client.post("/sandbox/clock", json={"advance": 10})

    assert [mail.to for mail in mailbox.mails()] == ["taro@example.com"]


def test_moving_the_clock_kills_no_worker(client: FlaskClient) -> None:
    heartbeat.beat()

    client.post("/sandbox/clock", json={"advance": 86_400})

    time.forget()
    assert heartbeat.is_alive()


def test_moving_the_clock_brings_no_worker_to_life(client: FlaskClient) -> None:
    with transaction():
        db.session.add(Heartbeat(name=heartbeat.WORKER, at=clock.now() - heartbeat.LATE))

    client.post("/sandbox/clock", json={"advance": 86_400})

    time.forget()
    assert not heartbeat.is_alive()


def test_there_is_a_time_without_a_database(app: Flask) -> None:
    db.session.execute(db.text("DROP TABLE sandbox_clock"))
    db.session.commit()

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_button_of_the_panel_moves_the_clock(client: FlaskClient) -> None:
    token = field_value(client.get("/sandbox/").text, "csrf_token")

    answer = client.post("/sandbox/", data={"csrf_token": token, "press": "600"})

    assert answer.status_code == 303
    assert answer.location == "/sandbox/?done=600"
    assert told(client)["offset"] == 600


def test_the_panel_listens_only_to_its_own_buttons(client: FlaskClient) -> None:
    token = field_value(client.get("/sandbox/").text, "csrf_token")

    for data in ({"press": "600"}, {"press": "601", "csrf_token": token}, {"csrf_token": token}):
        answer = client.post("/sandbox/", data=data)

        assert answer.status_code == 422, data
        assert 'data-testid="error-summary"' in answer.text

    assert told(client)["offset"] == 0
