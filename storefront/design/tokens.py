"""/design/tokens: each token of the look in light and in dark, its colours against their partners,
and what its fonts weigh."""

from dataclasses import dataclass
from pathlib import Path

from flask.typing import ResponseReturnValue

from storefront.design import bp, contrast
from storefront.web import assets, rendering, themes, tokens

GROUPS = {  # by what a name begins with; whatever is left is a colour
    "距離 (Spaces)": ("space-",),
    "文字 (Text)": ("text-", "font-", "weight-", "tracking", "leading"),
    "角 (Corners)": ("radius-",),
    "線と影 (Lines and shadows)": ("border", "shadow-"),
    "商品カードと写真 (Cards and pictures)": ("card-", "hero-", "picture-", "logo"),
    "寸法 (Measures)": ("tap", "header", "page-width", "shop-width"),
}
COLOURS = "色 (Colours)"


@dataclass(frozen=True)
class ShownToken:
    """A token; partners are what its colour is seen against, with the ratio in each scheme and
    the least that it may be."""

    name: str
    light: str
    dark: str
    partners: list[tuple[str, float, float, float]]

    @property
    def is_colour(self) -> bool:
        return tokens.colour(self.light) is not None


@dataclass(frozen=True)
class Font:
    name: str
    kilobytes: float
    licence: str


@bp.get("/tokens")
def show_tokens() -> ResponseReturnValue:
    theme = themes.current()
    return rendering.page(
        "design/tokens.html", theme=theme, groups=groups(tokens.of(theme)), fonts=fonts()
    )


def groups(values: dict[str, tokens.Values]) -> dict[str, list[ShownToken]]:
    found: dict[str, list[ShownToken]] = {COLOURS: [], **{group: [] for group in GROUPS}}
    for name, light in values["light"].items():
        dark = values["dark"][name]
        found[_group(name)].append(ShownToken(name, light, dark, _partners(name, values)))
    return found


def _group(name: str) -> str:
    return next((group for group, starts in GROUPS.items() if name.startswith(starts)), COLOURS)


def _partners(name: str, values: dict[str, tokens.Values]) -> list[tuple[str, float, float, float]]:
    return [
        (paper, *(contrast.between(values[one], ink, paper) for one in tokens.SCHEMES), least)
        for ink, paper, least in contrast.PAIRS
        if ink == name
    ]


def fonts() -> list[Font]:
    """Those that the look brings, with the file beside them that says under which licence."""
    found = {name: path for name, path in assets.current().files().items() if _is_font(path)}
    return [Font(name, path.stat().st_size / 1024, _licence(path)) for name, path in found.items()]


def _is_font(path: Path) -> bool:
    return path.suffix in assets.FONTS


def _licence(font: Path) -> str:
    return next((one.name for one in sorted(font.parent.glob("*LICENSE*"))), "")
