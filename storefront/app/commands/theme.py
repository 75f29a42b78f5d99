"""storefront theme: what designers do with the shop's look."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from storefront.design.check.findings import Finding


@click.group()
def theme() -> None:
    """The shop's look."""


@theme.command()
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
@click.option("--rules", is_flag=True, help="Print every rule, why it is there, and what mends it.")
@with_appcontext
def check(folder: Path | None, as_json: bool, rules: bool) -> None:
    """Say what is wrong in templates and styles: of a theme's FOLDER, else the shop's own.

    Each mistake is told as file:line:column. Exits 0 where there is none, else 1.
    """
    from storefront.design import check as checks  # never loaded where real shoppers are
    from storefront.design.check import knowledge, sources
    from storefront.design.check.findings import RULES

    if rules:
        for name, rule in RULES.items():
            click.echo(f"{name}: {rule.why} {rule.how}")
        return
    source = sources.Source(folder.resolve()) if folder else sources.SHOP
    app: Any = current_app
    known = knowledge.of(app._get_current_object(), source if folder else None)
    found = checks.check([source], known)
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            click.echo(f"{checks.told(one, Path.cwd())}. {RULES[one.rule].how}")
        click.echo(f"{len(found)} mistakes." if found else "No mistake.", err=True)
    if found:
        raise SystemExit(1)


def _as_json(one: "Finding") -> dict[str, Any]:
    return {
        "file": str(one.path),
        "line": one.line,
        "column": one.column,
        "rule": one.rule,
        "words": one.words,
    }
