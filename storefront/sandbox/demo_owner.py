"""The owner of the demo shop, whose password and secret are published so that anybody can sign in
there."""

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from storefront.admin.auth import passwords, second_factor
from storefront.admin.auth.models import OWNER, Person
from storefront.core.extensions import db
from storefront.core.published_values import PASSWORD, SECRET

EMAIL, NAME = "owner@sakura.example", "さくら 花子"
HASH = (  # the same for every demo shop
    "$argon2id$v=19$m=19456,t=2,p=1$X085A/oJ7VY2eGrMeJ3qyQ$Wuix6905aY6EpIRc7BTADF6SfiG/lvJCV3SNVhBXNqE"
)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Way:
    """How to sign in: mail address, password, and the authenticator's code of this half minute by
    the shop's clock."""

    email: str
    password: str
    code: str


def seed() -> None:
    """Write the owner, inside the caller's transaction."""
    db.session.add(
        Person(
            email=EMAIL,
            name=NAME,
            role=OWNER,
            password_hash=HASH,
            totp_secret=SECRET,
            created_at=SINCE,
        )
    )


def way_in() -> Way | None:
    """How to sign in; None once the owner has changed password or second factor."""
    person = db.session.scalar(sa.select(Person).where(Person.email == EMAIL))
    if person is None or person.totp_secret != SECRET:
        return None
    if not passwords.is_right(PASSWORD, person.password_hash):
        return None
    return Way(EMAIL, PASSWORD, second_factor.code_now(SECRET))
