"""The storefront command."""

import sys
from importlib import import_module
from pathlib import Path

import click
from flask.cli import FlaskGroup, ScriptInfo, with_appcontext

from storefront.app.commands.admin import admin
from storefront.app.commands.keys import keys
from storefront.app.commands.order_closure import close
from storefront.app.commands.orders import orders
from storefront.app.commands.privacy import privacy
from storefront.app.commands.test_shop import test_shop
from storefront.app.commands.theme import theme
from storefront.providers.yamato.account.cli import yamato
from storefront.providers.yamato.fees.cli import fees
from storefront.providers.yamato.simulator.commands import kuroneko_simulator


def _make_app() -> object:
    """Of the settings that the command has chosen, else of those of the environment."""
    script = click.get_current_context().ensure_object(ScriptInfo)
    return import_module("storefront").create_app(script.data.get("settings"))


class OwnCommands(FlaskGroup):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Without the app, so that help is there before any setting is."""
        return sorted(self.commands)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """None for a name that is mistyped, whatever is set."""
        return self.commands.get(name)


@click.group(cls=OwnCommands, create_app=_make_app, add_default_commands=False)
def group() -> None:
    """Run and look after the shop."""


@group.command()
@with_appcontext
def init() -> None:
    """Migrate the database, and lay down an empty, closed shop where there is none."""
    click.echo("Laid down an empty, closed shop." if _lay_down() else "The shop has data: kept.")
    click.echo("Next: storefront admin create, then storefront serve.")


def _lay_down() -> bool:
    from flask import current_app

    from storefront.app import empty_shop
    from storefront.core import migrate

    migrate.migrate()
    return empty_shop.lay_down(current_app.config["SETTINGS"].host)


def _refuse_in_production(words: str) -> None:
    from flask import current_app

    if current_app.config["SETTINGS"].is_production:
        raise click.ClickException(words)


@group.command()
@click.option("--history", is_flag=True, help="A year of made-up orders, too.")
@click.option("--days", default=365, show_default=True, help="How far back they go.")
@with_appcontext
def seed(history: bool, days: int) -> None:
    """Migrate the database, and write the demo shop into an empty one."""
    from storefront.core import migrate

    _refuse_in_production("the demo shop is not for production. Run storefront init instead.")
    from storefront.sandbox import seeding

    migrate.migrate()
    click.echo("Seeded the demo shop." if seeding.seed_if_empty() else "The shop has data: kept.")
    if history:
        _write_history(days)


def _write_history(days: int) -> None:
    from storefront.core.extensions import transaction
    from storefront.sandbox import history

    if not history.is_wanted():
        raise click.ClickException("there are orders already. Run storefront reset first.")
    with transaction():
        history.write(days)
    click.echo(f"Wrote {days} days of made-up orders.")


@group.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def reset(yes: bool) -> None:
    """Make the demo shop new again: every order and cart is gone."""
    _refuse_in_production("production is never reset. Restore a backup instead.")
    from storefront.sandbox import demo

    if not yes:
        click.confirm("This deletes every order of the demo shop. Go on?", abort=True)
    demo.reset()
    click.echo("The demo shop is as new.")


@group.command()
@with_appcontext
def doctor() -> None:
    """Check settings, database and worker; say what to do about each fault."""
    from storefront.app.doctor import advise, examine

    faults, advice = examine(), advise()
    for line in [*faults, *advice]:
        click.echo(line, err=True)
    if faults:
        sys.exit(1)
    if not advice:
        click.echo("All is well.")


parent = click.option(
    "--parent", type=int, metavar="PID", help="End when this process, which starts it, is gone."
)


@group.command()
@parent
@with_appcontext
def worker(parent: int | None) -> None:
    """Send what the outbox holds, until told to stop."""
    from flask import current_app

    from storefront.app import readiness
    from storefront.core import process
    from storefront.worker import loop

    process.keep_little_memory()
    if parent:
        process.end_with(parent)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    readiness.require(app)
    loop.work(app)


@group.command()
@click.option("--workers", default=2, show_default=True, help="Web processes.")
@parent
@with_appcontext
def serve(workers: int, parent: int | None) -> None:
    """Serve the shop and its worker in the foreground; Ctrl-C ends both."""
    from flask import current_app

    from storefront.app import readiness
    from storefront.app.serve import addresses, port_fault, run
    from storefront.config.settings import stop
    from storefront.core import migrate, process
    from storefront.core.extensions import db

    settings = current_app.config["SETTINGS"]
    if parent:
        process.end_with(parent)
    if fault := port_fault(settings):
        stop([fault])
    if settings.is_production:
        _lay_down()
        readiness.require(current_app)  # before a process is started that would only say the same
    else:
        from storefront.sandbox import seeding

        migrate.migrate()
        seeding.seed_if_empty(seeding.YEAR if settings.storefront_env == "demo" else 0)
    for line in addresses(settings):
        click.echo(line)
    db.session.remove()  # a view kept open here would keep SQLite's log growing for ever
    run(current_app._get_current_object(), workers)  # type: ignore[attr-defined]


@group.command()
@with_appcontext
def routes() -> None:
    """List every address of the shop."""
    from flask import current_app

    rules = sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule)
    for rule in rules:
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        click.echo(f"{methods:10} {rule.rule:45} {rule.endpoint}")


@group.command()
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Into this file.")
@with_appcontext
def contract(write: Path | None) -> None:
    """What other people's programs may rely on, as docs/contract.md has it."""
    from flask import current_app

    _refuse_in_production("the contract tells of a test shop: set STOREFRONT_ENV=demo.")
    from storefront.sandbox.contract import document, markdown

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    text = markdown.text(document.document(app))
    if write is None:
        click.echo(text, nl=False)
    else:
        write.write_text(text, encoding="utf-8")
        click.echo(f"Wrote {write}.")


