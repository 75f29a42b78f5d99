"""pytest's plug-in, in runs of its own: what it gives, keeps and leaves alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from storefront.testing import Shop
from storefront.testing.chromium import found
from tests.needs import missing

ROOT = Path(__file__).parents[3]
PYTEST = (sys.executable, "-m", "pytest", "-p", "storefront.testing.plugin", "-q", "-rs")
QUIET = ("-p", "no:cacheprovider")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty folder, in which nothing of this repository is configured."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def run(project: Path, tests: str, *options: str) -> subprocess.CompletedProcess[str]:
    (project / "test_of_others.py").write_text(tests)
    return subprocess.run(  # noqa: S603  # our own words
        [*PYTEST, *QUIET, *options],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
    )


def test_a_run_that_uses_none_of_it_is_left_alone(project: Path) -> None:
    tests = """
import sys

def test_nothing_is_loaded():
    assert not {"flask", "sqlalchemy", "storefront.testing.shop"} & set(sys.modules)
"""
    done = run(project, tests, "-W", "error")

    assert done.returncode == 0, done.stdout
    assert not (project / "test-results").exists()


def test_each_test_has_a_number_of_its_own(project: Path) -> None:
    tests = """
import pytest

seen = set()

@pytest.mark.parametrize("nth", range(3))
def test_fresh(phone, nth):
    assert phone not in seen
    seen.add(phone)
"""
    done = run(project, tests)

    assert done.returncode == 0, done.stdout


def test_a_shop_that_runs_is_used_and_its_log_kept_where_a_test_fails(project: Path) -> None:
    tests = """
def test_fails(shop, form_shopper):
    assert form_shopper.get("/cart").status_code == 404

def test_passes(shop, form_shopper):
    assert form_shopper.get("/cart").status_code == 200
"""
    done = run(project, tests)

    assert "1 failed, 1 passed" in done.stdout, done.stdout
    [kept] = (project / "test-results").iterdir()
    assert "test_fails" in kept.name
    log = (kept / "shop.log").read_text()
    assert log.count('"endpoint": "cart.show"') == 1
    assert f"kept in {kept}" in done.stdout


FLOW = """
def test_fails(shopper):
    assert shopper.open("/help").heading.inner_text() == "?"

def test_passes(shopper):
    assert shopper.open("/help").heading.inner_text() != "?"
"""


def test_a_failed_flow_leaves_a_trace_and_a_picture(project: Path) -> None:
    if not found():
        missing("Chromium is missing")
    done = run(project, FLOW)

    assert "1 failed, 1 passed" in done.stdout, done.stdout
    [kept] = (project / "test-results").iterdir()
    names = {one.name for one in kept.iterdir()}
    assert names == {"trace-1.zip", "screenshot-1-1.png", "shop.log"}


STANDING = """
def test_stands_there(in_state):
    shopper = in_state("sms-expired")
    assert shopper.main.get_attribute("data-state") == "expired"
"""


def test_one_call_leads_into_a_state(project: Path, shop: Shop) -> None:
    if not found():
        missing("Chromium is missing")
    done = run(project, STANDING, "--storefront-url", shop.url)

    assert "1 passed" in done.stdout, done.stdout


def test_nothing_is_kept_where_that_is_asked_for(project: Path, shop: Shop) -> None:
    tests = """
def test_fails(form_shopper):
    assert form_shopper.get("/cart").status_code == 404
"""
    done = run(project, tests, "--storefront-url", shop.url, "--storefront-keep", "nothing")

    assert "1 failed" in done.stdout
    assert not (project / "test-results").exists()


def test_a_shop_of_several_workers_is_not_made_new(project: Path, shop: Shop) -> None:
    tests = """
def test_as_new(as_new):
    pass
"""
    done = run(project, tests, "--storefront-url", f"{shop.url}/", "-n", "2")

    assert "1 skipped" in done.stdout, done.stdout
    assert "leave out --storefront-url" in done.stdout


def test_an_address_where_no_shop_is_stops_the_test(project: Path) -> None:
    done = run(project, "def test_it(sandbox): pass", "--storefront-url", "http://127.0.0.1:1")

    assert "no test shop answers at http://127.0.0.1:1" in done.stdout


def test_the_outside_world_is_as_new(as_new: None, shop: Shop) -> None:
    assert shop.sandbox.texts("") == []
