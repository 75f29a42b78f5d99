"""`storefront test-shop`: one process, as new, and gone without a trace."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from storefront.testing import Shop
from storefront.testing.sandbox import Refused
from storefront.testing.shop import NotStarted

WITHIN = 60.0  # seconds, on a machine where much else is at work
COMMAND = (sys.executable, "-m", "storefront", "test-shop")

Process = subprocess.Popen[str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where these shops lie; no other test's."""
    return tmp_path_factory.mktemp("place")


def launch(place: Path, *options: str, **settings: str) -> Process:
    return subprocess.Popen(  # noqa: S603  # our own words
        [*COMMAND, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(place), **settings},
    )


@contextmanager
def serving(place: Path, **settings: str) -> Iterator[tuple[Process, dict[str, object]]]:
    with launch(place, "--json", **settings) as process:
        try:
            yield process, the_line(process)
        finally:
            process.kill()


def the_line(process: Process) -> dict[str, object]:
    assert process.stdout
    told: dict[str, object] = json.loads(process.stdout.readline())
    return told


def folders(place: Path) -> list[Path]:
    return list(place.glob("*/shop-*"))


def close_stdin(process: Process) -> None:
    assert process.stdin
    process.stdin.close()


REAL = {  # of another shop
    "STOREFRONT_ENV": "production",
    "DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/none",
    "LIMITS": "real",
    "PORT": "none",
}


def test_one_line_says_where_the_shop_is_whatever_the_environment_has(place: Path) -> None:
    with serving(place, **REAL) as (process, told):
        assert told.keys() == {"url", "pid"}
        assert told["pid"] == process.pid
        ready = requests.get(f"{told['url']}/readyz", timeout=WITHIN)
        assert ready.json()["checks"] == {"database": "ok", "worker": "ok", "providers": "ok"}
        assert requests.get(f"{told['url']}/sandbox/clock", timeout=WITHIN).ok


@pytest.mark.parametrize("end", [close_stdin, Process.terminate], ids=["stdin", "SIGTERM"])
def test_it_ends_when_told_and_leaves_nothing(
    place: Path, end: Callable[[Process], object]
) -> None:
    with serving(place) as (process, _told):
        assert len(folders(place)) == 1

        end(process)

        assert process.wait(WITHIN) == 0
        assert folders(place) == []
        assert process.stdout
        assert process.stdout.read() == ""


def test_what_a_killed_one_left_is_removed_by_the_next(place: Path) -> None:
    with serving(place) as (killed, _told):
        killed.kill()
        killed.wait(WITHIN)
    [left] = folders(place)

    with serving(place) as (process, _told):
        assert left not in folders(place)
        process.send_signal(signal.SIGINT)
        assert process.wait(WITHIN) == 0
    assert folders(place) == []


def test_two_that_start_at_once_share_one_template_and_nothing_else(tmp_path: Path) -> None:
    with launch(tmp_path, "--json") as one, launch(tmp_path, "--json") as other:
        try:
            urls = {the_line(process)["url"] for process in (one, other)}

            assert len(urls) == 2
            assert len(folders(tmp_path)) == 2
            assert len(list(tmp_path.glob("*/template-*"))) == 1
        finally:
            one.kill()
            other.kill()


def test_help_needs_no_setting(place: Path) -> None:
    said = launch(place, "--help", STOREFRONT_ENV="production")

    words, _error = said.communicate(timeout=WITHIN)

    assert said.returncode == 0
    assert "--own-codes" in words


def test_a_taken_port_is_told(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = launch(place, "--port", str(taken.getsockname()[1]))
        words, said = process.communicate(timeout=WITHIN)

    assert process.returncode == 1
    assert words == ""
    assert "in use" in said
    assert "Traceback" not in said


def test_somebody_without_a_browser_buys_by_the_shops_own_code() -> None:
    with Shop.started(own_codes=True) as own:
        assert bought(own)
        assert "yamato_request" not in own.logged()


def test_somebody_without_a_browser_buys_by_yamatos_code(shop: Shop) -> None:
    before = shop.log_size

    assert bought(shop)
    assert "yamato_request" in shop.logged(before)


def bought(shop: Shop) -> bool:
    shopper = shop.form_shopper(lang="en")
    shopper.to_sms("080-0234-5678").guess(shop.sandbox.code("08002345678"))
    return shopper.last.status_code == 303 and shopper.last.location.endswith("/complete")


def test_a_shop_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"

    with pytest.raises(NotStarted, match="no test shop answers"):
        Shop.at(url)


def test_what_the_sandbox_refuses_is_told_in_its_words(shop: Shop) -> None:
    with pytest.raises(Refused, match=r"POST /sandbox/clock: 400 .*seconds from 0 to a year"):
        shop.sandbox.advance(-1)


def test_time_passes_while_it_is_served(shop: Shop) -> None:
    before = shop.sandbox.now()
    shop.sandbox.advance(60)

    assert shop.sandbox.now() > before
