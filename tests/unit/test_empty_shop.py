"""What production begins with: an empty, closed shop, of which every page answers."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.test_config import GOOD_PRODUCTION

ROOT = Path(__file__).parents[2]
TELLS_THE_TRUTH = "/readyz"  # 503: no worker runs here
PATIENCE = 120  # seconds for a process that asks for every page


def production(folder: Path) -> dict[str, str]:
    """The whole environment of a production shop whose data is in this folder."""
    return {"PATH": os.environ["PATH"], "STOREFRONT_INSTANCE": str(folder), **GOOD_PRODUCTION}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a fresh process made of an empty folder, and saw in it."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.unit.begun_shop"],
        cwd=ROOT,
        env=production(tmp_path_factory.mktemp("begun") / "instance"),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


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


def test_production_loads_no_module_of_sandbox_or_gallery(begun: dict[str, Any]) -> None:
    test_only = ("storefront.sandbox", "storefront.gallery")

    assert "storefront.outbox.worker" in begun["loaded"]
    assert [name for name in begun["loaded"] if name.startswith(test_only)] == []