@group.command(with_appcontext=False)
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False), help="Folder.")
@click.option("--url", help="A test shop that is running; without it a new one is served.")
@click.option("--only", multiple=True, metavar="SLUG", help="States whose slug begins so.")
@click.option("--state", "states", multiple=True, metavar="SLUG", help="This state.")
@click.option("--changed", is_flag=True, help="Only what does not look as it does in the folder.")
@click.option("--size", "sizes", multiple=True, type=click.Choice(["390", "320", "1280"]))
@click.option("--lang", "languages", multiple=True, type=click.Choice(["ja", "en"]))
@click.option("--theme", "themes", multiple=True, type=click.Choice(["light", "dark"]))
@click.option("--chromium", envvar="CHROMIUM", help="The browser, where it is not on the PATH.")
@click.option(
    "--compare",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of earlier photographs; ends with 1 where one is not as it was.",
)
def screenshots(
    folder: str,
    url: str | None,
    only: tuple[str, ...],
    states: tuple[str, ...],
    changed: bool,
    sizes: tuple[str, ...],
    languages: tuple[str, ...],
    themes: tuple[str, ...],
    chromium: str | None,
    compare: Path | None,
) -> None:
    """Photograph every screen in every state; options given twice mean both."""
    try:
        from storefront.gallery import comparison
        from storefront.gallery import screenshots as gallery
    except ModuleNotFoundError as missing:
        raise click.ClickException(f"Run: pip install {missing.name}") from missing
    wanted = gallery.choose(only, sizes, languages, themes, states)
    if unknown := wanted.unknown(only, states):
        raise click.BadParameter(f"no such state: {' or '.join(unknown)}")
    if changed and url:
        raise click.BadParameter("a shop that is served elsewhere is photographed as a whole")
    taken = gallery.take(wanted, Path(folder), url, chromium, click.echo, changed)
    click.echo(f"{len(taken)} photographs, all on {Path(folder) / 'index.html'}")
    if compare is None:
        return
    try:
        found = comparison.compare(taken, wanted, compare, Path(folder))
    except comparison.NothingToCompare as nothing:
        raise click.BadParameter(str(nothing), param_hint="--compare") from nothing
    click.echo("\n".join([*found.lines, f"Side by side: {Path(folder) / comparison.SHEET}"]))
    sys.exit(bool(found.lines))


orders.add_command(close)
for command in (admin, fees, keys, kuroneko_simulator, orders, privacy, test_shop, theme, yamato):
    group.add_command(command)


def main() -> None:
    """Exit 0 when done, 1 when it could not be done, 2 when called wrongly."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        group()
    except SQLAlchemyError as error:
        kind = type(error).__name__
        click.echo(f"storefront: the database cannot be used ({kind}): storefront doctor", err=True)
        sys.exit(1)
