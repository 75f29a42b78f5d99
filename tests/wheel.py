"""The shop as it is installed: a wheel built of this tree, unpacked where no tree is."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NEEDED = ("pyproject.toml", "README.md", "LICENSE")
BUILD = [
    *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
    *("--no-deps", "--no-build-isolation", "--wheel-dir", "wheels", "."),
]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a wheel's packages lie in; built of a copy, as building leaves things."""
    copy = tmp_path_factory.mktemp("tree")
    rubbish = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "storefront", copy / "storefront", ignore=rubbish)
    for name in NEEDED:
        shutil.copy(ROOT / name, copy)
    subprocess.run(BUILD, cwd=copy, check=True, capture_output=True)  # noqa: S603  # our own words
    [built] = (copy / "wheels").glob("*.whl")
    unpacked = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(built).extractall(unpacked)  # what was built just now
    return unpacked


def environment(wheel: Path, instance: Path, **settings: str) -> dict[str, str]:
    """Of a process that finds the wheel's shop and, behind it, the tests."""
    paths = os.pathsep.join([str(wheel), str(ROOT)])
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": paths,
        "STOREFRONT_INSTANCE": str(instance),
        **settings,
    }
