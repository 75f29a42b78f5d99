"""What the log says: one grammar of events, one meaning a field, and the id of a request."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog
from flask import Flask
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from storefront.core import request_ids
from storefront.core.extensions import db, transaction
from storefront.outbox import outbox
from storefront.outbox.models import OutboxRow
from storefront.ports.mail import MailUnavailable
from storefront.testing.form_shopper import FormShopper
from storefront.worker import periodic_tasks
from tests.factories import an_order
from tests.unit.verification.stand_ins import use

ROOT = Path(__file__).parents[3]
MODULES = sorted((ROOT / "storefront").rglob("*.py"))
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}


# The grammar

IRREGULAR = ("lost", "read", "rung", "kept", "taken", "written", "sent", "told", "begun")
EVENT = re.compile(rf"([a-z]+_)+[a-z]*(ed|{'|'.join(IRREGULAR)})")  # nouns, then what befell them


def _calls(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in LEVELS and ast.unparse(node.func.value) in {"log", "logger"}:
            yield node


def _event(call: ast.Call) -> str:
    """Empty where it is not one word that stands in the call."""
    match call.args:
        case [ast.Constant(value=str(event))]:
            return event
    return ""


LOGS = re.compile(r"\blog(ger)?\.")
CALLS = [
    (path.relative_to(ROOT).as_posix(), call)
    for path in MODULES
    if LOGS.search(source := path.read_text(encoding="utf-8"))
    for call in _calls(source)
]
EVENTS = {_event(call) for _, call in CALLS}


def test_every_event_is_nouns_and_what_befell_them() -> None:
    odd = [(where, ast.unparse(call)) for where, call in CALLS if not EVENT.fullmatch(_event(call))]

    assert len(CALLS) > 30
    assert odd == []


def test_an_event_in_a_sentence_would_be_found() -> None:
    [call] = _calls('log.warning("SMS sender is left alone", provider=name)')

    assert not EVENT.fullmatch(_event(call))


def test_an_event_that_is_put_together_would_be_found() -> None:
    [call] = _calls('log.error(f"{thing}_failed")')

    assert not EVENT.fullmatch(_event(call))


def test_no_module_logs_under_another_name() -> None:
    names = {
        ast.unparse(node.targets[0])
        for path in MODULES
        if "get_logger" in (source := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign) and "get_logger" in ast.unparse(node.value)
    }

    assert names == {"log"}


# The fields

TRACED = {"error", "where"}  # what core/tracebacks.py tells
EVERY_LINE = {"at", "level", "event", "request_id"}
PASSED_ON = {"**cause": {"error", "provider_code"}, "**traced(error)": TRACED}


def _fields() -> set[str]:
    found: set[str] = set()
    for _, call in CALLS:
        for keyword in call.keywords:
            more = f"**{ast.unparse(keyword.value)}"
            found |= {keyword.arg} if keyword.arg else PASSED_ON[more]
    return found


def test_every_field_has_the_one_meaning_that_operating_says() -> None:
    section = OPERATING.partition("## The log")[2].partition("\n## ")[0]

    told = re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)))

    assert sorted(told) == sorted(_fields() | EVERY_LINE)


def test_every_event_that_the_docs_name_exists() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")]
    named = {one for text in texts for one in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", text)}

    told = {one for one in named if EVENT.fullmatch(one)} - NO_EVENTS

    assert told - EVENTS == set()


NO_EVENTS = {"owed_back", "is_closed"}  # words of tables and code


# The id of a request

VIEW = "operations.healthz"


@pytest.fixture
def lines(app: Flask) -> Iterator[list[structlog.typing.EventDict]]:
    with capture_logs(processors=[merge_contextvars]) as logged:
        yield logged


def log_and_answer() -> str:
    structlog.get_logger().info("test_line_written")
    return request_ids.current() or ""


def fail() -> str:
    raise RuntimeError


@contextmanager
def answering(app: Flask, view: Callable[[], str]) -> Iterator[None]:
    """The address of one page is answered by another view meanwhile: apps are used again."""
    own = app.view_functions[VIEW]
    app.view_functions[VIEW] = view
    try:
        yield
    finally:
        app.view_functions[VIEW] = own


@pytest.fixture
def ask(app: Flask) -> Iterator[Callable[..., str]]:
    """Asks an address that logs a line and answers with the id of its request."""
    with answering(app, log_and_answer):
        yield lambda **headers: app.test_client().get("/healthz", headers=headers).text


def test_each_request_has_an_id_of_its_own(ask: Callable[..., str]) -> None:
    ids = {ask() for _ in range(3)}

    assert len(ids) == 3
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in ids)


def test_every_line_of_a_request_has_its_id(
    ask: Callable[..., str], lines: list[structlog.typing.EventDict]
) -> None:
    first, second = ask(), ask()

    assert [line["request_id"] for line in lines] == [first, second]


def test_the_id_ends_with_its_request(ask: Callable[..., str]) -> None:
    ask()

    assert request_ids.current() is None


def test_a_fault_has_the_id_too(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    with answering(app, fail):
        assert app.test_client().get("/healthz").status_code == 500

    [line] = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert line["event"] == "request_failed"
    assert re.fullmatch("[0-9a-f]{16}", line["request_id"])


FORGED = "abcdefgh-12345678"


def test_what_a_stranger_calls_a_request_is_not_believed(ask: Callable[..., str]) -> None:
    assert ask(**{"X-Request-ID": FORGED}) != FORGED


def behind_a_proxy(app: Flask) -> None:
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"trusted_proxies": 1})


def test_a_proxy_of_ours_names_the_request(app: Flask, ask: Callable[..., str]) -> None:
    behind_a_proxy(app)

    assert ask(**{"X-Request-ID": FORGED}) == FORGED


@pytest.mark.parametrize(
    "odd", ["", "short", "x" * 65, 'id"}forged', "id with blank", "山田太郎山田太郎"]
)
def test_what_a_proxy_passes_on_is_bounded(app: Flask, ask: Callable[..., str], odd: str) -> None:
    behind_a_proxy(app)

    assert re.fullmatch("[0-9a-f]{16}", ask(**{"X-Request-ID": odd.encode().decode("latin-1")}))


# What follows from a request


class Silent:
    def send(self, message: object) -> None:
        raise MailUnavailable


def the_row() -> OutboxRow:
    return db.session.scalars(sa.select(OutboxRow).execution_options(populate_existing=True)).one()


def follow_up(order_id: int) -> None:
    with transaction():
        outbox.add("order-mail", order_id)


def test_a_row_of_the_outbox_keeps_the_id_of_its_request(app: Flask) -> None:
    with request_ids.bound("0123456789abcdef"):
        follow_up(an_order().id)

    assert the_row().request_id == "0123456789abcdef"


def test_a_row_that_no_request_has_caused_has_none(app: Flask) -> None:
    follow_up(an_order().id)

    assert the_row().request_id is None


def test_the_worker_logs_under_the_id_of_the_request_that_it_follows_up(
    app: Flask, lines: list[structlog.typing.EventDict]
) -> None:
    use(app, mail=Silent())
    with request_ids.bound("0123456789abcdef"):
        follow_up(an_order().id)

    periodic_tasks.run_due()

    told = [(line["event"], line["request_id"]) for line in lines]
    assert told == [("outbox_postponed", "0123456789abcdef")]
    assert request_ids.current() is None


def test_an_order_is_followed_up_under_the_id_of_the_press_that_placed_it(app: Flask) -> None:
    shopper = FormShopper(app.test_client())

    shopper.put_in().answer("cod").press_confirm()

    assert re.fullmatch("[0-9a-f]{16}", str(the_row().request_id))
