"""The shop as it is installed: a wheel built of this tree, unpacked where no tree is."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.once import once_a_run

ROOT = Path(__file__).parents[1]
NEEDED = ("pyproject.toml", "README.md", "LICENSE")
BUILD = [
    *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
    *("--no-deps", "--no-build-isolation", "--wheel-dir", "wheels", "."),
]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a wheel's packages lie in; built once a run."""
    return once_a_run(tmp_path_factory, "wheel", build) / "installed"


def build(folder: Path) -> None:
    """Build the wheel of a copy, as building leaves things, and unpack it beside that."""
    copy = folder / "tree"
    rubbish = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "storefront", copy / "storefront", ignore=rubbish)
    for name in NEEDED:
        shutil.copy(ROOT / name, copy)
    subprocess.run(BUILD, cwd=copy, check=True, capture_output=True)  # noqa: S603  # our own words
    [built] = (copy / "wheels").glob("*.whl")
    zipfile.ZipFile(built).extractall(folder / "installed")  # what was built just now


def environment(wheel: Path, instance: Path, **settings: str) -> dict[str, str]:
    """Of a process that finds the wheel's shop and, behind it, the tests."""
    paths = os.pathsep.join([str(wheel), str(ROOT)])
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": paths,
        "STOREFRONT_INSTANCE": str(instance),
        **settings,
    }
