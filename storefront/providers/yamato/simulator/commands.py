"""storefront kuroneko-simulator: Yamato's side of the protocol, alone, for any client."""

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import click
from flask import Flask
from flask.cli import ScriptInfo

from storefront.config import settings

Check = Callable[[click.Context, click.Parameter, str], str]


def _is(pattern: str, words: str) -> Check:
    def check(_context: click.Context, _option: click.Parameter, given: str) -> str:
        if not re.fullmatch(pattern, given, re.ASCII):
            raise click.BadParameter(words)
        return given

    return check


@click.command("kuroneko-simulator")
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8021,
    show_default=True,
    help="Where to listen, on 127.0.0.1.",
)
@click.option(
    "--merchant",
    callback=_is(r"\d{11}", "a merchant code has 11 digits."),
    default="12345678901",
    show_default=True,
    help="The merchant code.",
)
@click.option(
    "--password",
    callback=_is("[0-9A-Za-z]{8}", "a password has 8 letters or digits."),
    default="yamato01",
    show_default=True,
    help="Its password.",
)
@click.pass_context
def kuroneko_simulator(ctx: click.Context, port: int, merchant: str, password: str) -> None:
    """Serve the nine APIs of クロネコ代金後払いサービス until Ctrl-C.

    Any client may speak to it: post forms to the printed address, as to Yamato's own. Without
    STOREFRONT_ENV it needs no setting and its records end with it. With STOREFRONT_ENV=demo it
    keeps them in that shop's database (STOREFRONT_INSTANCE, DATABASE_URL), so that the shop's
    /sandbox shows its texts and plays its events. A shop uses it by KURONEKO_BASE_URL. The numbers
    090-0000-NNNN choose what happens; the sandbox's control panel lists them.
    """
    with _shop(ctx) as app:
        _serve(app, port, merchant, password)


@contextmanager
def _shop(ctx: click.Context) -> Iterator[Flask]:
    """The shop of the settings, or one of its own in a folder that goes with it."""
    with TemporaryDirectory() as folder:
        script = ctx.ensure_object(ScriptInfo)
        if not settings.names_a_shop():
            own = settings.OwnSettings(storefront_env="demo", instance=Path(folder))
            script.data["settings"] = own
        app = script.load_app()
        with app.app_context():
            yield app


def _serve(app: Flask, port: int, merchant: str, password: str) -> None:
    from storefront.core import migrate
    from storefront.providers.yamato.simulator.server import Simulator
    from storefront.providers.yamato.simulator.standalone import serve
    from storefront.providers.yamato.simulator.terms import Terms

    shop = app.config["SETTINGS"]
    if shop.is_production:
        raise click.ClickException("production has a real Yamato: set STOREFRONT_ENV=demo.")
    migrate.migrate()
    terms = Terms(
        merchant,
        password,
        "さくら商店",
        shop.host,
        _printed_and(app.extensions["yamato_text"]),
        lenient=shop.limits == "relaxed",
    )

    def tell(url: str) -> None:
        click.echo(f"Address   {url}\nMerchant  {merchant}\nPassword  {password}")

    for number in (signal.SIGTERM, signal.SIGINT):  # whatever a shell in the background ignores
        signal.signal(number, _stop)
    try:
        with suppress(KeyboardInterrupt):
            serve(Simulator(app, terms), port, tell)
    except SystemExit as error:  # werkzeug has said on stderr why it cannot listen
        raise click.ClickException(f"--port {port}: choose another.") from error
    click.echo("Stopped.")


def _printed_and(take: Callable[[str, str, int], object]) -> Callable[[str, str, int], object]:
    """Beside the sandbox's phone, on the terminal; nothing here is a real person's."""

    def text(number: str, words: str, seconds: int) -> None:
        take(number, words, seconds)
        click.echo(f"SMS {number}: {words}")

    return text


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
