"""The colours of both themes are told apart, as WCAG counts it."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "storefront/static/css/tokens.css"
TEXT, EDGE = 4.5, 3.0
COLOUR = re.compile(r"--([a-z0-9-]+):\s*#([0-9a-f]{3}|[0-9a-f]{6});")

PAIRS = [
    *((ink, paper, TEXT) for ink in ("ink", "ink-muted") for paper in ("paper", "paper-tinted")),
    *((ink, "paper", TEXT) for ink in ("accent", "accent-hover", "danger", "ok", "warn")),
    *((ink, "accent-bg", TEXT) for ink in ("ink", "ink-muted", "accent", "accent-hover")),
    *((ink, f"{ink}-bg", TEXT) for ink in ("danger", "ok", "warn")),
    *((ink, "danger-bg", TEXT) for ink in ("ink", "accent")),
    *((ink, "sakura-bg", TEXT) for ink in ("ink", "accent")),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-hover", TEXT),
    *(("field-border", paper, EDGE) for paper in ("paper", "paper-tinted")),
    ("danger", "paper", EDGE),
]


def themes() -> dict[str, dict[str, str]]:
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    return {"light": dict(COLOUR.findall(light)), "dark": dict(COLOUR.findall(light + dark))}


def luminance(colour: str) -> float:
    full = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = [int(full[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper", "least"), PAIRS)
def test_two_colours_that_meet_are_told_apart(
    theme: str, ink: str, paper: str, least: float
) -> None:
    colours = themes()[theme]

    assert contrast(colours[ink], colours[paper]) >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_one_half_of_the_focus_ring_is_seen_on_every_ground(theme: str) -> None:
    colours = themes()[theme]
    rings = colours["focus-in"], colours["focus-out"]

    for ground in ("paper", "paper-tinted", "accent", "accent-bg", "danger-bg", "warn-bg"):
        assert max(contrast(ring, colours[ground]) for ring in rings) >= EDGE, ground


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast("fff", "000000") == pytest.approx(21)
    assert contrast("777777", "fff") == pytest.approx(4.48, abs=0.01)
