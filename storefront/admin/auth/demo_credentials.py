"""Whether somebody could come in by what this project publishes for its demo shop."""

from flask import current_app

from storefront.admin.auth import accounts, passwords
from storefront.admin.auth.models import Person
from storefront.core.published_values import PASSWORD, SECRET


def stands_open(person: Person) -> bool:
    """Whether a person has the demo owner's password or secret, which are published.

    Always False outside production. Costs as much as checking a password, so ask only after a right
    one.
    """
    if not current_app.config["SETTINGS"].is_production:
        return False
    return person.totp_secret == SECRET or passwords.is_right(PASSWORD, person.password_hash)


def standing_open() -> list[Person]:
    """People with access who have the demo owner's password or secret."""
    return [one for one in accounts.everybody() if one.left_at is None and stands_open(one)]
