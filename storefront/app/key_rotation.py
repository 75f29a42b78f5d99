"""Changing keys: sealing anew what a former key sealed, and what still needs that key."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from storefront.admin.auth.held_requests import LASTS
from storefront.admin.auth.models import HeldRequest, Person, RecoveryCode
from storefront.core.encryption import Vault
from storefront.core.extensions import Base, Sealed, data_vault, db, transaction
from storefront.verification import rate_limit_slots, rate_limits
from storefront.verification.challenges import bound
from storefront.verification.models import Challenge, LimitSlot
from storefront.verification.rate_limits import code_vault

SECRET, CODE, DATA = (f"{name}_KEY_FALLBACKS" for name in ("SECRET", "CODE", "DATA"))
AT_ONCE = 200  # rows in one transaction, so that nobody waits for it


def reseal() -> int:
    """Encrypt anew, under the current DATA_KEY, what a former key has encrypted.

    Returns the number of values. A value is written only while it is unchanged, so that the shop
    may serve meanwhile; called again after an interruption, it goes on.
    """
    return sum(_reseal(column) for column in _sealed_columns())


def reseal_codes() -> int:
    """The same for running codes and CODE_KEY."""
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
    row = sa.tuple_(*column.table.primary_key)
    raw = sa.type_coerce(column, sa.LargeBinary)
    head = data_vault().head
    is_former = sa.func.substr(raw, 1, len(head), type_=sa.LargeBinary) != head
    former = sa.select(*column.table.primary_key).where(column.is_not(None), is_former)
    rows = [tuple(one) for one in db.session.execute(former)]
    for start in range(0, len(rows), AT_ONCE):
        some = sa.select(raw, *column.table.primary_key)
        some = some.where(row.in_(rows[start : start + AT_ONCE])).with_for_update()
        with transaction():
            for sealed, *key in db.session.execute(some).all():
                _write(column, key, _anew(data_vault(), sealed))
    return len(rows)


def _anew(vault: Vault, sealed: bytes) -> bytes:
    return sealed if vault.is_current(sealed) else vault.seal(vault.open(sealed))


def _write(column: sa.Column[Any], key: Sequence[Any], sealed: bytes) -> None:
    columns = zip(column.table.primary_key, key, strict=True)
    mine = sa.and_(*(part == value for part, value in columns))
    raw = sa.literal(sealed, sa.LargeBinary)
    db.session.execute(sa.update(column.table).where(mine).values({column: raw}))


@dataclass(frozen=True)
class Need:
    """Why a former key must not be removed yet.

    until is the moment from which it may be; None: when the things named are used up or made anew.
    """

    setting: str
    what: str
    until: datetime | None = None


def needs() -> list[Need]:
    """Why former keys must not be removed yet; empty where all may be. Call after reseal."""
    return [*_codes(), *_data(), *_cookies()]


def _codes() -> list[Need]:
    """Caps and codes are forgotten within two days, except for orders that wait for money."""
    current = (code_vault().current.id, data_vault().current.id)  # sign-ins are counted there too
    former = _is_former(LimitSlot.subject, *current)
    waits = LimitSlot.scope.startswith(rate_limit_slots.LASTING)
    used = sa.select(sa.func.max(LimitSlot.used_at)).where(former, ~waits)
    coded = sa.select(sa.func.max(Challenge.created_at))
    coded = coded.where(_is_former(Challenge.phone_digest, code_vault().current.id))
    last = [moment for moment in map(db.session.scalar, (used, coded)) if moment]
    found = [Need(CODE, "what caps have counted", max(last) + rate_limits.KEPT)] if last else []
    if db.session.scalar(sa.select(sa.func.count()).where(former, waits)):
        found.append(Need(CODE, "orders that wait for their money"))
    return found


def _data() -> list[Need]:
    is_unspent = RecoveryCode.used_at.is_(None)
    former = _is_former(RecoveryCode.digest, data_vault().current.id)
    people = sa.select(Person.email).join(RecoveryCode, RecoveryCode.person_id == Person.id)
    people = people.where(is_unspent, former).distinct().order_by(Person.email)
    found = [Need(DATA, f"the recovery codes of {email}") for email in db.session.scalars(people)]
    head = data_vault().head
    held = sa.func.substr(HeldRequest.sealed, 1, len(head), type_=sa.LargeBinary) != head
    last = db.session.scalar(sa.select(sa.func.max(HeldRequest.made_at)).where(held))
    return [*found, Need(DATA, "what waits to be done", last + LASTS)] if last else found


def _cookies() -> list[Need]:
    """Nobody can count what browsers hold, so a former key is needed for a day."""
    has_former = current_app.config["SETTINGS"].former_keys("secret_key")
    return [Need(SECRET, "carts and sign-ins that are open: a day")] if has_former else []


def _is_former(column: Any, *current: str) -> sa.ColumnElement[bool]:
    return sa.func.substr(column, 1, len(current[0])).not_in(current)
