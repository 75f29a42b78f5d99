"""storefront kuroneko-simulator: Yamato's side of the protocol, alone, for any client."""

import signal
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command("kuroneko-simulator")
@click.option("--port", default=8021, show_default=True, help="Where to listen, on 127.0.0.1.")
@click.option("--merchant", default="12345678901", show_default=True, help="The merchant code.")
@click.option("--password", default="yamato01", show_default=True, help="Its password.")
@with_appcontext
def kuroneko_simulator(port: int, merchant: str, password: str) -> None:
    """Serve the nine APIs of クロネコ代金後払いサービス until Ctrl-C; texts are printed here."""
    from storefront import migrating
    from storefront.kuroneko.simulator.server import PREFIX, Simulator
    from storefront.kuroneko.simulator.standalone import serve
    from storefront.kuroneko.simulator.terms import Terms

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    settings = app.config["SETTINGS"]
    if settings.is_production:
        raise click.ClickException("production has a real Yamato: set STOREFRONT_ENV=demo.")
    migrating.migrate()
    terms = Terms(merchant, password, "さくら商店", settings.host, _print)
    click.echo(f"API       http://127.0.0.1:{port}{PREFIX}KAARA0010APIAction_execute.action …")
    click.echo(f"Merchant  {merchant}")
    click.echo(f"Password  {password}")
    signal.signal(signal.SIGTERM, _stop)
    try:
        serve(Simulator(app, terms), port)  # which takes Ctrl-C for its end
    except OSError as error:
        raise click.ClickException(f"--port {port}: {error.strerror}. Choose another.") from error
    click.echo("Stopped.")


def _print(number: str, words: str, _seconds: int) -> None:
    """A stand-alone simulator has no phone but the terminal; nothing here is a real person's."""
    click.echo(f"SMS {number}: {words}")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
