"""One line of a style changed: only what it touches is photographed anew."""

import shutil
from pathlib import Path
from time import perf_counter

from tests.proofs.plugin import Report
from tests.proofs.scale import IS_FULL
from tests.proofs.test_qa_kit_pictures import LOOKED_AT, PACKAGE, photographed

RULE, OTHER = "  .after-code {\n", "  .after-code {\n    padding-block: 2px;\n"


def test_design_kit_photographs_what_a_style_touches(tmp_path: Path, figure: Report) -> None:
    copy, folder = tmp_path / "copy", tmp_path / "pictures"
    shutil.copytree(PACKAGE, copy / "storefront")
    photographed(folder, copy)
    style = copy / "storefront" / "static" / "css" / "components" / "code-entry.css"
    style.write_text(style.read_text().replace(RULE, OTHER))

    begun = perf_counter()
    again = photographed(folder, copy, "--changed")
    took = perf_counter() - begun
    still = photographed(folder, copy, "--changed")

    count = int(again.stdout.splitlines()[-1].split()[0])
    on_it = [slug for slug in LOOKED_AT if slug.startswith("sms")]
    assert count == len(on_it)
    assert still.stdout.splitlines()[-1].startswith("0 photographs")
    figure(
        "One line of a style changed: `screenshots --changed` photographs the states it touches",
        f"{count} of {len(LOOKED_AT)} in {took:.0f} s" + ("" if IS_FULL else " (few)"),
    )
