"""Everything that a shop's database holds, opened: what is sealed too, and what was held."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag

from storefront.admin.auth.models import HeldRequest, Person
from storefront.core import phones
from storefront.core.extensions import Base, data_vault, db
from storefront.privacy import person as persons
from storefront.privacy.person import Person as Asker


def everything() -> Iterator[str]:
    """Each cell as text, after its table and column; the shop's own people are left out."""
    db.session.rollback()
    for table in Base.metadata.sorted_tables:
        if table is not Person.__table__:
            for row in db.session.execute(sa.select(table)).mappings():
                yield from (f"{table}.{name}: {_told(cell)}" for name, cell in row.items())
    for held in db.session.scalars(sa.select(HeldRequest)):
        bound = f"held|{held.person_id}|{held.token}"
        yield f"held: {json.loads(data_vault().open(held.sealed, bound))}"


def _told(cell: object) -> str:
    if not isinstance(cell, bytes):
        return f"{cell}"
    try:
        return data_vault().open(cell)
    except InvalidTag:
        return cell.decode("latin-1")


def found(*told: str, requester: Asker | None = None) -> list[str]:
    """Where any of these words still stands, or a digest of the requester's."""
    words = {*told, *(_of(requester) if requester else ())}
    return [cell for cell in everything() if any(word in cell for word in words)]


def _of(requester: Asker) -> set[str]:
    marks = {
        *persons.search_digests(requester),
        *persons.phone_digests(requester),
        *persons.limit_digests(requester),
    }
    spelt = {requester.phone, phones.formatted(requester.phone), phones.e164(requester.phone)}
    return {*marks, *spelt, requester.email}
