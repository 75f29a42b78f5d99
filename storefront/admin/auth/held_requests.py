"""Forms that were sent without a fresh proof of identity: kept encrypted until the person has given
one."""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from flask import request

from storefront.admin.auth.models import HeldRequest
from storefront.core import clock
from storefront.core.extensions import data_vault, db, transaction
from storefront.privacy.erasure import Gone

LASTS = timedelta(hours=24)
MOST = 20  # of one person
LARGEST = 40 * 1024 * 1024  # bytes of a form with files, which are read past and not kept
SECRETS = {"password", "again", "code"}  # are typed anew
UNTOLD = {"csrf_token", "held", *SECRETS}


@dataclass(frozen=True)
class Held:
    """A form that was sent without a fresh proof, kept for its person.

    path and query are those of the request without the language; files and secrets are left out.
    """

    token: str
    path: str
    query: str
    fields: list[tuple[str, str]]
    had_files: bool
    had_secrets: bool

    @property
    def is_all_there(self) -> bool:
        """Whether nothing was left out of it, so that it can be sent as it is."""
        return not self.had_files and not self.had_secrets


def keep(person_id: int) -> str:
    """Keep the request's form for one person, encrypted; returns the token of its address."""
    request.max_content_length = LARGEST
    typed = list(request.form.items(multi=True))
    content = {
        "path": request.path,
        "query": request.query_string.decode(),
        "fields": [(name, value) for name, value in typed if name not in UNTOLD],
        "had_files": any(one.filename for one in request.files.values()),
        "had_secrets": any(name in SECRETS and value for name, value in typed),
    }
    token = secrets.token_urlsafe(18)
    sealed = data_vault().seal(json.dumps(content), _bound(token, person_id))
    with transaction():
        _make_room(person_id)
        row = HeldRequest(token=token, person_id=person_id, sealed=sealed, made_at=clock.now())
        db.session.add(row)
    return token


def find(token: str, person_id: int) -> Held | None:
    """The kept form; None where it is another person's, done, or older than a day."""
    mine = (HeldRequest.token == token) & (HeldRequest.person_id == person_id)
    row = db.session.scalar(sa.select(HeldRequest).where(mine, _is_fresh()))
    return _opened(row) if row else None


def waiting(person_id: int) -> list[Held]:
    """A person's kept forms, the newest first."""
    mine = sa.select(HeldRequest).where(HeldRequest.person_id == person_id, _is_fresh())
    rows = db.session.scalars(mine.order_by(HeldRequest.made_at.desc()))
    return [held for held in map(_opened, rows) if held]


def forget(token: str, person_id: int) -> None:
    """Delete a kept form after it was done."""
    mine = (HeldRequest.token == token) & (HeldRequest.person_id == person_id)
    with transaction():
        db.session.execute(sa.delete(HeldRequest).where(mine))


def purge() -> None:
    """Delete forms that are too old, inside the caller's transaction."""
    db.session.execute(sa.delete(HeldRequest).where(~_is_fresh()))


def erase(gone: Gone) -> int:
    """Delete forms that name an erased person; the caller's transaction. Returns how many."""
    if gone.person is None:
        return 0
    kept = [(row, _opened(row)) for row in db.session.scalars(sa.select(HeldRequest))]
    names = gone.person.is_named_in
    found = [row.token for row, one in kept if one and names(f"{one.query} {one.fields}")]
    db.session.execute(sa.delete(HeldRequest).where(HeldRequest.token.in_(found)))
    return len(found)


def _make_room(person_id: int) -> None:
    """Delete a person's oldest forms, so that nobody fills the database."""
    mine = sa.select(HeldRequest.token).where(HeldRequest.person_id == person_id)
    old = db.session.scalars(mine.order_by(HeldRequest.made_at.desc()).offset(MOST - 1)).all()
    db.session.execute(sa.delete(HeldRequest).where(HeldRequest.token.in_(old)))


def _opened(row: HeldRequest) -> Held | None:
    try:
        content = json.loads(data_vault().open(row.sealed, _bound(row.token, row.person_id)))
    except InvalidTag:  # sealed under a key that is gone
        return None
    content["fields"] = [(name, value) for name, value in content["fields"]]
    return Held(row.token, **content)


def _bound(token: str, person_id: int) -> str:
    return f"held|{person_id}|{token}"


def _is_fresh() -> sa.ColumnElement[bool]:
    return HeldRequest.made_at > clock.now() - LASTS
