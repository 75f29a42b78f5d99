"""The style of mails: `var(--…)` replaced by the values of the tokens, since mail programs know no
custom properties."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from storefront.web import stylesheets, themes
from storefront.web import tokens as look

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLOCK = re.compile(  # the condition of @media and what stands in it, or what stands in a rule
    r"@media\s*([^{]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}|[^{}]*\{([^{}]*)\}"
)
DARK = re.compile(r"\(\s*prefers-color-scheme\s*:\s*dark\s*\)")
DECLARED = re.compile(r"--([\w-]+)\s*:\s*([^;}]+)")
SCHEME = re.compile(r"(?<![\w-])color-scheme\s*:\s*([^;}]+)")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
VAR = re.compile(r"var\(--([\w-]+)\)")
REM = re.compile(r"(?<![\w.])(\d*\.?\d+)rem\b")
SMALLEST = re.compile(r"clamp\(([^,()]+),[^()]*(?:\([^()]*\)[^()]*)*\)")  # as on a phone
UNKNOWN = re.compile(r"\b(?:var|calc|min|max|clamp|env|color-mix|light-dark)\(")
ROOT = 16  # pixels of a rem

Values = dict[str, str]
Items = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Tokens:
    """Each token's value in the light and the dark set; scheme is what `color-scheme` says."""

    light: Values
    dark: Values
    scheme: str


def tokens() -> Tokens:
    """Those of the theme, and the shop's where it has none."""
    theme = themes.current()
    found = look.of(theme)
    own = read((stylesheets.FOLDER / "tokens.css").read_text(encoding="utf-8")).scheme
    its = read(theme.tokens.read_text(encoding="utf-8")).scheme if theme.tokens else ""
    return Tokens(found["light"], found["dark"], its or own)


@lru_cache(8)
def read(css: str) -> Tokens:
    """The tokens that a sheet declares, the later one of two; what it declares for some widths
    only is left out."""
    light: Values = {}
    dark: Values = {}
    scheme = ""
    for condition, inside, always in BLOCK.findall(COMMENT.sub("", css)):
        if always or DARK.search(condition):
            dark |= dict(DECLARED.findall(always or inside))
        if always:
            light |= dict(DECLARED.findall(always))
            scheme = "".join(SCHEME.findall(always)[-1:]).strip() or scheme
    return Tokens(light, dark, scheme)


def filled(css: str) -> str:
    """A mail's style with the shop's tokens."""
    found = tokens()
    return _filled(css, tuple(found.light.items()), tuple(found.dark.items()))


@lru_cache(8)
def _filled(css: str, light: Items, dark: Items) -> str:
    return resolved(css, dict(light), dict(dark))


def resolved(css: str, light: Values, dark: Values) -> str:
    """The rules with values in place of tokens, followed by those whose value is another in the
    dark.

    css is flat: rules, each with its declarations. A declaration whose value no mail program would
    know, such as one of a token that is not there, is left out.
    """
    rules = [
        (" ".join(one.split()), list(_declarations(body)))
        for one, body in RULE.findall(COMMENT.sub("", css))
    ]
    always = _written(rules, lambda value: _value(value, light))
    otherwise = _written(rules, lambda value: _otherwise(value, light, dark))
    if not otherwise:
        return always
    return f"{always}@media (prefers-color-scheme: dark) {{\n{otherwise}}}\n"


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for one in body.split(";"):
        name, colon, value = one.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _written(rules: list[tuple[str, list[tuple[str, str]]]], value_of: Callable[[str], str]) -> str:
    text = ""
    for selector, declarations in rules:
        said = [f"{name}: {value};" for name, one in declarations if (value := value_of(one))]
        text += f"{selector} {{ {' '.join(said)} }}\n" if said else ""
    return text


def _otherwise(value: str, light: Values, dark: Values) -> str:
    """The value in the dark; empty where it is the same in the light."""
    there = _value(value, dark)
    return there if there != _value(value, light) else ""


def _value(value: str, values: Values) -> str:
    """Without tokens, rem and sizes that follow the width; empty where something is left that mail
    programs do not know."""
    for _depth in range(4):  # a token may name another
        value = VAR.sub(lambda found: values.get(found[1], found[0]).strip(), value)
    value = look.with_hex(value)
    value = SMALLEST.sub(lambda found: found[1].strip(), value)
    value = REM.sub(lambda found: f"{float(found[1]) * ROOT:g}px", value)
    return "" if UNKNOWN.search(value) else value
