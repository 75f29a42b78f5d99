"""A mistake in a style is found with its line, and what was probably meant."""

from pathlib import Path

import pytest

from storefront.design import styles
from storefront.web import stylesheets

TOKENS = "@custom-media --from-desk (min-width: 60rem);\n:root {\n  --accent: #b00;\n}\n"
GOOD = """\
@layer components {
  .one {
    color: var(--accent);
  }

  .two {
    color: red;
  }
}
"""
SEEDED = {
    "unknown token": ("var(--accent)", "var(--acent)", 3, "no token --acent", ("--accent",)),
    "unknown breakpoint": (
        ".two {\n    color: red;\n  }",
        "@media (--from-dest) {\n  }",
        6,
        "no breakpoint --from-dest",
        ("--from-desk",),
    ),
    "unclosed rule": ("  }\n\n", "\n", 2, "{ is never closed", ()),
    "unclosed layer": ("  }\n}\n", "  }\n", 1, "{ is never closed", ()),
    "brace too many": ("  }\n\n", "  }\n  }\n\n", 5, "} closes nothing", ()),
}


def written(folder: Path, sheet: str) -> Path:
    (folder / "tokens.css").write_text(TOKENS)
    path = folder / "one.css"
    path.write_text(sheet)
    return path


@pytest.mark.parametrize("kind", SEEDED)
def test_a_mistake_is_found_with_its_line(tmp_path: Path, kind: str) -> None:
    before, wrong, line, message, meant = SEEDED[kind]
    assert before in GOOD
    path = written(tmp_path, GOOD.replace(before, wrong, 1))

    [found] = styles.mistakes(tmp_path)

    assert (found.place.file, found.place.line) == (str(path), line)
    assert (found.message, found.meant) == (message, meant)


@pytest.mark.parametrize(
    "free", ["/* } var(--no) */", '[title="}"] {\n}', "i {\n  color: var(--no, red);\n}"]
)
def test_what_is_no_mistake_is_none(tmp_path: Path, free: str) -> None:
    written(tmp_path, f"{GOOD}{free}\n")

    assert styles.mistakes(tmp_path) == []


def test_the_shops_own_styles_have_none() -> None:
    assert styles.mistakes(stylesheets.FOLDER) == []
