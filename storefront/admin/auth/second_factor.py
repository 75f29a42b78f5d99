"""The six digits of an authenticator app, each taken once, and the codes for when it is lost."""

import secrets

import pyotp
import sqlalchemy as sa
from flask import current_app

from storefront.admin.auth.models import Person, RecoveryCode
from storefront.core import clock
from storefront.core.extensions import data_vault, db, transaction
from storefront.core.japanese import digits

SECONDS = 30
EITHER_SIDE = 1  # steps that a phone's clock may be off
RECOVERY = "recovery"
RECOVERY_CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that looks like another


def new_secret() -> str:
    """A random secret for an authenticator app, in base 32."""
    return pyotp.random_base32()


def uri(secret: str, email: str, shop: str) -> str:
    """The address in the picture that an authenticator app reads."""
    return pyotp.TOTP(secret, interval=SECONDS).provisioning_uri(name=email, issuer_name=shop)


def code_now(secret: str) -> str:
    """The code of this 30-second step."""
    return pyotp.TOTP(secret, interval=SECONDS).at(_step() * SECONDS)


def step_of(secret: str, code: str) -> int | None:
    """The 30-second step to which a code belongs; None for a wrong code.

    Every step in question is compared, so that time tells nothing.
    """
    totp, now = pyotp.TOTP(secret, interval=SECONDS), _step()
    steps = range(now - EITHER_SIDE, now + EITHER_SIDE + 1)
    right = [step for step in steps if totp.verify(code, for_time=step * SECONDS)]
    return right[0] if right else None


def spend_code(person: Person, code: str) -> bool:
    """Use a code of the app or a recovery code; False for a wrong or used one."""
    tidy = digits(code).lower()
    if tidy.isascii() and tidy.isdigit() and len(tidy) == 6:
        return _spend_app_code(person, tidy)
    return _spend_recovery_code(person, tidy)


def keep_secret(person: Person, secret: str, code: str, is_first: bool = False) -> bool:
    """Store an app's secret after its first right code; False for a wrong one.

    With is_first, False also where the person has a second factor already.
    """
    step = step_of(secret, digits(code))
    if step is None:
        return False
    mine = sa.update(Person).where(Person.id == person.id)
    if is_first:
        mine = mine.where(Person.totp_secret.is_(None), ~Person.passkeys.any())
    keep = mine.values(totp_secret=secret, totp_step=step).returning(Person.id)
    with transaction():
        return db.session.scalar(keep) is not None


def new_recovery_codes(person: Person) -> list[str]:
    """Ten new codes to be shown once; the former ones are deleted."""
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    with transaction(of=f"recovery codes {person.id}"):
        db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
        db.session.add_all(
            RecoveryCode(digest=_digest(person, code.replace("-", "")), person_id=person.id)
            for code in codes
        )
    return codes


def recovery_codes_left(person: Person) -> int:
    """How many of the person's recovery codes are unused."""
    mine = (RecoveryCode.person_id == person.id) & RecoveryCode.used_at.is_(None)
    count = sa.select(sa.func.count()).select_from(RecoveryCode).where(mine)
    return db.session.scalar(count) or 0


def _spend_app_code(person: Person, code: str) -> bool:
    if person.totp_secret is None:
        return False
    step = step_of(person.totp_secret, code)
    if step is None:
        return False
    unspent = Person.totp_step < step
    if current_app.config["SETTINGS"].limits == "relaxed":
        unspent = sa.true()  # a test machine signs in more often than every half minute
    spend = sa.update(Person).where(Person.id == person.id, unspent).values(totp_step=step)
    with transaction():
        return db.session.scalar(spend.returning(Person.id)) is not None


def _spend_recovery_code(person: Person, code: str) -> bool:
    digests = data_vault().digests(RECOVERY, str(person.id), code)
    unspent = RecoveryCode.digest.in_(digests) & RecoveryCode.used_at.is_(None)
    spend = sa.update(RecoveryCode).where(unspent).values(used_at=clock.now())
    with transaction():
        return db.session.scalar(spend.returning(RecoveryCode.digest)) is not None


def _recovery_code() -> str:
    letters = [secrets.choice(LETTERS) for _ in range(10)]
    return "".join(letters[:5]) + "-" + "".join(letters[5:])


def _digest(person: Person, code: str) -> str:
    return data_vault().digest(RECOVERY, str(person.id), code)


def _step() -> int:
    return int(clock.now().timestamp()) // SECONDS
