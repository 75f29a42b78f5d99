"""storefront theme: begins a theme, keeps its copies of templates in step, says what is wrong."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from storefront.app.theme_files import Copy
    from storefront.design.check.findings import Finding
    from storefront.web.themes import Theme

NEXT = """Made {folder}.
Next: STOREFRONT_THEME={name} STOREFRONT_ENV=development make run
Then change {folder}/tokens.css."""
of_theme = click.option(
    "--theme", "name", envvar="STOREFRONT_THEME", required=True, help="Its name in themes/."
)


@click.group()
def theme() -> None:
    """Dress the shop: a folder of themes/ with colours, styles, pictures, templates and words."""


@theme.command()
@click.argument("name")
def new(name: str) -> None:
    """Begin a theme in themes/NAME, ready to be worn."""
    from storefront.app import theme_files
    from storefront.web import themes

    if not themes.NAME.fullmatch(name):
        raise click.BadParameter(
            "small letters, digits and -, like sake-brewery", param_hint="NAME"
        )
    try:
        folder = theme_files.begin(name)
    except FileExistsError as there:
        words = f"{there} is there already. Choose another name, or change what is there"
        raise click.ClickException(words) from there
    click.echo(NEXT.format(folder=folder, name=name))


@theme.command()
@click.argument("file")
@of_theme
@click.option("--keep", is_flag=True, help="Leave the copy as it is; it fits today's original.")
def override(file: str, name: str, keep: bool) -> None:
    """Copy the template FILE (like catalogue/home.html) into the theme, where it counts instead.

    The original is kept beside it, in originals/: storefront theme outdated compares with it.
    """
    from storefront.app import theme_files

    folder = _theme(name).folder or Path()
    try:
        copy = theme_files.note(folder, file) if keep else theme_files.copy(folder, file)
    except theme_files.NoTemplate as none:
        raise click.BadParameter(str(none), param_hint="FILE") from none
    except FileExistsError as there:
        words = f"{there} is there already. Change it, or say with --keep that it is up to date"
        raise click.ClickException(words) from there
    click.echo(f"{'Noted the original of' if keep else 'Made'} {copy}.")


@theme.command()
@of_theme
def outdated(name: str) -> None:
    """List the copies whose original has changed since, with what each side changed."""
    from storefront.app import theme_files

    chosen = _theme(name)
    folder = chosen.folder or Path()
    if chosen.made_for != theme_files.PRODUCT:
        click.echo(f"{name} was made for {chosen.made_for}, this is {theme_files.PRODUCT}.")
    behind = [one for one in theme_files.copies(folder) if one.is_outdated]
    if not behind:
        click.echo(f"Every copy of {name} is up to date.")
        return
    for one in behind:
        click.echo(_told(one, name))
    raise click.ClickException(f"{len(behind)} of the copies of {name}: see above what to do")


def _theme(name: str) -> "Theme":
    from storefront.web import themes

    try:
        return themes.read(name)
    except themes.ThemeFault as fault:
        raise click.ClickException(str(fault)) from fault


def _told(one: "Copy", name: str) -> str:
    """What became of a copy's original, and what to do about it."""
    if not one.now:
        return f"{one.file}: the product has no such template any more. Delete the copy.\n"
    if not one.original:
        return f"{one.file}: no original was kept. {_compare(one, name)}"
    return f"{one.file}: its original has changed.\n{one.difference}{_compare(one, name)}"


def _compare(one: "Copy", name: str) -> str:
    again = f"storefront theme override {one.file} --theme {name} --keep"
    return f"Take over what the product changed, then run: {again}\n"


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
