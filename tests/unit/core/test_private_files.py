"""What the shop keeps on the disk is closed to the other users of the machine."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from storefront import create_app
from storefront.admin.auth import audit, audit_end
from storefront.catalogue.pictures import image_processing, storage
from storefront.core import migrate, private_files
from storefront.core.extensions import db
from storefront.worker.heartbeat import beat
from tests.app_pool import close, own_folder, settings
from tests.photographs import photograph


@pytest.fixture(autouse=True)
def an_open_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {
        one.name: one.stat().st_mode & 0o777
        for one in sorted(folder.rglob("*"))
        if "static" not in one.parts
    }


def test_database_queue_media_and_seals_are_the_shops_own(seeded: Path, tmp_path: Path) -> None:
    app = create_app(settings(own_folder(seeded, tmp_path)))
    with app.app_context():
        migrate.migrate()
        beat()
        audit.record("shop.change")
        storage.keep(image_processing.develop(photograph()))
        found = modes(tmp_path)
        db.session.remove()
    close(app)

    assert {"storefront.sqlite3", "queue.sqlite3", "media", audit_end.FILE} <= found.keys()
    assert len(found) >= 10
    assert {name for name, mode in found.items() if mode not in (0o600, 0o700)} == set()


def test_what_was_open_to_others_is_closed_at_the_next_start(seeded: Path, tmp_path: Path) -> None:
    (tmp_path / "media").mkdir(0o755)
    for name in ("storefront.sqlite3", "storefront.sqlite3-wal", "queue.sqlite3"):
        (tmp_path / name).touch(0o644)

    close(create_app(settings(own_folder(seeded, tmp_path))))

    assert set(modes(tmp_path).values()) == {0o600, 0o700}


def test_lines_are_appended_whole(tmp_path: Path) -> None:
    private_files.append(tmp_path / "log", "one")
    private_files.append(tmp_path / "log", "two")

    assert (tmp_path / "log").read_text() == "one\ntwo\n"
