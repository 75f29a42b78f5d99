"""Erasing persons from what the sandbox keeps, together with the shop's own data."""

from collections.abc import Sequence

import sqlalchemy as sa

from storefront.core.extensions import Base, db
from storefront.orders.models import OF_A_PERSON, Order
from storefront.privacy.erasure import Gone
from storefront.privacy.person import Person
from storefront.providers.yamato.models import CreditAttempt
from storefront.providers.yamato.protocol.messages import OPEN, OPEN_GROUPS
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.sandbox.models import SandboxMail, SandboxText, SandboxVisit

KNOWN = CreditRecord.person != ""


def erase(gone: Gone) -> int:
    """Delete the texts, mails and simulated credit records of erased persons, inside the caller's
    transaction; gives the number of rows."""
    erased = _blank_records(_of_orders(gone.numbers))
    if gone.before:
        erased += _delete(SandboxMail, SandboxMail.sent_at < gone.before)
        erased += _delete(SandboxText, SandboxText.sent_at < gone.before)
        asked = CreditAttempt.order_number == CreditRecord.order_number
        old = sa.select(CreditRecord).join(CreditAttempt, asked)
        erased += _blank_records(_ownerless(old.where(CreditAttempt.asked_at < gone.before)))
    if gone.person:
        erased += _delete(SandboxMail, sa.func.lower(SandboxMail.to) == gone.person.email)
        erased += _delete(SandboxText, SandboxText.to == gone.person.phone)
        erased += _blank_records(_of_person(gone.person))
    return erased


def _delete(table: type[Base], which: sa.ColumnElement[bool]) -> int:
    key = sa.inspect(table).primary_key
    return len(db.session.execute(sa.delete(table).where(which).returning(*key)).all())


def _of_orders(numbers: frozenset[str]) -> Sequence[CreditRecord]:
    """And what a shopper paid by at a store goes, too."""
    visits = sa.update(SandboxVisit).where(SandboxVisit.order_number.in_(numbers))
    db.session.execute(visits.values(number=None))
    mine = CreditRecord.order_number.in_(numbers)
    return db.session.scalars(sa.select(CreditRecord).where(mine, KNOWN)).all()


def _of_person(person: Person) -> Sequence[CreditRecord]:
    """Each is opened, as the record itself is all that says whose it is."""
    records = _ownerless(sa.select(CreditRecord))
    return [one for one in records if person.is_named_in(" ".join(one.sent.values()))]


def _ownerless(query: sa.Select[CreditRecord]) -> Sequence[CreditRecord]:
    """No order that has its person still stands on them."""
    orders = sa.exists().where(Order.payment_reference == CreditRecord.order_number, OF_A_PERSON)
    return db.session.scalars(query.where(KNOWN, ~orders)).all()


def _blank_records(records: Sequence[CreditRecord]) -> int:
    """Where they stand remains, so that the shop may still ask."""
    for record in records:
        record.sent = {name: text for name, text in record.sent.items() if _is_open(name)}
        record.sms_number, record.code, record.person = None, None, ""
    return len(records)


def _is_open(name: str) -> bool:
    return name in OPEN or name.rstrip("0123456789") in OPEN_GROUPS
