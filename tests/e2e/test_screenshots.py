"""The command that photographs every state."""

import subprocess
import sys
from pathlib import Path

import pytest

SMALL = ("--size", "320", "--lang", "en", "--theme", "dark")


def photograph(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "storefront", "screenshots", "--to", str(folder), *options]
    return subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603


def test_a_refused_form_is_photographed_and_on_the_sheet(tmp_path: Path) -> None:
    done = photograph(tmp_path, "--only", "sms-wrong-2", *SMALL)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "sms-wrong-2-en-320-dark.png").stat().st_size > 10_000
    assert 'src="sms-wrong-2-en-320-dark.png"' in (tmp_path / "index.html").read_text()


def test_a_shop_of_others_is_not_changed_for_a_photograph(tmp_path: Path, base_url: str) -> None:
    done = photograph(tmp_path, "--url", base_url, "--only", "cart-changed", *SMALL)

    assert "cart-changed: left out" in done.stdout
    assert list(tmp_path.glob("*.png")) == []


@pytest.mark.parametrize("options", [("--only", "no-such-state"), ("--size", "7")])
def test_what_is_not_there_cannot_be_asked_for(tmp_path: Path, options: tuple[str, str]) -> None:
    assert photograph(tmp_path, *options).returncode == 2


def test_only_what_does_not_look_as_it_did_is_named(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    look = ("--only", "pay-cvs", "--only", "sms-wrong-2", *SMALL)
    photograph(before, *look)
    same, other = before / "pay-cvs-en-320-dark.png", before / "sms-wrong-2-en-320-dark.png"
    other.write_bytes(same.read_bytes())

    compared = photograph(after, *look, "--compare", str(before))

    named = [line for line in compared.stdout.splitlines() if line.startswith("changed: ")]
    assert compared.returncode == 1
    assert named == [f"changed: {other.name}"]
