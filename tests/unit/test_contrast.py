"""The colours of every look are told apart in light and in dark, as WCAG counts it."""

import pytest

from storefront.design import contrast
from storefront.web import themes, tokens

LOOKS = ["", *themes.known()]


@pytest.mark.parametrize("scheme", tokens.SCHEMES)
@pytest.mark.parametrize("look", LOOKS)
def test_two_colours_that_meet_are_told_apart(look: str, scheme: str) -> None:
    assert contrast.faults(tokens.of(themes.read(look))[scheme]) == []


def test_a_pair_that_is_too_close_and_a_ring_that_is_not_seen_are_named() -> None:
    values = tokens.of(themes.OWN)["light"] | {"ink-muted": "#999", "focus-out": "#111"}

    assert contrast.faults(values) == [
        "--ink-muted on --paper: 2.85, at least 4.5",
        "--ink-muted on --paper-tinted: 2.61, at least 4.5",
        "--ink-muted on --accent-bg: 2.55, at least 4.5",
        "the focus ring on --accent: at least 3.0",
    ]


@pytest.mark.parametrize("look", LOOKS)
def test_a_colour_is_one_that_can_be_counted(look: str) -> None:
    met = {name for ink, paper, _least in contrast.PAIRS for name in (ink, paper)}
    for values in tokens.of(themes.read(look)).values():
        assert [name for name in sorted(met) if tokens.colour(values[name]) is None] == []


def test_contrast_is_counted_as_wcag_does() -> None:
    white, black = tokens.colour("#fff"), tokens.colour("#000000")
    assert white
    assert black
    assert contrast.ratio(white, black) == pytest.approx(21)
    grey = tokens.colour("#777777") or black
    assert contrast.ratio(grey, white) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("oklch(1 0 0)", "#ffffff"),
        ("oklch(0 0 0)", "#000000"),
        ("oklch(62.8% 0.25768 29.2338)", "#ff0000"),
        ("oklch(0.86644 0.294827 142.4953)", "#00ff00"),
        ("oklch(0.45201 0.313214 264.052)", "#0000ff"),
        ("#1f4e79", "#1f4e79"),
        ("none", "none"),
    ],
)
def test_oklch_is_turned_into_what_a_screen_shows(written: str, shown: str) -> None:
    assert tokens.as_hex(written) == shown
