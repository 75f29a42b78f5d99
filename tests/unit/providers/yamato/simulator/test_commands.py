"""storefront kuroneko-simulator, run as a process."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from storefront import create_app
from storefront.cli import group
from storefront.core import clock
from storefront.sandbox.phone import phone
from tests.app_pool import close, own_folder, settings
from tests.ports import free_port
from tests.unit.providers.yamato.simulator.merchant import Merchant, error_of
from tests.unit.sandbox.test_sandbox_is_not_in_production import production

COMMAND = [sys.executable, "-m", "storefront", "kuroneko-simulator"]
CODE = "12345678901"
PASSWORD = "yamato01"


@dataclass
class Running:
    process: subprocess.Popen[str]
    port: int

    def reads(self, lines: int) -> list[str]:
        assert self.process.stdout
        return [self.process.stdout.readline().rstrip("\n") for _ in range(lines)]


def environment(folder: Path) -> dict[str, str]:
    """Those of a test shop."""
    own = {"STOREFRONT_ENV": "test", "STOREFRONT_INSTANCE": str(folder), "NO_PROXY": "*"}
    return {**os.environ, **own}


@contextmanager
def started(folder: Path, *words: str, env: dict[str, str] | None = None) -> Iterator[Running]:
    port = free_port()
    process = subprocess.Popen(  # noqa: S603  # a command of ours
        [*COMMAND, "--port", str(port), *words],
        env=env or environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield Running(process, port)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def folder(seeded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seeded, tmp_path / "instance"))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_any_client_may_speak_to_it_until_it_is_stopped(folder: Path, how: signal.Signals) -> None:
    with started(folder) as simulator:
        address = f"http://127.0.0.1:{simulator.port}/kuroneko-atobarai-api/"
        assert simulator.reads(3) == [
            f"Address   {address}",
            f"Merchant  {CODE}",
            f"Password  {PASSWORD}",
        ]
        answer = Merchant(address).status(password=PASSWORD)
        assert error_of(answer) == "kaast008E"
        simulator.process.send_signal(how)
        rest, _ = simulator.process.communicate(timeout=20)

    assert (simulator.process.returncode, rest) == (0, "Stopped.\n")


def test_its_texts_are_printed_and_on_the_sandbox_phone(folder: Path) -> None:
    with started(folder, "--merchant", "10987654321", "--password", "abcd1234") as simulator:
        address, *known = simulator.reads(3)
        app = create_app(settings(folder))
        with app.app_context():
            try:
                _order(address.split()[1])
                [(to, words)] = [(one.to, one.text) for one in phone.messages()]
            finally:
                close(app)
        printed = "\n".join(simulator.reads(2))

    assert known == ["Merchant  10987654321", "Password  abcd1234"]
    assert to == "09000000000"
    assert printed == f"SMS 09000000000: {words}"


def _order(address: str) -> None:
    today = f"{clock.today():%Y%m%d}"
    days = {"orderYmd": today, "shipYmd": today, "ycfStrCode": "10987654321"}
    assert Merchant(address).order(**days, telNum="09000000000")["result"] == "3"


def test_a_port_that_is_taken_is_said_and_ends_it(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(  # noqa: S603  # a command of ours
            [*COMMAND, "--port", port],
            env=environment(folder),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert ended.returncode == 1
    assert f"Error: --port {port}: choose another." in ended.stderr
    assert ended.stdout == ""


@pytest.fixture(scope="module")
def real_shop(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A shop in production, whose command goes as far as its options."""
    app = create_app(production(own_folder(seeded, tmp_path_factory.mktemp("real"))))
    yield app
    close(app)


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(group, ["kuroneko-simulator", *words])


def test_production_has_no_simulator(real_shop: Flask) -> None:
    ended = run(real_shop)

    assert ended.exit_code == 1
    assert "production has a real Yamato" in ended.output


@pytest.mark.parametrize(
    ("option", "given"),
    [
        ("--port", "0"),
        ("--port", "65536"),
        ("--port", "x"),
        ("--merchant", "123"),
        ("--merchant", "١٢٣٤٥٦٧٨٩٠١"),
        ("--password", "short"),
        ("--password", "yamato-1"),
    ],
)
def test_an_option_that_cannot_be_is_refused(real_shop: Flask, option: str, given: str) -> None:
    ended = run(real_shop, option, given)

    assert ended.exit_code == 2
    assert option in ended.output


def test_help_says_how_to_speak_to_it(real_shop: Flask) -> None:
    shown = run(real_shop, "--help")

    assert shown.exit_code == 0
    for word in ("--port", "--merchant", "--password", "KURONEKO_BASE_URL", "12345678901", "8021"):
        assert word in shown.output


def test_it_runs_without_any_setting_and_leaves_nothing(tmp_path: Path) -> None:
    own = {"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    with started(tmp_path, env=own) as running:
        address, *_others = running.reads(3)
        assert str(running.port) in address
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(30) == 0

    assert list(tmp_path.iterdir()) == []
