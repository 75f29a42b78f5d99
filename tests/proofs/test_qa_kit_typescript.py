"""The TypeScript client as a QA engineer meets it: packed, installed elsewhere, four workers."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.needs import missing
from tests.proofs.grounds import YAMATO
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop

ROOT = Path(__file__).parents[2]
CLIENT, EXAMPLE = ROOT / "clients/playwright", ROOT / "examples/playwright"
LEFT_OUT = shutil.ignore_patterns("node_modules", "dist", "*.tgz", "test-results")
COMMAND = f"{sys.executable} -m storefront"
BLOCK = re.compile(r"^```ts\n(.*?)^```", re.DOTALL | re.MULTILINE)
FLOWS, WORKERS = 6, times(2, 4)  # the small count has other proofs beside it
PROJECTS = ("mobile", "no-js", "desktop")
WHAT = f"six flows in TypeScript on a phone, a desk and without JavaScript, {WORKERS} workers"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the example alone, with the client from its package."""
    if not shutil.which("npm"):
        missing("install npm for the TypeScript client")
    client = shutil.copytree(CLIENT, tmp_path_factory.mktemp("client") / "c", ignore=LEFT_OUT)
    folder = shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("flows") / "f", ignore=LEFT_OUT)
    npm("ci", cwd=client)
    npm("pack", "--pack-destination", str(folder), cwd=client)
    npm("install", cwd=folder)
    return folder


def npm(*words: str, cwd: Path) -> None:
    quiet = ("--silent", "--no-audit", "--no-fund")
    done = subprocess.run(  # noqa: S603  # our own words
        ["npm", *words, *quiet],  # noqa: S607  # whichever npm the machine has
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def run(
    folder: Path, program: str, *words: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """One of the programs that the example installed."""
    return subprocess.run(  # noqa: S603  # our own words
        [folder / "node_modules/.bin" / program, *words],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def flows(
    folder: Path, projects: Sequence[str], repeats: int, **environment: str
) -> dict[str, int]:
    """How many runs ended as expected, unexpected and flaky."""
    words = ["flows.spec", f"--repeat-each={repeats}", f"--workers={WORKERS}", "--reporter=json"]
    words += [f"--project={one}" for one in projects]
    done = run(folder, "playwright", "test", *words, **environment)
    assert done.stdout.startswith("{"), done.stdout + done.stderr
    stats: dict[str, int] = json.loads(done.stdout)["stats"]
    assert stats["unexpected"] == 0, done.stdout[-20_000:]
    return stats


def test_the_example_passes_the_strictest_check_of_types(installed: Path) -> None:
    done = run(installed, "tsc", "--noEmit", "--project", ".")

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("verifier", [YAMATO], indirect=True, scope="session")
@pytest.mark.usefixtures("verifier", "database")
def test_flows_in_typescript_pass_on_a_shop_a_worker(installed: Path, figure: Report) -> None:
    projects, repeats = PROJECTS[: times(1, 3)], times(1, 17)

    stats = flows(installed, projects, repeats, STOREFRONT_COMMAND=COMMAND)

    assert stats["expected"] == repeats * FLOWS * len(projects)
    figure(f"{WHAT}, each worker with a shop of its own", told(stats))


@pytest.mark.parametrize("verifier", [YAMATO], indirect=True, scope="session")
def test_flows_in_typescript_pass_on_one_shop_for_all(
    installed: Path, shop: RunningShop, figure: Report
) -> None:
    projects, repeats = PROJECTS[times(1, 0) : times(2, 3)], times(1, 12)

    stats = flows(installed, projects, repeats, STOREFRONT_URL=shop.url)

    assert stats["expected"] == repeats * FLOWS * len(projects)
    figure(f"{WHAT}, all on one shop", told(stats))


@pytest.mark.parametrize("verifier", [YAMATO], indirect=True, scope="session")
def test_the_first_flow_of_the_documentation_passes(installed: Path, shop: RunningShop) -> None:
    config, flow = BLOCK.findall((ROOT / "docs/testing.md").read_text())[:2]
    folder = installed / "from-docs"
    folder.mkdir()
    (folder / "playwright.config.ts").write_text(config)
    (folder / "first.spec.ts").write_text(flow)

    done = run(installed, "playwright", "test", "--config", "from-docs", STOREFRONT_URL=shop.url)

    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


@pytest.mark.parametrize("verifier", [YAMATO], indirect=True, scope="session")
@pytest.mark.parametrize("project", PROJECTS)
def test_whoever_is_brought_into_a_state_goes_on(
    installed: Path, shop: RunningShop, project: str
) -> None:
    words = ["states.spec", f"--project={project}", "--workers=1"]

    done = run(installed, "playwright", "test", *words, STOREFRONT_URL=shop.url)

    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def told(stats: dict[str, int]) -> str:
    return f"{stats['expected']} runs, {stats['unexpected']} failures, {stats['flaky']} flaky"
