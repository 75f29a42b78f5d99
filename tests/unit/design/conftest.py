"""A shop in development whose templates and styles may be changed: they are copies."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader

from storefront import create_app
from storefront.config.settings import Settings
from tests.app_pool import close, copy_data, own_folder, settings
from tests.conftest import OwnContextClient, entered
from tests.unit.sandbox.test_sandbox_is_not_in_production import production

TEMPLATES = Path(__file__).parents[3] / "storefront" / "templates"


@dataclass
class Changed:
    """Templates in a folder of their own, which the shop looks in first."""

    app: Flask
    folder: Path

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self._forget()
        return path

    def _forget(self) -> None:
        """As the start of a process would."""
        assert self.app.jinja_env.cache is not None
        self.app.jinja_env.cache.clear()

    def put(self, name: str, before: str, wrong: str) -> int:
        """Write what is wrong in a line of its own, above the first one with that text; the number
        of that line."""
        lines = (TEMPLATES / name).read_text(encoding="utf-8").splitlines()
        number = next(n for n, line in enumerate(lines) if before in line)
        self.write(name, "\n".join([*lines[:number], wrong, *lines[number:]]))
        return number + 1

    def mend(self) -> None:
        for path in self.folder.rglob("*.html"):
            path.unlink()
        self._forget()


def of_folder(seeded: Path, folder: Path, made_for: Settings) -> Iterator[Changed]:
    copy_data(seeded, folder)
    app = create_app(made_for)
    app.test_client_class = OwnContextClient
    templates = folder / "changed"
    templates.mkdir()
    assert app.jinja_loader
    app.jinja_loader = ChoiceLoader([FileSystemLoader(templates), app.jinja_loader])
    with entered(app):
        yield Changed(app, templates)
    if "changes" in app.extensions:
        app.extensions["changes"].stop()
    close(app)


@pytest.fixture(scope="module")
def development(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changed]:
    folder = tmp_path_factory.mktemp("development")
    made_for = settings(folder).model_copy(update={"storefront_env": "development"})
    yield from of_folder(seeded, folder, made_for)


@pytest.fixture(scope="module")
def in_tests(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changed]:
    folder = own_folder(seeded, tmp_path_factory.mktemp("test"))
    yield from of_folder(seeded, folder, settings(folder))


@pytest.fixture(scope="module")
def in_production(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changed]:
    folder = own_folder(seeded, tmp_path_factory.mktemp("production"))
    yield from of_folder(seeded, folder, production(folder))
