"""The contract for programs: nothing promised is gone, and the page for people is up to date."""

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from storefront.cli import group
from storefront.sandbox.contract import document, markdown, test_ids
from tests.unit.contract.promises import frozen, lines_of
from tools import playwright_types

ROOT = Path(__file__).parents[3]
ADMINS = [
    *(ROOT / "storefront/templates/admin").rglob("*.html"),
    ROOT / "storefront/templates/sandbox/_owner.html",
]
WRITE = "storefront contract --write docs/contract.md"
FREEZE = "STOREFRONT_ENV=demo python -m tests.unit.contract.promises"


@pytest.fixture(scope="module")
def contract(app: Flask) -> dict[str, Any]:
    with app.app_context():
        return document.document(app)


def test_nothing_that_was_promised_is_gone(contract: dict[str, Any]) -> None:
    now = lines_of(contract)

    gone = {part: sorted({*lines} - {*now.get(part, [])}) for part, lines in frozen().items()}

    assert {part: lines for part, lines in gone.items() if lines} == {}


def test_what_is_new_is_promised_from_here_on(contract: dict[str, Any]) -> None:
    promised = frozen()

    new = {
        part: sorted({*lines} - {*promised.get(part, [])})
        for part, lines in lines_of(contract).items()
    }

    assert {part: lines for part, lines in new.items() if lines} == {}, FREEZE


def test_the_page_for_people_says_the_same(contract: dict[str, Any]) -> None:
    page = (ROOT / "docs/contract.md").read_text(encoding="utf-8")

    assert page == markdown.text(contract), WRITE


def test_the_command_writes_that_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_ENV", "test")
    monkeypatch.setenv("STOREFRONT_INSTANCE", str(tmp_path))
    page = tmp_path / "contract.md"

    told = CliRunner().invoke(group, ["contract", "--write", str(page)])

    assert told.exit_code == 0, told.output
    assert page.read_text(encoding="utf-8") == (ROOT / "docs/contract.md").read_text("utf-8")


def test_it_is_the_same_whoever_judges_the_code(make_app: Any, contract: dict[str, Any]) -> None:
    with_yamato = make_app(kuroneko_base_url="")

    with with_yamato.app_context():
        assert document.document(with_yamato) == contract


def test_programs_are_told_the_same(app: Flask, contract: dict[str, Any]) -> None:
    answer = app.test_client().get("/sandbox/contract.json")

    assert (answer.status_code, answer.get_json()) == (200, contract)


def test_ids_of_the_owners_side_are_those_of_its_templates() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in ADMINS)
    written = re.findall(r'testid="([^"]+)"', text)
    handed = re.findall(r'used\([^)]*"([\w-]+)"\)', text)  # to the macro of the table of limits

    found = {re.sub(r"\{\{[^}]*\}\}", "<name>", one) for one in (*written, *handed)}

    assert found - {"<name>"} == {*test_ids.ADMIN}


def test_the_typescript_client_has_its_types_from_it(app: Flask) -> None:
    written = playwright_types.OUTPUT.read_text(encoding="utf-8")

    assert written == playwright_types.text(app), "python -m tools.playwright_types"
