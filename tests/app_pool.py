"""Demo shops for tests: an app is made once for its settings, its data are new for each test."""

import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from storefront import create_app
from storefront.app import connections, wiring
from storefront.config.settings import Settings
from storefront.core import migrate
from storefront.core.extensions import db, limiter
from storefront.gallery.own_shop import hurry
from storefront.sandbox import demo, seeding, time
from storefront.sandbox.yamato import connection
from storefront.worker import queue

DATABASES = ("storefront.sqlite3", "queue.sqlite3")


def settings(instance: Path, **changes: object) -> Settings:
    """Without Yamato, unless the test asks for it: the shop's own codes prove a phone."""
    given: dict[str, Any] = {"kuroneko_base_url": "off", **changes}
    return Settings(storefront_env="test", instance=instance, **given)


def seed(folder: Path) -> None:
    """Make a migrated and seeded shop in an empty folder, and close it."""
    app = create_app(settings(folder))
    with app.app_context():
        migrate.migrate()
        seeding.seed_if_empty()
        db.session.remove()
        close(app)


def own_folder(seeded: Path, folder: Path) -> Path:
    """The folder of a new shop that uses the static files of the seeded one: compressing them
    takes seconds of CPU."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "static").symlink_to(seeded / "static")
    return folder


def keep_templates(seeded: Path, app: Flask) -> None:
    """Compile each template once for all shops: that is most of what a test would do."""
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(seeded))


def copy_data(seeded: Path, folder: Path) -> None:
    """The databases of the seeded shop."""
    for name in DATABASES:
        shutil.copyfile(seeded / name, folder / name)


def close(app: Flask) -> None:
    """Leave no connection open: Python 3.13 complains of those that are forgotten."""
    connection.close(app)
    connections.close(app)


class PooledApp:
    """One app with what it was made with, so that nothing a test changes on it stays."""

    def __init__(self, seeded: Path, folder: Path, changes: dict[str, object]) -> None:
        self.seeded = seeded
        self.app = create_app(settings(own_folder(seeded, folder), **changes))
        hurry(self.app)
        keep_templates(seeded, self.app)
        self.config = dict(self.app.config)
        self.extensions = dict(self.app.extensions)
        self.limiter = dict(vars(limiter))  # one object for all apps: it knows the last one only

    def renew(self) -> Flask:
        """The app with the data of the seeded shop, its own settings and fresh providers."""
        self._copy_data()
        for mine, whole in ((self.app.config, self.config), (self.app.extensions, self.extensions)):
            mine.clear()
            mine.update(whole)
        self.app.extensions["providers"] = wiring.build(self.app.config["SETTINGS"])
        self.app.test_client_class = None
        queue.init_app(self.app)
        vars(limiter).update(self.limiter)
        demo.forget_floods()
        time.install()
        return self.app

    def _copy_data(self) -> None:
        folder = Path(self.app.instance_path)
        for old in folder.iterdir():
            if old.name != "static":
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        copy_data(self.seeded, folder)


@dataclass
class Pool:
    """The idle apps of this process by their settings."""

    seeded: Path
    folder: Path
    idle: dict[str, list[PooledApp]] = field(default_factory=lambda: defaultdict(list))
    taken: list[tuple[str, PooledApp]] = field(default_factory=list)
    made: int = 0

    def take(self, **changes: object) -> Flask:
        """An app with these settings that nobody else has until give_back()."""
        key = repr(sorted(changes.items()))
        pooled = self.idle[key].pop() if self.idle[key] else self._make(changes)
        self.taken.append((key, pooled))
        return pooled.renew()

    def _make(self, changes: dict[str, object]) -> PooledApp:
        self.made += 1
        return PooledApp(self.seeded, self.folder / str(self.made), changes)

    def give_back(self) -> None:
        """All that were taken; their connections are closed."""
        for key, pooled in self.taken:
            close(pooled.app)
            self.idle[key].append(pooled)
        self.taken.clear()
