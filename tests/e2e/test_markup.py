"""Every screen in every state is valid HTML, as the Nu Html Checker reads it."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from storefront.testing import OpenedShop
from storefront.testing.states import STATES, Owner, Visitor
from tests.needs import missing
from tests.proofs.scale import IS_FULL

CHECKER = shutil.which("vnu")
# the attributes of HTMX are no HTML, and every page works without them; tel-national is meant for
# a text field, but browsers fill it into a telephone field, which has the better keyboard
MEANT = r".*Attribute .hx-.*|.*Bad value .(shipping )?tel-national. for attribute .autocomplete.*"
LANGUAGES = ("ja", "en")

if not CHECKER or not shutil.which("java"):
    missing("vnu or Java is missing (npm install vnu-jar)")


def test_every_state_is_valid_html(shop: OpenedShop, tmp_path: Path) -> None:
    for name, html in _pages(shop):
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")

    assert _errors(tmp_path) == []


def test_a_fault_of_the_markup_would_be_found(tmp_path: Path) -> None:
    html = '<!doctype html><html lang="ja"><title>x</title><p hx-get="/x"><div></div></p></html>'
    (tmp_path / "wrong.html").write_text(html, encoding="utf-8")

    assert len(_errors(tmp_path)) == 1


def _pages(shop: OpenedShop) -> Iterator[tuple[str, str]]:
    """In both languages or, where there is little time, every other one."""
    owner = Owner(shop.app)
    for place, state in enumerate(STATES):
        for language in LANGUAGES if IS_FULL else (LANGUAGES[place % 2],):
            owner.begin_anew()
            page = state.how(Visitor(shop.url, language, owner))
            yield f"{state.slug}-{language}", page.html


def _errors(folder: Path) -> list[str]:
    command = [str(CHECKER), "--errors-only", "--format", "json", "--filterpattern", MEANT]
    files = sorted(folder.glob("*.html"))
    done = subprocess.run([*command, *files], capture_output=True, check=False)  # noqa: S603
    found = json.loads(done.stderr)["messages"]
    return [f"{Path(one['url']).name}: {one['message']} {one.get('extract')}" for one in found]
