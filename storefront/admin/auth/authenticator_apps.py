"""The secret that a new app is shown, until the app has proven that it knows it."""

from cryptography.exceptions import InvalidTag
from flask import session

from storefront.admin.auth import second_factor
from storefront.admin.auth.models import Person
from storefront.core.extensions import data_vault

OFFERED = "new_app"  # in the signed cookie, sealed


def offered_secret(person: Person) -> str:
    """The secret that a new app is shown; kept in the session.

    A second look at the page, or another tab, shows the same.
    """
    sealed = session.get(OFFERED, "")
    try:
        return data_vault().open(bytes.fromhex(sealed), str(person.id))
    except (InvalidTag, ValueError):
        secret = second_factor.new_secret()
        session[OFFERED] = data_vault().seal(secret, str(person.id)).hex()
        return secret


def keep(person: Person, code: str, is_first: bool = False) -> bool:
    """Make the offered secret the person's own, once a code proves that the app has it; False for a
    wrong code."""
    kept = second_factor.keep_secret(person, offered_secret(person), code, is_first)
    if kept:
        session.pop(OFFERED, None)
    return kept
