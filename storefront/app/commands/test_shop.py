"""storefront test-shop: a shop for one test run, as new, and gone without a trace."""

import gc
import sys

import click


@click.command("test-shop")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    show_default=True,
    help="Where to listen, on 127.0.0.1; 0 is any port that is free.",
)
@click.option("--json", "as_json", is_flag=True, help='Print one line {"url", "pid"} for programs.')
@click.option(
    "--own-codes", is_flag=True, help="The shop's own codes prove a phone, not Yamato's simulator."
)
def test_shop(port: int, as_json: bool, own_codes: bool) -> None:
    """Serve a demo shop as new in one process, worker and simulator included.

    It has a database of its own, takes no setting from the environment, and is gone without a trace
    when stdin is closed by whoever holds it, or with Ctrl-C or SIGTERM. Its log goes to stderr.
    """
    gc.disable()  # until it is up: what is loaded stays, and is no rubbish
    from storefront.testing import serve  # never loaded where real shoppers are

    out = sys.stdout  # which the log leaves alone

    def tell(url: str) -> None:
        gc.freeze()
        gc.enable()
        click.echo(serve.told(url, as_json), file=out)

    serve.run(port, own_codes, tell)
