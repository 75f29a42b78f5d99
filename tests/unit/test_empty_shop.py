"""What production begins with, from an installed wheel: an empty, closed shop that answers."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.ports import free_port
from tests.unit.config.test_settings import GOOD_PRODUCTION
from tests.wheel import ROOT, environment
from tests.wheel import wheel as wheel

TELLS_THE_TRUTH = "/readyz"  # 503: no worker runs here
PATIENCE = 120  # seconds for a process that asks for every page, or that begins to serve
BEHIND_A_PROXY = {"Host": "shop.example.jp", "X-Forwarded-Proto": "https"}


@pytest.fixture(scope="module")
def begun(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a fresh process made of an empty folder, and saw in it."""
    folder = tmp_path_factory.mktemp("begun")
    ended = subprocess.run(
        [sys.executable, "-m", "tests.unit.begun_shop"],
        cwd=folder,
        env=environment(wheel, folder / "instance", **GOOD_PRODUCTION),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    assert found["file"].startswith(str(wheel))
    return found


def test_the_wheel_holds_every_file_of_the_shop(wheel: Path) -> None:
    def files(root: Path) -> set[str]:
        found = (one for one in (root / "storefront").rglob("*") if one.is_file())
        return {str(one.relative_to(root)) for one in found if "__pycache__" not in one.parts}

    assert files(ROOT) - files(wheel) == set()


def test_no_page_of_an_empty_shop_fails(begun: dict[str, Any]) -> None:
    statuses = begun["statuses"]

    failed = {one: status for one, status in statuses.items() if status >= 500}
    assert set(failed) <= {f"stranger {TELLS_THE_TRUTH}", f"owner {TELLS_THE_TRUTH}"}
    assert statuses["owner /admin/"] == 200
    assert statuses["stranger /legal/tokushoho"] == 200
    assert statuses["owner /admin/settings/payment-methods/new?type=cod"] == 200


@pytest.mark.parametrize("address", ["/", "/search", "/products/tea"])
def test_shoppers_see_no_more_than_that_it_is_being_prepared(
    begun: dict[str, Any], address: str
) -> None:
    assert begun["statuses"][f"stranger {address}"] == 200
    assert "準備中" in begun["texts"][address]
    assert '<meta name="robots" content="noindex">' in begun["texts"][address]


def test_commands_work_in_a_folder_that_was_empty(begun: dict[str, Any]) -> None:
    assert begun["init"].startswith("Laid down an empty, closed shop.")
    done = {name for name, code in begun["codes"].items() if code == 0}
    assert done == {"admin", "routes", "init", "fees --month 2026-10"}


def test_production_loads_no_module_that_is_for_tests(begun: dict[str, Any]) -> None:
    test_only = (
        "storefront.sandbox",
        "storefront.gallery",
        "storefront.design",
        "storefront.testing",
    )

    assert "storefront.worker.periodic_tasks" in begun["loaded"]
    assert [name for name in begun["loaded"] if name.startswith(test_only)] == []


@pytest.fixture
def served(wheel: Path, tmp_path: Path) -> Iterator[str]:
    """The address of `storefront serve` in an empty folder."""
    port = str(free_port())
    serving = subprocess.Popen(
        [sys.executable, "-m", "storefront", "serve"],
        cwd=tmp_path,
        env=environment(wheel, tmp_path / "instance", PORT=port, **GOOD_PRODUCTION),
    )
    yield f"http://127.0.0.1:{port}"
    serving.send_signal(signal.SIGTERM)
    serving.wait(PATIENCE)


def answer(address: str) -> requests.Response:
    """As soon as somebody answers there."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return requests.get(address, headers=BEHIND_A_PROXY, timeout=PATIENCE)
        except requests.ConnectionError:
            assert time.monotonic() < end
            time.sleep(0.1)


def test_a_fresh_machine_serves_it(served: str) -> None:
    home = answer(f"{served}/")

    assert home.status_code == 200
    assert "ただいま準備中です" in home.text
    assert answer(f"{served}/admin/login").status_code == 200
