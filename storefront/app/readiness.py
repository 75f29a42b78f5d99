"""Whether a production shop may start with the data it has.

A start is refused only for what the environment or a command can mend; what the owner has to mend
on a page closes the shop instead.
"""

import sys
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from storefront.checkout.legal import demo_leftovers, shop_opening
from storefront.core.extensions import Base, Sealed, db
from storefront.providers.yamato.account import account
from storefront.shop import profile


def require(app: Flask) -> None:
    """End a production process with a line for each refusal; close a shop that holds leftovers.

    Without a database that answers there is nothing to be judged: its pages will say so.
    """
    if not app.config["SETTINGS"].is_production:
        return
    with app.app_context():
        try:
            refused, closed = refusals(), _close_for_leftovers()
        except SQLAlchemyError:
            refused, closed = [], []
        db.session.remove()
    for line in (*refused, *(f"the shop is closed: {one}" for one in closed)):
        sys.stderr.write(f"storefront: {line}\n")
    if refused:
        raise SystemExit(1)


def refusals() -> list[str]:
    """Why a production start is refused: one line each, which says what to do."""
    return [*_of_data_key(), *_of_yamato()]


def _of_data_key() -> list[str]:
    for column in _sealed_columns():
        if not _opens(column):
            table = column.table.name
            return [f"DATA_KEY: does not open what is stored in {table}; give the key of that data"]
    return []


def _of_yamato() -> list[str]:
    settings = current_app.config["SETTINGS"]
    if not settings.asks_yamatos_test_host or not account.is_live():
        return []
    mended = "unset it, or run storefront yamato --test"
    return [f"KURONEKO_BASE_URL: is Yamato's test host, but the connection is live; {mended}"]


def _sealed_columns() -> Iterator[sa.Column[Any]]:
    for table in Base.metadata.sorted_tables:
        yield from (column for column in table.columns if isinstance(column.type, Sealed))


def _opens(column: sa.Column[Any]) -> bool:
    """Whether the oldest and the newest value open: a changed key shows in one of them."""
    keys = column.table.primary_key.columns
    some = sa.select(column).where(column.is_not(None)).limit(1)
    try:
        for order in (keys, [key.desc() for key in keys]):
            db.session.execute(some.order_by(*order)).all()
    except InvalidTag:
        return False
    return True


def _close_for_leftovers() -> list[demo_leftovers.Leftover]:
    found = demo_leftovers.found()
    if found and profile.shop().is_open:
        shop_opening.close_shop()
    return found
