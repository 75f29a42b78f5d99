"""Rules of the house that a reader would otherwise have to check by hand."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.unit.config.test_settings import SETTINGS

ROOT = Path(__file__).parents[2]
SHOP = ROOT / "storefront"
MODULES = sorted(path for path in SHOP.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(path for path in (SHOP / "templates").rglob("*") if path.is_file())
PAGES = [path for path in TEMPLATES if path.suffix == ".html" and "mail" not in path.parts]
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))


def name_of(path: Path) -> str:
    return path.relative_to(SHOP).as_posix()


def template_name(path: Path) -> str:
    return path.relative_to(SHOP / "templates").as_posix()


# Time

CLOCKS = {SHOP / "core" / "clock.py", SHOP / "sandbox" / "time.py"}
READS = {"now", "utcnow", "today", "time", "localtime", "gmtime", "fromtimestamp"}
TELLERS = {"datetime", "date", "time"}


def test_only_the_clock_reads_the_time() -> None:
    readers = [path for path in MODULES if _reads_of_time(path.read_text(encoding="utf-8"))]

    assert set(readers) == CLOCKS


def _reads_of_time(source: str) -> list[str]:
    tree = ast.parse(source)
    standard = _names_of_standard_clocks(tree)
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in READS
        and ast.unparse(node.value).split(".")[0] in standard
    ]


def _names_of_standard_clocks(tree: ast.AST) -> set[str]:
    """Names that mean datetime, date or time of the standard library in this module."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.asname or one.name for one in node.names if one.name in TELLERS}
        if isinstance(node, ast.ImportFrom) and node.module in {"datetime", "time"}:
            names |= {one.asname or one.name for one in node.names}
    return names


def test_a_clock_that_is_read_elsewhere_would_be_found() -> None:
    source = "from datetime import datetime as d\nimport time\nd.now()\ntime.time()\n"

    assert _reads_of_time(source) == ["d.now", "time.time"]


# Python

SOURCES = {path: path.read_text(encoding="utf-8") for path in (*MODULES, *TEMPLATES)}


def test_no_python_asks_whether_htmx_is_there() -> None:
    assert [name_of(path) for path in MODULES if "request.htmx" in SOURCES[path]] == []


def test_a_module_says_which_question_it_answers() -> None:
    silent = [path for path in MODULES if not ast.get_docstring(ast.parse(SOURCES[path]))]

    assert [name_of(path) for path in silent] == []


def test_a_module_is_no_longer_than_it_can_be_read() -> None:
    long = [path for path in MODULES if len(SOURCES[path].splitlines()) > LONGEST]

    assert [name_of(path) for path in long] == []


LONGEST = 400


def test_only_the_configuration_reads_the_environment() -> None:
    readers = [path for path in MODULES if re.search(r"os\.environ|getenv\(", SOURCES[path])]

    assert [name_of(path) for path in readers] == ["gallery/chromium.py"]  # no setting of the shop


# Templates

OWN_CONTROLS = {"catalogue/product.html": ['<input type="radio"']}


def found_in(
    templates: list[Path], faults: Callable[[str, str], list[str]]
) -> dict[str, list[str]]:
    """The faults of each template that has any, told by its name and its text."""
    told = {template_name(one): faults(template_name(one), SOURCES[one]) for one in templates}
    assert len(told) > 100
    return {name: found for name, found in told.items() if found}


def test_a_template_holds_no_script_or_style() -> None:
    own = re.compile(
        r"<script(?![^>]*(?:\bsrc=|\"application/ld\+json\"))[^>]*>"  # data is no script
        r"|<style\b|\sstyle=|\son[a-z]+=|\shx-on"
    )

    assert found_in(PAGES, lambda _name, text: own.findall(text)) == {}


def test_a_template_builds_its_addresses() -> None:
    written = re.compile(r'\b(?:href|src|action|formaction|hx-get|hx-post)="(?:/|https?:)[^"]*"')

    assert found_in(PAGES, lambda _name, text: written.findall(text)) == {}


