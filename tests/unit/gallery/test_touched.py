"""Which pages a change of the styles can be seen on."""

import pytest

from storefront.gallery.touched import rules, selectors

TOKENS = "@layer base,pages;:root{--a:#111;--b:var(--a);--c:#333}"
RULES = ".card{color:var(--b)}.row{color:var(--c)}@media (min-width:30rem){.tile:hover{top:0}}"
SHEET = TOKENS + RULES


@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        (".row{", ".row{margin:0;", {".row"}),
        ("top:0", "top:1px", {".tile"}),
        ("min-width:30rem", "min-width:31rem", {".tile"}),
        ("--a:#111", "--a:#222", {".card"}),
        ("--c:#333", "--c:#444", {".row"}),
        ("--c:#333", "--c:#333;--d:#555", set()),
        (".row{color:var(--c)}", "", {".row"}),
        ("}.row", "}@font-face{src:x}.row", {"*"}),
    ],
)
def test_what_a_change_touches(old: str, new: str, touched: set[str]) -> None:
    assert selectors(SHEET, SHEET.replace(old, new)) == touched


def test_the_same_sheet_touches_nothing() -> None:
    assert selectors(SHEET, SHEET) == set()


def test_rules_are_read_inside_of_conditions() -> None:
    assert list(rules("@layer a{@media (x){.b,.c{top:0}}}")) == [
        (" @layer a @media (x)", ".b,.c", "top:0")
    ]
