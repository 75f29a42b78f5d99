"""storefront theme: new, override, outdated."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storefront import cli
from storefront.app import theme_files
from storefront.web import themes, tokens

FILE = "partials/footer.html"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a designer stands, with the folder of the theme that they begin."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STOREFRONT_THEME", raising=False)
    return tmp_path / "themes/mine"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.group, ["theme", *words])


def begun() -> None:
    assert run("new", "mine").exit_code == 0


def test_a_new_theme_can_be_worn_and_looks_like_the_shop(folder: Path) -> None:
    answer = run("new", "mine")

    assert answer.exit_code == 0
    assert "Next: STOREFRONT_THEME=mine" in answer.output
    theme = themes.read("mine")
    assert theme.folder == folder
    assert tokens.of(theme) == tokens.of(themes.OWN)
    assert "  /* --accent: #1f4e79; */" in (folder / "tokens.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "code"), [("mine", 1), ("Mine", 2), ("../mine", 2)])
def test_a_name_that_is_taken_or_none_is_refused(name: str, code: int) -> None:
    begun()

    assert run("new", name).exit_code == code


def test_an_overridden_template_is_copied_and_its_original_kept(folder: Path) -> None:
    begun()

    answer = run("override", FILE, "--theme", "mine")

    assert answer.exit_code == 0
    original = (theme_files.TEMPLATES / FILE).read_text(encoding="utf-8")
    assert (folder / "templates" / FILE).read_text(encoding="utf-8") == original
    assert (folder / "originals" / FILE).read_text(encoding="utf-8") == original
    assert run("override", FILE, "--theme", "mine").exit_code == 1
    assert run("outdated", "--theme", "mine").output == "Every copy of mine is up to date.\n"


def test_digests_of_originals_can_be_checked_without_the_shop(folder: Path) -> None:
    begun()
    run("override", FILE, "--theme", "mine")

    command = ["sha256sum", "--check", "--quiet", theme_files.DIGESTS]
    checked = subprocess.run(command, cwd=folder / "originals", check=False)  # noqa: S603

    assert checked.returncode == 0


@pytest.mark.parametrize("file", ["partials/fotter.html", "../settings.py", "partials"])
def test_what_is_no_template_of_the_product_is_refused(file: str) -> None:
    begun()

    answer = run("override", file, "--theme", "mine")

    assert answer.exit_code == 2
    assert file != "partials/fotter.html" or "did you mean partials/footer.html?" in answer.output


def test_a_copy_whose_original_has_changed_is_told_with_what_each_side_changed(
    folder: Path,
) -> None:
    begun()
    run("override", FILE, "--theme", "mine")
    copy, kept = folder / "templates" / FILE, folder / "originals" / FILE
    copy.write_text(copy.read_text(encoding="utf-8") + "<p>mine</p>\n", encoding="utf-8")
    _as_if_older(folder, kept)

    answer = run("outdated", "--theme", "mine")

    assert answer.exit_code == 1
    assert f"{FILE}: its original has changed." in answer.output
    product, mine = answer.output.split("+++ the theme")
    assert "-<p>of old</p>" in product
    assert "+<p>mine</p>" in mine
    assert f"storefront theme override {FILE} --theme mine --keep" in answer.output


def _as_if_older(folder: Path, kept: Path) -> None:
    """The product had one line more when it was copied."""
    older = kept.read_text(encoding="utf-8") + "<p>of old</p>\n"
    kept.write_text(older, encoding="utf-8")
    digest = theme_files._digest(older)
    (folder / "originals" / theme_files.DIGESTS).write_text(f"{digest}  {FILE}\n")


def test_a_copy_that_was_brought_up_to_date_is_told_no_more(folder: Path) -> None:
    begun()
    run("override", FILE, "--theme", "mine")
    _as_if_older(folder, folder / "originals" / FILE)

    assert run("override", FILE, "--theme", "mine", "--keep").exit_code == 0
    assert run("outdated", "--theme", "mine").exit_code == 0


def test_a_copy_without_its_original_and_one_of_a_template_that_is_gone_are_told(
    folder: Path,
) -> None:
    begun()
    (folder / "templates/layout.html").write_text("mine")
    (folder / "templates/gone.html").write_text("mine")
    (folder / "templates/own.html").write_text("of the theme alone")
    (folder / "originals").mkdir()
    (folder / "originals" / theme_files.DIGESTS).write_text(f"{'0' * 64}  gone.html\n")

    answer = run("outdated", "--theme", "mine")

    assert answer.exit_code == 1
    assert "layout.html: no original was kept." in answer.output
    assert "gone.html: the product has no such template any more." in answer.output
    assert "own.html" not in answer.output


def test_a_theme_that_is_not_there_is_told_with_those_that_are() -> None:
    answer = run("outdated", "--theme", "nowhere")

    assert answer.exit_code == 1
    assert "there are sake, toys" in answer.output


def test_a_theme_of_another_version_of_the_product_is_told(folder: Path) -> None:
    begun()
    facts = folder / themes.FACTS
    facts.write_text(facts.read_text().replace(f'"{theme_files.PRODUCT}"', '"0.0.1"'))

    assert run("outdated", "--theme", "mine").output.startswith("mine was made for 0.0.1, this is")


def test_a_theme_must_be_named() -> None:
    assert run("outdated").exit_code == 2


@pytest.mark.parametrize("words", [[], ["new"], ["override"], ["outdated"]])
def test_help_is_there_before_any_setting(words: list[str]) -> None:
    assert run(*words, "--help").exit_code == 0
