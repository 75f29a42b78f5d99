"""storefront privacy: what the shop knows of a person goes."""

from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from storefront.privacy.erasure_requests import Found

WHY = {
    "money": "money is still to be paid or given back.",
    "goods": "it has not arrived yet.",
    "refund": "money is still to be sent back; once it is, note that on the order's page.",
}


@click.group()
def privacy() -> None:
    """Erase personal data."""


@privacy.command()
@click.option("--email", prompt="E-mail address (empty: none)", default="", show_default=False)
@click.option("--phone", prompt="Phone (empty: none)", default="", show_default=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def erase(email: str, phone: str, yes: bool) -> None:
    """Erase one person, told by e-mail address, phone or both; asked for when left out, so that
    no history of the shell names anybody."""
    from storefront.admin.auth import audit
    from storefront.privacy import erasure_requests, person

    try:
        one = person.read(email, phone)
    except person.Nobody:
        raise click.BadParameter("give an e-mail address or a phone of Japan.") from None
    found = erasure_requests.look_up(one)
    if not yes and not found.is_nothing:
        _tell("To be erased", found)
        click.confirm("This cannot be undone. Go on?", abort=True)
    done = erasure_requests.erase(one, audit.record_erasure)
    _tell("Erased", done)


def _tell(words: str, found: "Found") -> None:
    click.echo(f"{words}: {len(found.orders)} orders. {' '.join(found.orders)}".strip())
    for number, why in found.left.items():
        click.echo(f"Left: {number}: {WHY[why]}")
    if found.is_at_the_checkout:
        click.echo("Left: a checkout that is under way; it goes by itself within a day.")


@privacy.command()
@with_appcontext
def rewrite() -> None:
    """Write a large SQLite database anew, so that no freed page keeps what was erased; nobody can
    order meanwhile."""
    from storefront.privacy import freed_pages

    if not freed_pages.overwrite(is_patient=True):
        raise click.ClickException("somebody was using the database. Try again at a quiet hour.")
    click.echo("Nothing that was erased is left in the database's file.")
