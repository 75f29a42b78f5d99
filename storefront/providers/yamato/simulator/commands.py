"""storefront kuroneko-simulator: Yamato's side of the protocol, alone, for any client."""

import re
import signal
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

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
@with_appcontext
def kuroneko_simulator(port: int, merchant: str, password: str) -> None:
    """Serve the nine APIs of クロネコ代金後払いサービス until Ctrl-C.

    Any client may speak to it: post forms to the printed address, as to Yamato's own. It keeps its
    records in this shop's database (STOREFRONT_INSTANCE, DATABASE_URL), so that this shop's
    /sandbox shows its texts and plays its events. A shop uses it by KURONEKO_BASE_URL. The numbers
    090-0000-NNNN choose what happens; the sandbox's control panel lists them.
    """
    from storefront.core import migrate
    from storefront.providers.yamato.simulator.server import Simulator
    from storefront.providers.yamato.simulator.standalone import serve
    from storefront.providers.yamato.simulator.terms import Terms

    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings = app.config["SETTINGS"]
    if settings.is_production:
        raise click.ClickException("production has a real Yamato: set STOREFRONT_ENV=demo.")
    migrate.migrate()
    terms = Terms(
        merchant,
        password,
        "さくら商店",
        settings.host,
        _printed_and(app.extensions["yamato_text"]),
        lenient=settings.limits == "relaxed",
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