def test_a_template_is_used() -> None:
    unused = [
        template_name(path)
        for path in TEMPLATES
        if not any(template_name(path) in text for one, text in SOURCES.items() if one != path)
    ]

    assert unused == []


def test_a_template_uses_every_macro_it_imports() -> None:
    def unused(_name: str, text: str) -> list[str]:
        return [one for one in _imported(text) if len(re.findall(rf"\b{one}\b", text)) < 2]

    assert found_in(PAGES, unused) == {}


def _imported(text: str) -> Iterator[str]:
    for names in re.findall(r'{% from "[^"]+" import ([^%]+) %}', text):
        for one in names.split(","):
            yield one.split(" as ")[-1].strip()


def test_a_select_a_text_of_lines_and_a_radio_button_come_by_their_macros() -> None:
    """With label, error and aria; a product's options alone are drawn otherwise."""

    def own(name: str, text: str) -> list[str]:
        is_free = name.startswith("components/")
        return [] if is_free else re.findall(r'<select|<textarea|<input type="radio"', text)

    assert found_in(PAGES, own) == OWN_CONTROLS


def test_a_template_never_says_that_something_is_safe() -> None:
    safe = re.compile(r"\|\s*safe\b(?!_)|Markup\(|autoescape false")

    assert found_in(PAGES, lambda _name, text: safe.findall(text)) == {}


def test_a_fault_of_one_template_would_be_found() -> None:
    found = found_in(PAGES, lambda name, _text: [name] if name == "layout.html" else [])

    assert found == {"layout.html": ["layout.html"]}


# Settings


def settings_table() -> dict[str, str]:
    """Setting to what the README says of it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = re.search(r"^## Settings$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, "README.md has no Settings"
    rows = re.findall(r"^\| `([A-Z_]+)` \|([^|]*)\|(.*)\|$", section[1], re.MULTILINE)
    return {name: words.strip() for name, _default, words in rows}


def test_the_readme_lists_every_setting_and_no_other() -> None:
    assert set(settings_table()) == SETTINGS


def test_the_readme_says_what_each_setting_is_for() -> None:
    assert [name for name, words in settings_table().items() if len(words) < 10] == []


def test_every_setting_of_the_contract_exists() -> None:
    contract = {
        "STOREFRONT_ENV",
        "SECRET_KEY",
        "CODE_KEY",
        "DATA_KEY",
        "DATABASE_URL",
        "REDIS_URL",
        "BASE_URL",
        "TRUSTED_HOSTS",
        "PORT",
        "SMS_PROVIDERS",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
        "TWILIO_FROM",
        "TWILIO_BASE_URL",
        "MAIL_URL",
        "LIMITS",
        "METRICS_TOKEN",
    }

    assert contract <= SETTINGS


# Requirements


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: str(path.name))
def test_every_requirement_is_pinned_by_hashes(path: Path) -> None:
    entries = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    wanted = [one for one in entries if one.strip() and not one.lstrip().startswith("#")]

    loose = [one[:60] for one in wanted if "==" not in one or "--hash=sha256:" not in one]

    assert wanted
    assert loose == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: str(path.name))
def test_no_requirement_names_a_registry(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"https?://|index-url|find-links|trusted-host|^-i ", text, re.MULTILINE)


def test_every_dependency_is_locked() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = re.search(r"^dependencies = \[(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    assert wanted
    names = {re.split("[>=<]", one)[0] for one in re.findall(r'"([^"]+)"', wanted[1])}

    locked = (ROOT / "requirements" / "app.txt").read_text(encoding="utf-8").lower()

    assert [name for name in names if not re.search(rf"^{name}==", locked, re.MULTILINE)] == []


# Tests


def test_a_test_is_named_for_a_fact() -> None:
    names = [
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]

    faults = [name for name in names if re.search(r"_should_|^test_\d*$", name)]

    assert len(names) > 100
    assert faults == []
