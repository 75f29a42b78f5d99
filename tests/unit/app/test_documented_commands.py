"""Command lines of the documents: each is there, its options too, and helps without settings."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from storefront.cli import group

ROOT = Path(__file__).parents[3]
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md")))
QUOTED = re.compile(r"`([^`]+)`")
OURS = re.compile(r"(?:^|\s)(storefront|make) ([a-z][^#|&\n]*)")
TARGETS = re.compile(r"^([a-z-]+):", re.MULTILINE)


def lines(program: str) -> Iterator[str]:
    """What follows the program's name, wherever a document quotes it or shows it in a block."""
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        blocks = re.findall(r"^```.*?\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
        quoted = [" ".join(one.split()) for one in QUOTED.findall(prose)]
        for one in (*quoted, *(line for block in blocks for line in block.splitlines())):
            found = OURS.match(re.sub(r"^(?:[A-Z_]+=\S+ )+", "", one))
            if found and found[1] == program:
                yield found[2].strip()


COMMANDS = sorted(set(lines("storefront")))


def called(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the words name, and what they give it."""
    command: click.Command = group
    while words and isinstance(command, click.Group) and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    return command, words


def test_the_documents_show_commands() -> None:
    assert len(COMMANDS) > 15
    assert "kuroneko-simulator --port 8021" in COMMANDS


@pytest.mark.parametrize("line", COMMANDS)
def test_a_documented_command_is_there_with_its_options(line: str) -> None:
    command, given = called(line.split())

    known = {name for one in command.params for name in one.opts}
    assert command is not group, line
    assert not isinstance(command, click.Group) or not given, line
    assert {word.partition("=")[0] for word in given if word.startswith("--")} <= known | {"--help"}


@pytest.mark.parametrize("line", sorted({line.partition(" --")[0] for line in COMMANDS}))
def test_its_help_needs_no_setting(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STOREFRONT_ENV", "STOREFRONT_INSTANCE", "DATABASE_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    command, given = called(line.split())
    words = line.split()[: len(line.split()) - len(given)]

    shown = CliRunner().invoke(group, [*words, "--help"])

    assert shown.exit_code == 0, shown.output
    assert (command.help or "").split("\n")[0] in " ".join(shown.output.split())


def test_a_mistyped_command_is_told_so_whatever_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STOREFRONT_ENV", raising=False)

    told = CliRunner().invoke(group, ["srve"])

    assert told.exit_code == 2
    assert "No such command 'srve'" in told.output


def test_every_documented_target_is_in_the_makefile() -> None:
    targets = set(TARGETS.findall((ROOT / "Makefile").read_text(encoding="utf-8")))

    named = {line.split()[0] for line in lines("make")}
    assert named
    assert named <= targets
