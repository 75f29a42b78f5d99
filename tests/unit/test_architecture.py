"""What README and docs say of the code is so: places exist, words occur, layers are real."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOP = ROOT / "storefront"
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEXTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").rglob("*.md")]
)
TOLD = [path for path in TEXTS if path.name != "CHANGELOG.md" and "releases" not in path.parts]
TWO_SCREENS = 120  # lines of the map and of the architecture together


# A newcomer's questions

QUESTION = re.compile(r"^\| (?P<question>[^|]+\?.*?) \| `(?P<file>[^`]+)` \| `(?P<word>[^`]+)` \|$")
QUESTIONS = [found for line in ARCHITECTURE.splitlines() if (found := QUESTION.match(line))]


def test_twelve_questions_of_a_newcomer_are_answered() -> None:
    assert len(QUESTIONS) == 12


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked["word"])
def test_the_answer_to_a_question_is_where_it_says(asked: re.Match[str]) -> None:
    answer = (ROOT / asked["file"]).read_text(encoding="utf-8")

    assert asked["word"] in answer


def test_a_question_is_answered_by_its_own_file() -> None:
    assert len({asked["file"] for asked in QUESTIONS}) == len(QUESTIONS)


# The layers and the map


def _layers() -> list[str]:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    [layers] = [one["layers"] for one in contracts if one["type"] == "layers"]
    return list(layers)


def test_the_layers_are_those_that_the_import_rules_hold() -> None:
    section = ARCHITECTURE.partition("## Layers")[2]

    told = section.split("```")[1].split("\n", 1)[1].strip().splitlines()

    assert told == _layers()


def _map() -> str:
    return README.partition("## Where things are")[2].partition("\n## ")[0]


def test_the_map_names_every_folder_of_the_shop_once() -> None:
    named = re.findall(r"`storefront/(\w+)`", _map())

    folders = {path.name for path in SHOP.iterdir() if path.is_dir() and path.name[0] not in "._"}

    assert sorted(named) == sorted(folders)


def test_a_newcomers_first_guess_is_a_folder_of_the_map() -> None:
    """The second is the file, which the question's row names."""
    folders = {"/".join(Path(asked["file"]).parts[:2]) for asked in QUESTIONS}

    assert [one for one in sorted(folders) if f"`{one}`" not in _map()] == []


def test_the_map_and_the_architecture_fit_on_two_screens() -> None:
    assert len(_map().splitlines()) + len(ARCHITECTURE.splitlines()) <= TWO_SCREENS


# Paths

FOLDERS = (ROOT, SHOP, ROOT / "docs")
NAMES = {path.name for path in SHOP.rglob("*.py")}
TO_BE_MADE = {"storefront/payments/kinds/paypay.py"}  # the example of a new file
# of others, of the instance, addresses, or media types
OUTSIDE = ("../", "spec/yaml/", "media/", "BASE_URL/", "application/")


def _is_path(words: str) -> bool:
    """Whether words in a text's backticks are meant as a place in this tree."""
    if words in TO_BE_MADE or words.startswith(OUTSIDE) or not re.fullmatch(r"[\w./\-]+", words):
        return False
    if words.startswith("/"):
        return False  # an address of the shop
    return "/" in words or words.endswith((".py", ".md", ".toml"))


def _is_there(words: str) -> bool:
    """A bare name of a file may stand for one of that name in any package."""
    return any((folder / words).exists() for folder in FOLDERS) or words in NAMES


def _lost_paths(text: str) -> list[str]:
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return [
        one for one in re.findall(r"`([^`\n]+)`", prose) if _is_path(one) and not _is_there(one)
    ]


@pytest.mark.parametrize("path", TOLD, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_is_named_exists(path: Path) -> None:
    assert _lost_paths(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8"))

    ours = [link for link in links if "://" not in link and not link.startswith("mailto:")]

    assert [link for link in ours if not (path.parent / link).exists()] == []


def test_a_path_that_is_not_there_would_be_found() -> None:
    text = "See `checkout/steps.py`, `checkout/stages.py`, `/admin/` and `make check`."

    assert _lost_paths(text) == ["checkout/stages.py"]


# The glossary

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (?P<term>[a-z_ ]+) \| (?P<japanese>[^|]+) \| [^|]+ \| `(?P<file>[\w/.]+)` \|$"
)
TERMS = [found for line in GLOSSARY.splitlines() if (found := ROW.match(line))]
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.mark.parametrize("row", TERMS, ids=lambda row: row["term"])
def test_a_term_stands_in_the_file_that_owns_it(row: re.Match[str]) -> None:
    owner = (SHOP / row["file"]).read_text(encoding="utf-8").lower().replace("_", " ")

    words = row["term"].replace("_", " ").split()
    lost = [word for word in words if not re.search(rf"\b{word}", owner)]

    assert lost == []


def test_every_row_of_the_glossary_is_read_and_in_order() -> None:
    rows = [line for line in GLOSSARY.splitlines() if line.startswith("| ")][1:]
    terms = [row["term"] for row in TERMS]

    assert len(TERMS) == len(rows) >= 40
    assert terms == sorted(set(terms))


def test_every_term_has_its_japanese_beside_it() -> None:
    assert [row["term"] for row in TERMS if not JAPANESE.search(row["japanese"])] == []


# Release and habits

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_newest_release_has_its_version_section_and_notes() -> None:
    version = PROJECT["project"]["version"]

    assert re.findall(r"^## ([\d.]+) \(\d{4}-\d\d-\d\d\)$", CHANGELOG, re.MULTILINE)[0] == version
    assert (ROOT / "docs" / "releases" / f"{version}.md").exists()


def test_hooks_run_the_tools_of_the_project_and_download_nothing() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")

    assert re.findall(r"repo: (\S+)", hooks) == ["local"]
    tools = re.findall(r"entry: \.venv/bin/(\S+)", hooks)
    assert len(tools) == hooks.count("- id:")
    lint = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nlint:")[2]
    assert all(f"$(BIN)/{tool}" in lint for tool in tools)


def test_every_decision_has_its_page_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))

    assert sorted(listed) == sorted({path.name for path in folder.glob("*.md")} - {"README.md"})
