"""storefront yamato: registering the contract with Yamato, until there is a page for it."""

import re
from typing import Any

import click
from flask.cli import with_appcontext

from storefront.extensions import db, transaction
from storefront.kuroneko.connections import connection
from storefront.payments.models import YamatoConnection

CODE, PASSWORD = re.compile(r"[0-9]{11}"), re.compile(r"[0-9A-Za-z]{8}")


@click.command()
@click.option("--merchant", help="加盟店コード: 11 digits.")
@click.option("--ship-days", type=click.IntRange(0, 90), help="Days until a parcel goes.")
@click.option("--smartphone/--no-smartphone", default=None, help="The smartphone option.")
@click.option("--bundled/--no-bundled", default=None, help="Payslips go with the goods.")
@click.option("--other-carrier/--no-other-carrier", default=None, help="Other carriers ship too.")
@with_appcontext
def yamato(
    merchant: str | None,
    ship_days: int | None,
    smartphone: bool | None,
    bundled: bool | None,
    other_carrier: bool | None,
) -> None:
    """Register or show the shop's contract with Yamato; the password is asked for, never shown."""
    changes = {
        "ship_days": ship_days,
        "smartphone": smartphone,
        "bundled": bundled,
        "other_carrier": other_carrier,
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
    password = click.prompt("Password", hide_input=True)
    if not CODE.fullmatch(merchant) or not PASSWORD.fullmatch(password):
        raise click.BadParameter("the code is 11 digits, the password 8 letters or digits")
    found = connection()
    with transaction():
        known = found or YamatoConnection(merchant_code=merchant, password=password)
        known.merchant_code, known.password = merchant, password
        db.session.add(known)
    return known


def _change(known: YamatoConnection, changes: dict[str, Any]) -> None:
    with transaction():
        for name, value in changes.items():
            setattr(known, name, value)
