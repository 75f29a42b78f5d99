"""storefront yamato: registering the contract with Yamato from a shell."""

import re
from typing import Any

import click
from flask.cli import with_appcontext

from storefront.core.extensions import db, transaction
from storefront.payments import demo_leftovers
from storefront.payments.models import YamatoConnection
from storefront.payments.publishing import METHODS
from storefront.providers.yamato.account.account import Hindrance, NotLive, connection, set_live

CODE, PASSWORD = re.compile(r"[0-9]{11}"), re.compile(r"[0-9A-Za-z]{8}")


@click.command()
@click.option("--merchant", help="加盟店コード: 11 digits.")
@click.option("--ship-days", type=click.IntRange(0, 90), help="Days until a parcel goes.")
@click.option("--smartphone/--no-smartphone", default=None, help="The smartphone option.")
@click.option("--bundled/--no-bundled", default=None, help="Payslips go with the goods.")
@click.option("--other-carrier/--no-other-carrier", default=None, help="Other carriers ship too.")
@click.option("--live/--test", default=None, help="Real bills, or Yamato's test host.")
@with_appcontext
def yamato(
    merchant: str | None,
    ship_days: int | None,
    smartphone: bool | None,
    bundled: bool | None,
    other_carrier: bool | None,
    live: bool | None,
) -> None:
    """Register or show the shop's contract with Yamato; the password is asked for, never shown."""
    changes = {
        "ship_days": ship_days,
        "smartphone": smartphone,
        "bundled": bundled,
        "other_carrier": other_carrier,
        "live": live,
    }
    known = _register(merchant) if merchant else _known()
    _change(known, {name: value for name, value in changes.items() if value is not None})
    click.echo(f"Merchant  {known.merchant_code}")
    for name in changes:
        click.echo(f"{name:14}{getattr(known, name)}")


def _known() -> YamatoConnection:
    found = connection()
    if found is None:
        raise click.ClickException("no contract is registered. Give --merchant and its code.")
    return found


def _register(merchant: str) -> YamatoConnection:
    if demo_leftovers.is_demo_code(merchant):
        raise click.BadParameter("that is the demo's code. Give the one that Yamato has sent you")
    password = click.prompt("Password", hide_input=True)
    if not CODE.fullmatch(merchant) or not PASSWORD.fullmatch(password):
        raise click.BadParameter("the code is 11 digits, the password 8 letters or digits")
    with transaction(of=METHODS):
        known = connection() or YamatoConnection(merchant_code=merchant, password=password)
        known.merchant_code, known.password = merchant, password
        db.session.add(known)
    return known


def _change(known: YamatoConnection, changes: dict[str, Any]) -> None:
    if (is_live := changes.pop("live", None)) is not None:
        _set_live(is_live)
    with transaction():
        for name, value in changes.items():
            setattr(known, name, value)


WHY = {
    Hindrance.COLLECTED_BY_SHOP: "the shop collects for a Kuroneko method, and Yamato would too: "
    "let Yamato collect, on the page of the payment method",
    Hindrance.TEST_HOST: "KURONEKO_BASE_URL names Yamato's test host: unset it first",
    Hindrance.DEMO_CONTRACT: "the demo's merchant code is registered: give --merchant first",
}


def _set_live(is_live: bool) -> None:
    try:
        set_live(is_live)
    except NotLive as hindered:
        raise click.ClickException(WHY[hindered.why]) from hindered
