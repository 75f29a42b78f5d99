"""The import rule that a module graph cannot see: rules never read the request."""

import ast
from pathlib import Path

import pytest

SHOP = Path(__file__).parents[2] / "storefront"
VIEWS = {"code_request", "cookie", "screen", "screens", "views"}
PACKAGES = (
    *("cart", "catalogue", "checkout", "orders", "outbox", "payment_requests", "payments"),
    *("privacy", "reports", "shipping", "shop", "sms", "verification", "worker"),
)
WEB_NAMES = {"request", "session", "url_for", "redirect", "flash"}
RULES = sorted(
    path
    for name in PACKAGES
    for path in (SHOP / name).rglob("*.py")
    if path.stem not in VIEWS and "web" not in path.parts
)


@pytest.mark.parametrize("path", RULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_rule_never_reads_the_request(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "flask"
        for alias in node.names
    }

    assert not imported & WEB_NAMES
