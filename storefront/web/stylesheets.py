"""The style sheets, joined from one file a component."""

import re
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "static/css"

# What stands later wins over what stands before it in the same layer.
SITE = (
    "tokens",
    "base",
    *(
        f"components/{name}"
        for name in (
            # layer components: parts that several screens share
            "alert-line",
            "back",
            "box",
            "brand",
            "button",
            "card",
            "closed-line",
            "cart-count",
            "chips",
            "code",
            "field",
            "fold",
            "further",
            "footer",
            "header",
            "picture",
            "pager",
            "price",
            "progress",
            "row",
            "skip",
            "stepper",
            "sticky",
            "error-summary",
            "sums",
            "thumb",
            "tile",
            "visually-hidden",
            "wait",
            # layer pages: catalogue
            "hero",
            "search",
            "news",
            "ways-row",
            "crumbs",
            "gallery",
            "large",
            "product",
            "options",
            "specs",
            # cart and checkout
            "cart",
            "brief",
            "beside",
            "postal-code",
            "choices",
            "order-form",
            "method",
            "refusal",
            "agreement",
            "code-entry",
            "payment-request",
            # sandbox
            "sandbox-banner",
            "sandbox-numbers",
            "provider",
            "sandbox",
            "scenarios",
            "handset",
            "letter",
            # law, help and orders
            "prose",
            "facts",
            "faq",
            "order",
            "order-progress",
            "paper",
            "print",
        )
    ),
)
ADMIN = tuple(
    f"admin/{name}"
    for name in (
        "frame",
        "crumbs",
        "choices",
        "with-unit",
        "rows",
        "tag",
        "facts",
        "filters",
        "figures-today",
        "doors",
        "sign-in",
        "fees",
        "days",
        "sample",
        "order-list",
        "order",
        "timeline",
        "job-bar",
        "sheet",
        "preview",
        "methods",
        "tabs",
        "fallback-order",
        "copyable",
        "variants",
        "pictures",
        "chart",
        "figures",
        "shop-state",
        "meter",
        "law",
        "hints",
    )
)
DESIGN = tuple(  # of the designers' kit, which no production process has
    f"design/{name}"
    for name in ("kit-tokens", "kit-base", "kit-states", "kit-frames", "kit-components")
)
BREAKPOINT = re.compile(r"@custom-media (--[\w-]+) (\([^)]+\));")
GAP = r"(?:\s|/\*(?:[^*]|\*(?!/))*\*/)"
NEEDLESS = re.compile(rf"""("[^"]*")|{GAP}*([{{}};,>]){GAP}*|(:)\s+|{GAP}+""")


def joined(sheets: Iterable[str]) -> str:
    """The sheets in their order, with the breakpoints of tokens.css in place of their names.

    `@custom-media` is the form that the standard plans; no browser reads it yet. Raises KeyError
    where a name is not among them.
    """
    breakpoints = dict(BREAKPOINT.findall(_read("tokens")))
    text = BREAKPOINT.sub("", "\n".join(map(_read, sheets)))
    return re.sub(r"(?<=@media )\((--[\w-]+)\)", lambda found: breakpoints[found[1]], text)


def compact(text: str) -> str:
    """The same rules without comments and without the room between them."""
    short = NEEDLESS.sub(lambda found: found[1] or found[2] or found[3] or " ", text)
    return short.replace(";}", "}").strip()


def _read(sheet: str) -> str:
    return (FOLDER / f"{sheet}.css").read_text(encoding="utf-8")
