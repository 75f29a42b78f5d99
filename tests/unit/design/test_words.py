"""English is compiled as it is saved; what cannot be read leaves the words as they were."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from flask import Flask

from storefront.design import words

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
ENTRY = 'msgid "カート"\nmsgstr "Cart"\n'


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + ENTRY, encoding="utf-8")
    return path


def compiled(catalogue: Path) -> str | None:
    with catalogue.with_suffix(".mo").open("rb") as file:
        found = read_mo(file).get("カート")
    return str(found.string) if found else None


def test_what_was_saved_is_compiled(app: Flask, catalogue: Path) -> None:
    assert words.compile_saved(app, catalogue) == []

    assert compiled(catalogue) == "Cart"


def test_what_cannot_be_read_is_a_mistake_with_its_line(app: Flask, catalogue: Path) -> None:
    words.compile_saved(app, catalogue)
    catalogue.write_text(HEAD + ENTRY + "\nmsgid カート\n", encoding="utf-8")

    [mistake] = words.compile_saved(app, catalogue)

    assert (mistake.place.file, mistake.place.line) == (str(catalogue), 8)
    assert compiled(catalogue) == "Cart"
