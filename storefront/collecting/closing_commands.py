"""storefront orders close: ending an order of a contract that is no longer the shop's."""

import click
from flask.cli import with_appcontext

from storefront.collecting.commands import _do, _find


@click.command()
@click.argument("number")
@with_appcontext
def close(number: str) -> None:
    """Say that the money came for an order of a contract that is no longer the shop's."""
    from storefront.orders import closing

    order = _find(number)
    _do(number, lambda: closing.close(order))
    click.echo(f"{number} is paid.")
