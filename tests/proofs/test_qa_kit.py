"""Six flows of a QA engineer, over and over, four workers at once: none fails.

They are those of `examples/pytest`, run as anybody runs them: by pytest, with the plug-in.
"""

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from storefront.testing import Shop
from tests.proofs.grounds import on_both_verifiers
from tests.proofs.plugin import OWN, Report
from tests.proofs.scale import times

ROOT = Path(__file__).parents[2]
FLOWS = ROOT / "examples" / "pytest"
WORKERS = 4
# without Yamato nobody pays after delivery
OWN_CODES = ("--storefront-own-codes", "-k", "not after_delivery")
AGAIN = """
import pytest

@pytest.fixture(autouse=True, params=range({}))
def nth(request):
    return request.param
"""


@on_both_verifiers
def test_qa_kit_a_shop_a_worker(verifier: str, tmp_path: Path, figure: Report) -> None:
    flows, options = (5, OWN_CODES) if verifier == OWN else (6, ())
    rounds = times(1, 1_020 // flows)

    failed, run = outcomes(tmp_path, rounds, *options)

    assert run == flows * rounds
    figure("flows of `examples/pytest`, 4 workers, each on a shop of its own", told(failed, run))
    assert failed == []


def test_qa_kit_one_shop_for_all(tmp_path: Path, figure: Report) -> None:
    with Shop.started(log=tmp_path / "shop.log") as shop:
        failed, run = outcomes(tmp_path, times(1, 34), "--storefront-url", shop.url)

    assert run == 6 * times(1, 34)
    figure("flows of `examples/pytest`, 4 workers on one shop", told(failed, run))
    assert failed == []


def told(failed: list[str], run: int) -> str:
    return f"{run:,} runs, {len(failed)} failures"


def outcomes(folder: Path, rounds: int, *options: str) -> tuple[list[str], int]:
    """Which runs failed, each with its first lines, and how many there were."""
    project = shutil.copytree(FLOWS, folder / "project")
    (project / "conftest.py").write_text(AGAIN.format(rounds))
    found = folder / "found.xml"
    done = subprocess.run(  # noqa: S603  # our own words
        [
            *(sys.executable, "-m", "pytest", "-p", "storefront.testing.plugin"),
            *("-p", "no:cacheprovider", "-n", str(WORKERS), f"--junitxml={found}"),
            *options,
        ],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert found.exists(), done.stdout + done.stderr
    cases = list(ET.parse(found).iter("testcase"))  # noqa: S314  # what pytest wrote just now
    return [_said(case) for case in cases if len(case)], len(cases)


def _said(case: ET.Element) -> str:
    return f"{case.get('name')}: {case[0].get('message', '')[:300]}"
