"""storefront keys: after a key was changed, the work that lets the former one go."""

from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from storefront.app.key_rotation import Need


@click.group()
def keys() -> None:
    """Change SECRET_KEY, CODE_KEY and DATA_KEY without losing anything."""


@keys.command()
@with_appcontext
def rotate() -> None:
    """Seal everything anew under today's keys; say which former key may go, and when.

    The shop may serve meanwhile. Ended half-way, it goes on where it was when called again.
    """
    from cryptography.exceptions import InvalidTag

    from storefront.admin.auth import audit
    from storefront.app import key_rotation
    from storefront.orders.queries import search_index

    try:
        sealed = key_rotation.reseal() + key_rotation.reseal_codes()
    except InvalidTag as unknown:
        words = "some data is sealed under a key that is in neither DATA_KEY nor its _FALLBACKS"
        raise click.ClickException(f"{words}. Put that key back, and call this again.") from unknown
    click.echo(f"Sealed anew: {sealed}. Made searchable anew: {search_index.remake()} orders.")
    if audit.first_broken() is not None:
        words = (
            "the audit log is not whole, so no former key may go. See storefront admin check-log"
        )
        raise click.ClickException(words)
    if audit.close_book():
        click.echo("The audit log goes on under today's key; all before it is proven.")
    _tell(key_rotation.needs())


def _tell(needs: "list[Need]") -> None:
    for need in needs:
        until = f", until {need.until:%Y-%m-%d %H:%M} UTC" if need.until else ""
        click.echo(f"{need.setting} is still needed for {need.what}{until}.")
    named = {need.setting for need in needs}
    for setting in ("SECRET_KEY_FALLBACKS", "CODE_KEY_FALLBACKS", "DATA_KEY_FALLBACKS"):
        if setting not in named:
            click.echo(f"{setting} may be empty.")
