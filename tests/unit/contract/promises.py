"""The contract in lines that can be compared with those that were frozen.

Run as a program it writes frozen.json anew: what is added to the contract is promised from then on.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FROZEN = Path(__file__).parent / "frozen.json"
NAMED_BY = ("path", "ending", "slug", "sku", "code")
WORDS = {"happens", "happens_en", "leads_to", "leads_to_en", "name", "name_en"}


def lines_of(document: dict[str, Any]) -> dict[str, list[str]]:
    """By the part of the document, and the slugs of POST /sandbox/states; sentences and names of
    goods may change."""
    lines = {part: sorted(_lines(value)) for part, value in document.items() if part != "gallery"}
    return {**lines, "slugs": sorted(state["slug"] for state in document["gallery"])}


def _lines(value: Any, at: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        name = next((str(value[key]) for key in NAMED_BY if key in value), "")
        for key, one in value.items():
            if key not in WORDS:
                yield from _lines(one, f"{at} {name} {key}".strip())
    elif isinstance(value, list):
        for one in value:
            yield from _lines(one, at)
    else:
        yield f"{at} {json.dumps(value)}".strip()


def frozen() -> dict[str, list[str]]:
    promised: dict[str, list[str]] = json.loads(FROZEN.read_text(encoding="utf-8"))
    return promised


def freeze(document: dict[str, Any]) -> None:
    text = json.dumps(lines_of(document), indent=1, ensure_ascii=False)
    FROZEN.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    from storefront import create_app
    from storefront.sandbox.contract.document import document

    freeze(document(create_app()))
