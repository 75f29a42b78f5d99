"""Passkeys: what a browser is asked to sign, and whether it did (WebAuthn level 3)."""

# webauthn takes a tenth of a process's start to import, so it is imported where it is used.

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import request

from storefront.admin.auth.models import Passkey, PasskeyChallenge, Person
from storefront.core import clock
from storefront.core.extensions import db, transaction

LASTS = timedelta(minutes=5)
MOST = 10  # of one person


class PasskeyRefused(Exception):
    """The passkey is unknown or did not sign the challenge: use the password."""


def are_possible() -> bool:
    """Whether passkeys work here: they need https or localhost, and a name, not an IP address."""
    host = _host()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return request.is_secure or host == "localhost"
    return False


def ask_for_new(person: Person, shop: str) -> dict[str, Any]:
    """Options for navigator.credentials.create; the challenge is kept for five minutes."""
    import webauthn
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    known = [PublicKeyCredentialDescriptor(id=one.credential) for one in person.passkeys]
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name=shop,
        user_name=person.email,
        user_id=str(person.id).encode(),
        user_display_name=person.name,
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    _remember(options.challenge, person.id)
    return webauthn.helpers.options_to_json_dict(options)


def ask_to_sign_in() -> dict[str, Any]:
    """Options for navigator.credentials.get, for any passkey of this shop."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=_host(), user_verification=UserVerificationRequirement.REQUIRED
    )
    _remember(options.challenge, None)
    return webauthn.helpers.options_to_json_dict(options)


def keep(person: Person, answer: dict[str, Any], name: str) -> Passkey:
    """Store a new passkey after its first signature; raises PasskeyRefused."""
    import webauthn

    with _refusing_what_is_wrong():
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=_spend(_challenge_of(answer), person.id),
            expected_rp_id=_host(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    passkey = Passkey(
        person_id=person.id,
        credential=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name[:80],
        created_at=clock.now(),
    )
    with transaction():
        mine = sa.select(sa.func.count()).where(Passkey.person_id == person.id)
        taken = sa.select(Passkey.id).where(Passkey.credential == made.credential_id)
        if (db.session.scalar(mine) or 0) >= MOST or db.session.scalar(taken) is not None:
            raise PasskeyRefused
        db.session.add(passkey)
    return passkey


def who_signed(answer: dict[str, Any]) -> Person:
    """The person whose passkey signed the challenge; raises PasskeyRefused."""
    import webauthn

    with _refusing_what_is_wrong():
        credential = webauthn.helpers.parse_authentication_credential_json(answer)
        challenge = _spend(_challenge_of(answer), None)
        passkey, person = _known(credential.raw_id)
        signed = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    with transaction():
        used = sa.update(Passkey).where(Passkey.id == passkey.id)
        db.session.execute(used.values(sign_count=signed.new_sign_count, used_at=clock.now()))
    return person


def forget(person: Person, passkey_id: int) -> Passkey | None:
    """Delete a person's passkey and return it; None where the person has no such passkey."""
    with transaction():
        mine = (Passkey.id == passkey_id) & (Passkey.person_id == person.id)
        found = db.session.scalar(sa.select(Passkey).where(mine))
        if found is not None:
            db.session.delete(found)
    return found


def purge() -> None:
    """Delete challenges older than five minutes, inside the caller's transaction."""
    old = PasskeyChallenge.made_at < clock.now() - LASTS
    db.session.execute(sa.delete(PasskeyChallenge).where(old))


@contextmanager
def _refusing_what_is_wrong() -> Iterator[None]:
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        yield
    except (WebAuthnException, KeyError, TypeError, ValueError) as wrong:
        raise PasskeyRefused from wrong


def _known(credential: bytes) -> tuple[Passkey, Person]:
    both = sa.select(Passkey, Person).join(Person, Person.id == Passkey.person_id)
    theirs = (Passkey.credential == credential) & Person.left_at.is_(None)
    row = db.session.execute(both.where(theirs)).one_or_none()
    if row is None:
        raise PasskeyRefused
    return row.Passkey, row.Person


def _remember(challenge: bytes, person_id: int | None) -> None:
    with transaction():
        purge()
        db.session.add(
            PasskeyChallenge(challenge=challenge, person_id=person_id, made_at=clock.now())
        )


def _challenge_of(answer: dict[str, Any]) -> bytes:
    import webauthn

    signed = webauthn.base64url_to_bytes(answer["response"]["clientDataJSON"])
    return webauthn.helpers.parse_client_data_json(signed).challenge


def _spend(challenge: bytes, person_id: int | None) -> bytes:
    """Use a challenge, once; raises PasskeyRefused."""
    asked = (PasskeyChallenge.challenge == challenge) & (
        PasskeyChallenge.person_id.is_not_distinct_from(person_id)
    )
    fresh = PasskeyChallenge.made_at > clock.now() - LASTS
    with transaction():
        spend = sa.delete(PasskeyChallenge).where(asked, fresh)
        found = db.session.scalar(spend.returning(PasskeyChallenge.challenge))
    if found is None:
        raise PasskeyRefused
    return found


def _host() -> str:
    """The request's host without its port; Flask has refused names that are not the shop's."""
    return request.host.rpartition(":")[0] or request.host if ":" in request.host else request.host


def _origin() -> str:
    return request.host_url.rstrip("/")
