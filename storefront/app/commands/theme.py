"""storefront theme: begins a theme, and keeps its copies of templates in step with the product."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from storefront.app.theme_files import Copy
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
