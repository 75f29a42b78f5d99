"""Sending codes: the first time, and again."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storefront.core import clock, phones
from storefront.core.extensions import db, transaction
from storefront.ports.codes import USUAL, CodePlan, CodeRules
from storefront.ports.registry import providers
from storefront.ports.sms import NumberRefused, SmsUnavailable, SmsUnknown
from storefront.verification import rate_limits
from storefront.verification.challenges import Ended, bound, note, phone_digest
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester, code_vault

OWN = "own"  # the verifier of the shop's own codes

Compose = Callable[[str], str]  # a code to the text that carries it


@dataclass(frozen=True)
class CodeRequest:
    """What one press of [SMS認証へ進む] asks for; idempotency_key is the confirmation_key."""

    method: str
    offer_fingerprint: str
    idempotency_key: str
    compose: Compose
    locale: str = "ja"
    answers_fingerprint: str = ""


class TooEarly(Exception):
    """Wait: the text may be repeated at until."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class NoTextsLeft(Exception):
    """A cap on texts is used up; the running code stays good."""


def issue(asked: CodeRequest, requester: Requester) -> Challenge:
    """Send a code for this offer and phone; the same press again sends nothing.

    The challenge comes back ended where the text could not go: too many, refused, unavailable.
    """
    try:
        with transaction(of=f"codes {requester.checkout}"):
            known = db.session.scalar(with_idempotency_key(asked.idempotency_key))
            challenge = known or _new(asked, requester)
    except IntegrityError:  # the same press came in between our look and our write
        return db.session.scalars(with_idempotency_key(asked.idempotency_key)).one()
    if known is None and not challenge.ended:
        _send(challenge, requester.phone, asked.compose)
    return challenge


def with_idempotency_key(key: str) -> sa.Select[Challenge]:
    return sa.select(Challenge).where(Challenge.idempotency_key == key)


def _new(asked: CodeRequest, requester: Requester) -> Challenge:
    challenge = new(asked, requester)
    if not challenge.ended:
        _renew(challenge, providers().codes.plan(requester.phone), requester.rules)
    return challenge


def new(
    asked: CodeRequest, requester: Requester, verifier: str = OWN, *, is_texted: bool = True
) -> Challenge:
    """Write a challenge without a code, inside the caller's transaction; it replaces the others.

    The challenge is returned ended as TOO_MANY where it needs a text and a cap is used up.
    """
    _replace_others(requester.checkout)
    now = clock.now()
    challenge = Challenge(
        id=secrets.token_hex(16),
        checkout_id=requester.checkout,
        method=asked.method,
        verifier=verifier,
        phone_digest=phone_digest(requester.phone),
        prefix=requester.phone[:3],
        offer_fingerprint=asked.offer_fingerprint,
        idempotency_key=asked.idempotency_key,
        generation=0,
        attempts=0,
        created_at=now,
        coded_at=now,
        sent_at=now,
        expires_at=now,
        texts=0,
        outcome_unknown=False,
        taken=verifier == OWN,
        locale=asked.locale,
        answers_fingerprint=asked.answers_fingerprint,
    )
    if is_texted and rate_limits.spend_text(requester, challenge.id):
        challenge.texts = 1
    elif is_texted:
        challenge.ended = Ended.TOO_MANY
    db.session.add(challenge)
    return challenge


def _replace_others(checkout_id: str) -> None:
    """End the checkout's other challenges: one code is valid at a time."""
    live = (Challenge.checkout_id == checkout_id) & Challenge.ended.is_(None)
    others = sa.update(Challenge).where(live, Challenge.consumed_at.is_(None))
    db.session.execute(others.values(ended=Ended.REPLACED, sealed_code=None))


def _renew(challenge: Challenge, plan: CodePlan, rules: CodeRules) -> None:
    challenge.generation += 1
    challenge.sealed_code = code_vault().seal(plan.code, bound(challenge))
    challenge.attempts = 0
    challenge.max_attempts = rules.tries if plan.tries is None else plan.tries
    challenge.coded_at = challenge.sent_at
    challenge.expires_at = challenge.coded_at + plan.lifetime


def may_resend_at(challenge: Challenge, rules: CodeRules = USUAL) -> datetime:
    """The moment from which the next text may be sent."""
    return challenge.sent_at + rules.wait_after(challenge.texts)


def resend(challenge: Challenge, requester: Requester, compose: Compose) -> bool:
    """Text the running code again, or a new code where the running one has expired.

    Returns True for the same code. Raises TooEarly, NoTextsLeft or SmsUnavailable; after each of
    them a running code is still good.
    """
    with transaction():
        claim_text(challenge, requester)
        same = challenge.expires_at > clock.now() and challenge.sealed_code is not None
        if not same:
            _renew(challenge, providers().codes.plan(requester.phone), requester.rules)
    _send(challenge, requester.phone, compose, is_repeat=True)
    return same


def claim_text(challenge: Challenge, requester: Requester) -> None:
    """Count one more text of this challenge, inside the caller's transaction.

    Raises TooEarly or NoTextsLeft.
    """
    now = clock.now()
    if rate_limits.texts_left(requester) <= 0:
        raise NoTextsLeft
    until = may_resend_at(challenge, requester.rules)
    if now < until:
        raise TooEarly(until)
    seen = (Challenge.id == challenge.id) & (Challenge.texts == challenge.texts)
    claim = sa.update(Challenge).where(seen, Challenge.ended.is_(None))
    claim = claim.values(texts=Challenge.texts + 1, sent_at=now)
    if not db.session.scalar(claim.returning(Challenge)):
        raise TooEarly(now + requester.rules.wait)  # another tab asked a moment ago
    if not rate_limits.spend_text(requester, challenge.id):
        raise NoTextsLeft


def _send(challenge: Challenge, phone: str, compose: Compose, is_repeat: bool = False) -> None:
    code = code_vault().open(challenge.sealed_code or b"", bound(challenge))
    valid_for = max(1, int((challenge.expires_at - clock.now()).total_seconds()))
    text, to = compose(code), phones.e164(phone)
    db.session.commit()  # before the call: no transaction is open while we wait for a provider
    try:
        receipt = providers().sms.send(to, text, valid_for)
    except NumberRefused:
        note(challenge.id, ended=Ended.REFUSED, sealed_code=None)
    except SmsUnavailable:
        if is_repeat:
            raise
        note(challenge.id, ended=Ended.UNAVAILABLE, sealed_code=None)
    except SmsUnknown:
        note(challenge.id, outcome_unknown=True)
    else:
        note(
            challenge.id,
            outcome_unknown=False,
            provider=receipt.provider,
            reference=receipt.reference,
            delivery=None,
            reported_at=None,
            delivery_seconds=None,
        )
