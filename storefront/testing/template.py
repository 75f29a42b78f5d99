"""The seeded shop that each test shop is a copy of: made once for the code that makes it.

All of it lies in one folder of the user's own: templates, and a folder for each shop that runs,
which is locked as long as its process lives. What a killed process left is removed by the next.
"""

import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from storefront import create_app
from storefront.core import private_files
from storefront.gallery import own_shop

SHOP = Path(__file__).parents[1]
STATIC, COMPILED = "static", "compiled"
LOCK = "lock"
UNUSED = 7 * 86_400.0  # seconds after which a template nobody copied is removed


@contextmanager
def copied() -> Iterator[Path]:
    """The folder of a shop as new, which is gone afterwards."""
    place = _place()
    with _locked(place / LOCK):
        template = _template(place)
        _sweep(place, template.stat().st_mtime)
        folder = Path(tempfile.mkdtemp(prefix="shop-", dir=place))
        lock = _lock(folder / LOCK)
    try:
        shutil.copyfile(template / own_shop.DATABASE, folder / own_shop.DATABASE)
        (folder / STATIC).symlink_to(template / STATIC)
        (folder / COMPILED).symlink_to(template / COMPILED)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


def compiled(folder: Path) -> FileSystemBytecodeCache:
    """Page templates that a shop of the same code has compiled already."""
    return FileSystemBytecodeCache(str(folder / COMPILED))


def _place() -> Path:
    """Raises PermissionError where the folder is somebody else's."""
    user = os.geteuid()
    place = Path(tempfile.gettempdir()) / f"storefront-test-shops-{user}"
    private_files.folder(place)
    if place.is_symlink() or place.stat().st_uid != user:
        raise PermissionError(f"{place} is not yours: remove it, or set TMPDIR")
    return place


def _template(place: Path) -> Path:
    """The one of this code, made where it is missing; the caller holds the lock."""
    template = place / f"template-{_version()}"
    if not template.exists():
        making = Path(tempfile.mkdtemp(prefix="making-", dir=place))
        _make(making)
        making.rename(template)
    template.touch()
    return template


def _version() -> str:
    """Changes with the code and the data that a demo shop is made of."""
    files = sorted(path for kind in ("*.py", "*.toml") for path in SHOP.rglob(kind))
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for path in files:
        seen = path.stat()
        digest.update(f"{path}{seen.st_size}{seen.st_mtime_ns}".encode())
    return digest.hexdigest()[:16]


def _make(folder: Path) -> None:
    app = create_app(own_shop.settings(folder, "http://127.0.0.1"))
    own_shop.make_demo(app)
    own_shop.close(app)
    (folder / COMPILED).mkdir()


def _sweep(place: Path, now: float) -> None:
    """Remove what killed processes left, and templates of code that is gone."""
    for left in (*place.glob("shop-*"), *place.glob("making-*")):
        with suppress(OSError):
            _lock(left / LOCK).close()  # raises where its shop runs
            shutil.rmtree(left, ignore_errors=True)
    for template in place.glob("template-*"):
        if now - template.stat().st_mtime > UNUSED:
            shutil.rmtree(template, ignore_errors=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Wait for everybody else who holds this lock."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lock(path: Path) -> TextIOWrapper:
    """Hold a lock until it is closed or the process ends; raises OSError where another does."""
    lock = path.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise
    return lock
