"""What the tokens of a look are worth in light and in dark, and its colours in red, green, blue."""

import math
import re
from functools import lru_cache
from pathlib import Path

from storefront.web import stylesheets
from storefront.web.themes import Theme

SCHEMES = ("light", "dark")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLOCK = re.compile(r"(?:@media ([^{]+?)\s*\{\s*)?:root\s*\{([^}]*)\}")
DECLARATION = re.compile(r"--([\w-]+):\s*([^;]+);")
REFERENCE = re.compile(r"var\(--([\w-]+)\)")
HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
OKLCH = re.compile(r"oklch\(([\d.]+)(%?) ([\d.]+) ([\d.]+)(?:deg)?\)")

Values = dict[str, str]  # of tokens, by their names without the two dashes
Colour = tuple[float, float, float]  # red, green and blue from 0 to 1, as a screen takes them


def of(theme: Theme) -> dict[str, Values]:
    """The tokens of each scheme, every reference to another token resolved."""
    paths = [stylesheets.FOLDER / "tokens.css", *([theme.tokens] if theme.tokens else [])]
    changed = tuple((path, path.stat().st_mtime_ns) for path in paths)
    return _read(changed)


@lru_cache(16)
def _read(sheets: tuple[tuple[Path, int], ...]) -> dict[str, Values]:
    found: dict[str, Values] = {scheme: {} for scheme in SCHEMES}
    for path, _changed in sheets:
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        for condition, body in BLOCK.findall(text):
            for scheme in _schemes(condition):
                found[scheme] |= dict(DECLARATION.findall(body))
    return {scheme: _resolved(values) for scheme, values in found.items()}


def _schemes(condition: str) -> tuple[str, ...]:
    """Those in which a block holds; none for one that asks for a width."""
    if not condition:
        return SCHEMES
    return tuple(one for one in SCHEMES if condition == f"(prefers-color-scheme: {one})")


def _resolved(values: Values) -> Values:
    def resolve(value: str) -> str:
        return REFERENCE.sub(lambda found: resolve(values[found[1]]), value)

    return {name: resolve(value) for name, value in values.items()}


def colour(value: str) -> Colour | None:
    """Of a colour written as #rgb, #rrggbb or oklch(); none for anything else."""
    if found := HEX.fullmatch(value):
        digits = found[1] if len(found[1]) == 6 else "".join(2 * one for one in found[1])
        red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
        return red, green, blue
    if found := OKLCH.fullmatch(value):
        lightness = float(found[1]) / (100 if found[2] else 1)
        return _of_oklch(lightness, float(found[3]), math.radians(float(found[4])))
    return None


def _of_oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """As CSS Color 4, section 10, converts them; what a screen has not is cut off."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _on_screen(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _on_screen(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _on_screen(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _on_screen(light: float) -> float:
    """An amount of light as sRGB counts it."""
    part = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return min(max(part, 0.0), 1.0)


def as_hex(value: str) -> str:
    """A colour as #rrggbb, which mail programs and old browsers know; any other value as it is."""
    parts = colour(value)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts) if parts else value


def with_hex(text: str) -> str:
    """A value with each oklch() in it as #rrggbb."""
    return OKLCH.sub(lambda found: as_hex(found[0]), text)


def paper(theme: Theme, scheme: str) -> str:
    """What a browser paints around the page."""
    return as_hex(of(theme)[scheme]["paper"])
