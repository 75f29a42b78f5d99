"""What a module graph cannot see: who reads the request, how full a folder is, doubled names."""

import ast
from collections import Counter
from pathlib import Path

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


def _names_of_the_web(source: str) -> set[str]:
    """What a module imports of Flask that belongs to a request."""
    imported = {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "flask"
        for alias in node.names
    }
    return imported & WEB_NAMES


def test_a_rule_never_reads_the_request() -> None:
    found = {path: _names_of_the_web(path.read_text(encoding="utf-8")) for path in RULES}

    assert len(found) > 150
    assert {path.relative_to(SHOP): names for path, names in found.items() if names} == {}


def test_a_rule_that_reads_the_request_would_be_found() -> None:
    assert _names_of_the_web("from flask import abort, request") == {"request"}


MODULES = sorted(path for path in SHOP.rglob("*.py") if "migrations" not in path.parts)
LOOSE = 5  # modules at the root
FULL = 20  # modules in a folder
FULLER = {SHOP / "providers" / "yamato" / "simulator"}  # a peer's whole service, in one place

# Class names that two or more modules define, each under the reason why it may.
DOUBLED = {
    "the simulator is written apart from the client it tests, on both sides of one wire": {
        *("Answer", "Api", "Impossible", "Terms"),
    },
    "a form is called by what is sent, and each area has its own": {
        *("CodeForm", "Meta", "MethodForm", "PersonForm", "PressForm"),
    },
    "what may be wrong has a rule of its own, whose errors it raises": {
        *("Changed", "Fault", "Refused", "Unreadable"),
    },
    "how far something has come is said in words of its own": {"State"},
    "a table, a file and a page have rows, columns and entries of their own": {
        *("Column", "Entry", "Field", "Page", "Row", "VariantRow", "Wanted"),
    },
    "a thing of the shop, and the same in a provider's or a register's words": {
        *("Address", "Invoice", "Message", "Shipment"),
    },
    "a made-up one stands for the real one": {"Person", "Photograph", "Shop", "Way"},
    "private to its package, where no other is meant": {
        *("Draft", "End", "Facts", "Kind", "Need", "Plan", "Service"),
    },
}


def test_few_modules_lie_loose_at_the_root() -> None:
    assert len(list(SHOP.glob("*.py"))) <= LOOSE


def test_a_folder_holds_no_more_modules_than_one_can_look_over() -> None:
    modules = Counter(path.parent for path in MODULES)

    assert {folder for folder, count in modules.items() if count > FULL} <= FULLER


def test_a_class_name_is_defined_twice_for_a_reason_only() -> None:
    defined = Counter(name for path in MODULES for name in _class_names(path))

    assert {name for name, count in defined.items() if count > 1} == set().union(*DOUBLED.values())


def _class_names(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


def test_views_take_their_blueprint_from_the_package_that_makes_it() -> None:
    makers = {module for path in MODULES for module in _blueprints_of(path)}

    assert makers
    assert [one for one in makers if not (SHOP.parent / one.replace(".", "/")).is_dir()] == []


def _blueprints_of(path: Path) -> set[str]:
    """The modules from which this one imports a blueprint."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {
        node.module or ""
        for node in nodes
        if isinstance(node, ast.ImportFrom) and any(alias.name == "bp" for alias in node.names)
    }


E2E = sorted((SHOP.parent / "tests" / "e2e").rglob("*.py"))


def test_a_browser_test_knows_of_the_shop_what_everybody_may() -> None:
    """It uses what is shipped for tests; what it does behind the counter lies beside it."""
    named = {(path.stem, one) for path in E2E for one in _imports_of(path)}

    of_the_shop = {one for one in named if one[1].split(".")[0] == "storefront"}
    assert of_the_shop
    assert {one for one in of_the_shop if not one[1].startswith("storefront.testing")} == set()


def _imports_of(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    named = {one.module or "" for one in nodes if isinstance(one, ast.ImportFrom)}
    return named | {
        alias.name for one in nodes if isinstance(one, ast.Import) for alias in one.names
    }
