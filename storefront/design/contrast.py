"""Which colours meet, and whether they are told apart, as WCAG counts it."""

from storefront.web import tokens
from storefront.web.tokens import Colour, Values

TEXT, EDGE = 4.5, 3.0

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
RINGED = ("paper", "paper-tinted", "accent", "accent-bg", "danger-bg", "warn-bg")


def luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Colour, other: Colour) -> float:
    """From 1, the same, to 21, black on white."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def between(values: Values, one: str, other: str) -> float:
    """The ratio of two tokens; raises ValueError where one is no colour that can be counted."""
    colours = [tokens.colour(values[name]) for name in (one, other)]
    if colours[0] is None or colours[1] is None:
        raise ValueError(f"--{one} or --{other} is no colour like #1f4e79 or oklch(0.5 0.1 250)")
    return ratio(colours[0], colours[1])


def faults(values: Values) -> list[str]:
    """A line for each pair that is too close, and for each ground that hides the focus ring."""
    close = [
        f"--{ink} on --{paper}: {found:.2f}, at least {least}"
        for ink, paper, least in PAIRS
        if (found := between(values, ink, paper)) < least
    ]
    return close + [
        f"the focus ring on --{ground}: at least {EDGE}"
        for ground in RINGED
        if max(between(values, ring, ground) for ring in ("focus-in", "focus-out")) < EDGE
    ]
