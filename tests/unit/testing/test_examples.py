"""What the documents and the examples show runs: on the wheel, as somebody installs it."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from storefront.testing.chromium import found
from tests.needs import missing
from tests.wheel import wheel

__all__ = ["wheel"]

SIX = 6  # flows of the example
ROOT = Path(__file__).parents[3]
TESTING = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
IN_PYTHON = re.sub(r"^```ts\n.*?^```$", "", TESTING, flags=re.DOTALL | re.MULTILINE)
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TESTING, re.MULTILINE | re.DOTALL)
PYTHON = [text for kind, text in BLOCKS if kind == "python"]
TESTS = [text for text in PYTHON if "def test_" in text]
EACH = 1 + sum(text.count("def test_") for text in TESTS)
WHERE = """
import storefront

def test_the_shop_is_the_one_of_the_wheel():
    assert storefront.__file__.startswith({!r})
"""


@pytest.fixture
def project(wheel: Path, tmp_path: Path) -> Path:
    """The example, what docs/testing.md shows, and a look at where the shop lies."""
    folder = shutil.copytree(ROOT / "examples" / "pytest", tmp_path / "project")
    (folder / "test_documented.py").write_text("\n".join(TESTS), encoding="utf-8")
    (folder / "test_where.py").write_text(WHERE.format(str(wheel)))
    return folder


def test_the_installed_wheel_runs_the_example_and_the_documents_flow(
    wheel: Path, project: Path
) -> None:
    """By the plug-in's entry point alone: nothing is configured."""
    if not found():
        missing("Chromium is missing")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(wheel)},
        capture_output=True,
        check=False,
        text=True,
    )

    assert f"{SIX + EACH} passed" in done.stdout, done.stdout + done.stderr


def test_the_document_begins_with_a_whole_flow() -> None:
    assert "test_somebody_buys_a_tea_cup" in PYTHON[0]


def test_each_piece_of_python_is_python() -> None:
    for text in PYTHON:
        ast.parse(text)


def test_the_workflow_runs_what_is_there() -> None:
    [workflow] = [yaml.safe_load(text) for kind, text in BLOCKS if kind == "yaml"]

    steps = workflow["jobs"]["flows"]["steps"]
    [tests] = [one["run"] for one in steps if one.get("run", "").startswith("pytest")]
    assert (ROOT / tests.split()[-1]).is_dir()
    assert all(("uses" in one) != ("run" in one) for one in steps)


def test_each_verb_that_the_document_names_is_there() -> None:
    from storefront.testing import OwnerPage, Sandbox, Shop, Shopper
    from storefront.testing.numbers import Phone

    whose = {
        "shopper": Shopper,
        "owner": OwnerPage,
        "sandbox": Sandbox,
        "shop": Shop,
        "phone": Phone,
        "Shop": Shop,
    }
    named = re.findall(r"\b(shopper|owner|sandbox|shop|phone|Shop)\.([a-z]\w*)\(", IN_PYTHON)

    assert len(named) > 10
    assert [one for one in named if not hasattr(whose[one[0]], one[1])] == []


def test_each_verb_of_the_table_is_there_in_both_languages() -> None:
    written = {
        "Python": (ROOT / "storefront/testing/shopper.py").read_text(),
        "TypeScript": (ROOT / "clients/playwright/src/shopper.ts").read_text(),
    }
    table = TESTING.partition("| where | Python | TypeScript |")[2].partition("\n\n")[0]
    rows = [line.split("|")[2:4] for line in table.splitlines() if line.startswith("| ")]

    for language, cells in zip(written, zip(*rows, strict=True), strict=True):
        named = [verb for cell in cells for verb in re.findall(r"`(\w+)", cell)]
        assert len(named) > 25
        assert [verb for verb in named if not re.search(rf"\b{verb}\b", written[language])] == []
