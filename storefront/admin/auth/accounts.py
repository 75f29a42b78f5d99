"""Who looks after the shop: let in, given a password, and let go."""

import secrets

import sqlalchemy as sa

from storefront.admin.auth import passwords, sessions
from storefront.admin.auth.models import OWNER, Passkey, Person, RecoveryCode
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.core.japanese import without_honorific
from storefront.ports.mail import comparable


class EmailTaken(Exception):
    """Another person has this e-mail address: change that person's role instead."""


class LastOwner(Exception):
    """The change would leave the shop without an owner: make another person an owner first."""


def everybody() -> list[Person]:
    """Everybody who has or had access, those who left behind the others."""
    here_first = sa.select(Person).order_by(Person.left_at.is_not(None), Person.id)
    return list(db.session.scalars(here_first.options(sa.orm.selectinload(Person.passkeys))))


def by_email(email: str) -> Person | None:
    """The person with this e-mail address who has not left; None where there is none."""
    theirs = (Person.email == comparable(email)) & Person.left_at.is_(None)
    return db.session.scalar(sa.select(Person).where(theirs))


def let_in(email: str, name: str, role: str, password: str, is_new: bool = False) -> Person:
    """Give a person access, or again after leaving; raises EmailTaken.

    is_new says that somebody else chose the password, so that the person has to change it.
    """
    hashed = passwords.hash_of(password)
    email = comparable(email)
    with transaction(of=f"person {email}"):
        person = db.session.scalar(sa.select(Person).where(Person.email == email))
        if person is not None and person.left_at is None:
            raise EmailTaken
        if person is None:
            person = Person(email=email, created_at=clock.now())
            db.session.add(person)
        person.name, person.role, person.left_at = without_honorific(name), role, None
        person.password_hash, person.is_password_new = hashed, is_new
        person.totp_secret = None
    return person


def first_password() -> str:
    """A random password to hand over; its person has to change it at the first sign-in."""
    return "-".join(secrets.token_hex(3) for _ in range(4))


def set_password(person: Person, password: str, but: str = "") -> None:
    """Set a person's password and end the person's sessions.

    `but` is the digest of the one session that goes on.
    """
    hashed = passwords.hash_of(password)
    with transaction():
        mine = sa.update(Person).where(Person.id == person.id)
        db.session.execute(mine.values(password_hash=hashed, is_password_new=False))
        sessions.end_all_of(person.id, but)


def change_role(person: Person, role: str) -> None:
    """Change a person's role; raises LastOwner."""
    with transaction():
        _change(person, role=role)


def let_go(person: Person) -> None:
    """Take a person's access away; the row stays for the audit log. Raises LastOwner."""
    with transaction():
        _change(person, left_at=clock.now())
        _leave_nothing(person)


def remove(person: Person) -> None:
    """Take a person's access away, the last owner's too; for the command line."""
    with transaction():
        mine = sa.update(Person).where(Person.id == person.id)
        db.session.execute(mine.values(left_at=clock.now()))
        _leave_nothing(person)


def _leave_nothing(person: Person) -> None:
    """Delete second factors and end all sessions, inside the caller's transaction."""
    _forget_second_factor(person)
    sessions.end_all_of(person.id)


def forget_second_factor(person: Person) -> None:
    """Delete a person's second factors: the next sign-in asks for a new one."""
    with transaction():
        _leave_nothing(person)


def _change(person: Person, **values: object) -> None:
    """Change a person's row unless no owner would be left; raises LastOwner.

    All owners' rows are locked first, so that two owners cannot remove each other at the same time.
    """
    owners = sa.select(Person.id).where(Person.role == OWNER).with_for_update()
    db.session.execute(owners.order_by(Person.id))
    other = sa.orm.aliased(Person)
    others = (other.role == OWNER) & other.left_at.is_(None) & (other.id != person.id)
    stays_owner = sa.literal(values.get("role") == OWNER)
    is_safe = stays_owner | (Person.role != OWNER) | sa.exists().where(others)
    change = sa.update(Person).where(Person.id == person.id, is_safe).values(**values)
    if db.session.scalar(change.returning(Person.id)) is None:
        raise LastOwner


def _forget_second_factor(person: Person) -> None:
    db.session.execute(sa.update(Person).where(Person.id == person.id).values(totp_secret=None))
    for table in (Passkey, RecoveryCode):
        db.session.execute(sa.delete(table).where(table.person_id == person.id))
