"""Somebody who looks after the shop, signed in without going through the screens."""

import secrets

from flask import Flask

from storefront.admin.auth import sessions
from storefront.admin.auth.models import OWNER, STAFF, AdminSession, Person
from storefront.core import clock
from storefront.core.extensions import db, transaction

PASSWORD_HASH = "none: nobody signs in with it"


def a_person(role: str = OWNER, **changes: object) -> Person:
    """With a second factor, so that the gate lets them on."""
    name = secrets.token_hex(4)
    given = {
        "email": f"{name}@sakura.example",
        "name": f"担当 {name}",
        "role": role,
        "password_hash": PASSWORD_HASH,
        "totp_secret": "A" * 32,
        "created_at": clock.now(),
        **changes,
    }
    person = Person(**given)
    with transaction():
        db.session.add(person)
    return person


def cookie_of(app: Flask, person: Person, **changes: object) -> tuple[str, str]:
    """Name and value of the cookie of a browser that has just proven who it is."""
    token, now = secrets.token_urlsafe(32), clock.now()
    given = {"is_whole": True, "began_at": now, "seen_at": now, "proven_at": now, **changes}
    with transaction():
        db.session.add(AdminSession(digest=sessions._digest(token), person_id=person.id, **given))
    with app.test_request_context():
        return sessions.COOKIE._full_name, sessions.COOKIE._signer.sign(token).decode()


__all__ = ["OWNER", "STAFF", "a_person", "cookie_of"]
