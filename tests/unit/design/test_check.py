"""storefront theme check: each mistake is told by its rule, at the place where it stands."""

import json
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

from storefront.cli import group
from storefront.design.check import check, knowledge
from storefront.design.check.findings import RULES
from storefront.design.check.sources import SHOP, Source

HERE = "¦"  # stands where the mistake is to be told
SMS = "checkout/sms.html"
FORM = "checkout/order_input.html"
PAGE = "layouts/page.html"
LAW = "checkout/_agreement.html"
HERO = "catalogue/home.html"


class Seed(NamedTuple):
    """A mistake: `before` is replaced by `after` in a copy of the shop's own file."""

    rule: str
    file: str
    before: str
    after: str


SEEDS = (
    Seed("syntax", SMS, "{% if can_resend %}", "¦{% if can_resend and %}"),
    Seed("syntax", SMS, "{% endcall %}\n    {% if can_resend %}", "\n    {% if can_resend %}"),
    Seed("unknown-template", SMS, '"checkout/_progress.html"', '"¦checkout/_progres.html"'),
    Seed("unknown-name", SMS, "journey.phone | masked", "¦jorney.phone | masked"),
    Seed("unknown-macro", SMS, "error, error_summary,", "error, ¦eror, error_summary,"),
    Seed("macro-arguments", SMS, 'id="sms-form", testid=', 'id="sms-form", ¦test_id='),
    Seed("macro-arguments", SMS, "{{ mark(true) }}", "{{ ¦mark() }}"),
    Seed("macro-arguments", SMS, "{{ mark(true) }}", "{{ ¦mark(true, false) }}"),
    Seed("unknown-filter", SMS, "journey.phone | phone", "journey.phone | ¦fone"),
    Seed("unknown-test", SMS, "{% if can_resend %}", "{% if can_resend is ¦defned %}"),
    Seed("unknown-address", SMS, "'checkout.other_method'", "'¦checkout.other_metod'"),
    Seed("unknown-file", "partials/header.html", "'img/logo.svg'", "'¦img/logos.svg'"),
    Seed("not-escaped", SMS, "journey.phone | phone", "journey.phone | ¦safe"),
    Seed("not-closed", SMS, '<div class="after-code">', '<div class="after-code">¦<b>'),
    Seed("not-closed", SMS, "</main>", "¦</section></main>"),
    Seed("form-token", "cart/show.html", "<h1>", '¦<form method="post"></form><h1>'),
    Seed("form-in-form", SMS, "<h1>", "<form><b>¦<form></form></b></form><h1>"),
    Seed("twice", FORM, '<fieldset id="delivery">', '<fieldset ¦id="customer">'),
    Seed("unknown-id", SMS, 'aria-describedby="code-hint', '¦aria-describedby="code-hnt'),
    Seed("unknown-id", SMS, 'hx-target="#main"', '¦hx-target="#mian"'),
    Seed("no-label", SMS, '<label for="code">', '<label for="alert">'),
    Seed("no-alt", "partials/header.html", ' alt=""', ""),
    Seed("no-size", "partials/header.html", ' width="28"', ""),
    Seed("inline-style", SMS, "<h1>", '<h1 ¦style="color: red">'),
    Seed("inline-script", SMS, "<h1>", '<h1 ¦onclick="go()">'),
    Seed("inline-script", SMS, "<h1>", "¦<script>go()</script><h1>"),
    Seed(
        "from-elsewhere",
        SMS,
        "<h1>",
        '<img alt="" width="1" height="1" ¦src="//a.example/b.png"><h1>',
    ),
    Seed("new-window", SMS, '<a class="back"', '<a ¦target="_blank" class="back"'),
    Seed("tab-order", SMS, '<main id="main" tabindex="-1"', '<main id="main" ¦tabindex="3"'),
    Seed("no-language", PAGE, '<html lang="{{ locale() }}">', "¦<html>"),
    Seed("zoom", PAGE, "viewport-fit=cover", "¦user-scalable=no"),
    Seed("test-id", SMS, ' data-testid="sms-code"', ""),
    Seed("test-id", LAW, ' data-testid="change-payment"', ""),
    Seed(
        "hidden-field",
        SMS,
        '<input type="hidden" name="confirmation_key" value="{{ journey.key }}">',
        "",
    ),
    Seed("legal-item", LAW, 'data-law="cancel"', ""),
    Seed("live-region", PAGE, '<p id="status"', "<p"),
    Seed("live-region", SMS, '<main id="main"', "¦<main"),
    Seed("step", SMS, ' data-step="sms"', ""),
    Seed("script-id", "catalogue/product.html", 'id="large"', 'id="big"'),
    Seed("autofill", SMS, ' autocomplete="one-time-code"', ""),
    Seed("keyboard", SMS, ' inputmode="numeric"', ""),
    Seed("not-translated", SMS, '{{ _("番号を変更する") }}', "¦番号を変更する"),
    Seed("no-english", SMS, '_("番号を変更する")', '_("¦番号を替える")'),
    Seed("not-a-literal", SMS, '_("番号を変更する")', "¦_(state)"),
    Seed("placeholder", SMS, '"(あと%(m)s分)", m=minutes_left', '"¦(あと%(m)s分)", n=minutes_left'),
    Seed("css-syntax", "field.css", "  .field {", "  ¦nonsense;\n  .field {"),
    Seed("css-braces", "field.css", "  .field {", "  .field ¦{\n    margin: 0;\n\n  .field {"),
    Seed("css-braces", "field.css", "/* ", "¦}\n/* "),
    Seed("unknown-property", "box.css", "padding:", "¦paddin:"),
    Seed("unknown-token", "box.css", "var(--paper-tinted)", "¦var(--paper-tintd)"),
    Seed("unknown-width", "hero.css", "@media (--", "¦@media (--no-"),
    Seed("literal-colour", "box.css", "var(--paper-tinted)", "¦#f6f5f2"),
    Seed("literal-colour", "box.css", "var(--paper-tinted)", "¦tomato"),
    Seed("missing-file", "box.css", "var(--paper-tinted)", '¦url("img/none.png")'),
    Seed("css-import", "box.css", "@layer", '¦@import "more.css";\n@layer'),
    Seed("important", "box.css", "padding: var(--space-4)", "¦padding: 0 !important"),
    Seed("focus-ring", "button.css", "display: inline-flex", "¦outline: none"),
    Seed("small-field", "code.css", "text-align: center", "¦font-size: 12px"),
    Seed("small-tap", "button.css", "min-block-size: 52px", "¦min-block-size: 30px"),
)


