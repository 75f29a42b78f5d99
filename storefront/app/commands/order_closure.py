"""storefront orders close: ending an order of a contract that is no longer the shop's."""

import click
from flask.cli import with_appcontext

from storefront.app.commands.orders import _do, _find


@click.command()
@click.argument("number")
@with_appcontext
def close(number: str) -> None:
    """Say that the money came for an order of a contract that is no longer the shop's."""
    from storefront.orders import closure

    order = _find(number)
    _do(number, lambda: closure.close(order))
    click.echo(f"{number} is paid.")
