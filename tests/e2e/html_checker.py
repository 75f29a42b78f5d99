"""The Nu Html Checker, which says what is no valid HTML."""

import json
import shutil
import subprocess
from pathlib import Path

from tests.needs import missing

CHECKER = shutil.which("vnu")
# the attributes of HTMX are no HTML, and every page works without them; tel-national is meant for
# a text field, but browsers fill it into a telephone field, which has the better keyboard
MEANT = r".*Attribute .hx-.*|.*Bad value .(shipping )?tel-national. for attribute .autocomplete.*"


def errors(folder: Path) -> list[str]:
    """What is wrong in the pages of a folder; skips where there is no checker."""
    if not CHECKER or not shutil.which("java"):
        missing("vnu or Java is missing (npm install vnu-jar)")
    command = [CHECKER, "--errors-only", "--format", "json", "--filterpattern", MEANT]
    files = sorted(folder.glob("*.html"))
    done = subprocess.run([*command, *files], capture_output=True, check=False)  # noqa: S603
    found = json.loads(done.stderr)["messages"]
    return [f"{Path(one['url']).name}: {one['message']} {one.get('extract')}" for one in found]
