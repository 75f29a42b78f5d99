"""Changing keys: sealing anew what a former key sealed, and what still needs that key."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from storefront.encryption import Vault
from storefront.extensions import Base, Sealed, data_vault, db, transaction
from storefront.verification.challenges import bound
from storefront.verification.limits import code_vault
from storefront.verification.models import Challenge

AT_ONCE = 200  # rows in one transaction, so that nobody waits for it


def reseal() -> int:
    """Seal anew, under the current DATA_KEY, what a former one sealed: the number of values.

    Each value is written only where it is still what was read, so that work under way loses
    nothing; after a sudden end it goes on where it was.
    """
    return sum(_reseal(column) for column in _sealed_columns())


def reseal_codes() -> int:
    """The same for the codes of texts under way and CODE_KEY."""
    sealed = sa.select(Challenge).where(Challenge.sealed_code.is_not(None))
    challenges = [one for one in db.session.scalars(sealed) if not _is_current(one)]
    for challenge in challenges:
        former = challenge.sealed_code or b""
        vault, place = code_vault(), bound(challenge)
        anew = vault.seal(vault.open(former, place), place)
        same = (Challenge.id == challenge.id) & (Challenge.sealed_code == former)
        with transaction():
            db.session.execute(sa.update(Challenge).where(same).values(sealed_code=anew))
    return len(challenges)


def _is_current(challenge: Challenge) -> bool:
    return code_vault().is_current(challenge.sealed_code or b"")


def _sealed_columns() -> Iterator[sa.Column[Any]]:
    tables = Base.metadata.sorted_tables
    return (column for table in tables for column in table.c if isinstance(column.type, Sealed))


def _reseal(column: sa.Column[Any]) -> int:
    (key,) = column.table.primary_key
    raw = sa.type_coerce(column, sa.LargeBinary)
    vault = data_vault()
    is_former = sa.func.substr(raw, 1, len(vault.head)) != vault.head
    keys = list(db.session.scalars(sa.select(key).where(column.is_not(None), is_former)))
    for start in range(0, len(keys), AT_ONCE):
        with transaction():
            some = sa.select(key, raw).where(key.in_(keys[start : start + AT_ONCE]))
            for row_key, former in db.session.execute(some.with_for_update()).all():
                _write(column, row_key, _anew(vault, former))
    return len(keys)


def _anew(vault: Vault, former: bytes) -> bytes:
    return former if vault.is_current(former) else vault.seal(vault.open(former))


def _write(column: sa.Column[Any], row_key: Any, sealed: bytes) -> None:
    (key,) = column.table.primary_key
    raw = sa.literal(sealed, sa.LargeBinary)
    db.session.execute(sa.update(column.table).where(key == row_key).values({column: raw}))
