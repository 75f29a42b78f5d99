"""Writes the shop's contract where the TypeScript client has its types from.

Run it where the contract or the gallery has changed: `STOREFRONT_ENV=test python -m
tools.playwright_types`. A test holds the file to what this writes.
"""

import json
from pathlib import Path

from flask import Flask

from storefront import create_app
from storefront.sandbox.contract import document

OUTPUT = Path(__file__).parents[1] / "clients/playwright/src/contract-data.ts"
HEAD = "// Written by tools/playwright_types.py: what the shop promises, as contract.json has it."


def text(app: Flask) -> str:
    """A module of two constants, whose types name every value."""
    with app.app_context():
        contract = document.document(app)
    slugs = [state["slug"] for state in contract.pop("gallery")]
    constants = {"CONTRACT": contract, "SLUGS": slugs}
    written = (
        f"export const {name} = {json.dumps(value, ensure_ascii=False, indent=2)} as const;"
        for name, value in constants.items()
    )
    return "\n\n".join([HEAD, *written]) + "\n"


if __name__ == "__main__":
    OUTPUT.write_text(text(create_app()), encoding="utf-8")
