"""What a request sends along is read to its end, or the line is said to be closed."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "path", ["/nowhere", "/checkout", "/admin/", "/static/none.css", "/products/yunomi"]
)
def test_whoever_answers_the_body_is_read(client: FlaskClient, path: str) -> None:
    body = BytesIO(b"x" * 200_000)

    answer = client.post(path, input_stream=body, content_length=200_000, content_type=FORM)

    assert body.tell() == 200_000
    assert "Connection" not in answer.headers


def test_too_much_to_read_for_nothing_closes_the_line_aloud(client: FlaskClient) -> None:
    body = BytesIO(b"x" * 2_000_000)

    answer = client.post("/checkout", input_stream=body, content_length=2_000_000)

    assert answer.headers["Connection"] == "close"
    assert body.tell() < 2_000_000


def test_what_comes_in_pieces_is_read_to_its_end(client: FlaskClient) -> None:
    pieces = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    short, long = BytesIO(b"x" * 300_000), BytesIO(b"x" * 2_000_000)

    answers = [
        client.post("/nowhere", input_stream=body, environ_overrides=pieces)
        for body in (short, long)
    ]

    assert short.tell() == 300_000
    assert [answer.headers.get("Connection") for answer in answers] == [None, "close"]