def original(file: str) -> str:
    by_name = {page.name: page.text for page in SHOP.templates}
    by_name |= {path.name: text for path, text in SHOP.styles.items() if "admin" not in path.parts}
    return by_name[file]


def seeded(seed: Seed, folder: Path) -> tuple[Source, Path, tuple[int, int] | None]:
    """A theme with the wrong copy, its file, and the place that is marked."""
    text = original(seed.file)
    assert seed.before in text, "the shop's own file has changed"
    marked = text.replace(seed.before, seed.after, 1)
    at = marked.find(HERE)
    place = (marked.count("\n", 0, at) + 1, at - marked.rfind("\n", 0, at)) if at >= 0 else None
    is_style = seed.file.endswith(".css")
    path = folder / seed.file if is_style else folder / "templates" / seed.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(marked.replace(HERE, ""), encoding="utf-8")
    return Source(folder), path, place


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.rule}, {seed.after[:30]}")
def test_a_mistake_is_told_where_it_stands(seed: Seed, app: Flask, tmp_path: Path) -> None:
    theme, path, place = seeded(seed, tmp_path)

    found = check([theme], knowledge.of(app, theme))

    assert {(one.path, one.rule) for one in found} == {(path, seed.rule)}, found
    if place:
        assert {(one.line, one.column) for one in found} == {place}


def test_every_rule_is_tried() -> None:
    assert {seed.rule for seed in SEEDS} == RULES.keys()
    assert len(SEEDS) >= 40


def test_the_shop_itself_has_no_mistake(app: Flask) -> None:
    assert check([SHOP], knowledge.of(app)) == []


def test_the_command_tells_place_and_remedy(app: Flask, tmp_path: Path) -> None:
    broken = next(seed for seed in SEEDS if seed.rule == "hidden-field")
    seeded(broken, tmp_path)
    called = partial(app.test_cli_runner().invoke, group)

    told = called(args=["theme", "check", str(tmp_path)])
    for_programs = called(args=["theme", "check", str(tmp_path), "--json"])
    rules = called(args=["theme", "check", "--rules"])

    assert told.exit_code == for_programs.exit_code == 1
    [line] = [one for one in told.output.splitlines() if "hidden-field" in one]
    assert line.endswith("hidden-field: confirmation_key is gone. Put the hidden field back.")
    [one] = json.loads(for_programs.stdout)
    assert (one["rule"], Path(one["file"]).name) == ("hidden-field", "sms.html")
    assert [one.partition(":")[0] for one in rules.output.splitlines()] == list(RULES)
    assert rules.exit_code == 0
