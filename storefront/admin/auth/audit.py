"""What was done on the owner's side, in a book that is only ever added to."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from flask import g, has_request_context

from storefront.admin.auth import audit_end
from storefront.admin.auth.models import AdminSession, AuditEntry
from storefront.core import clock, phones
from storefront.core.extensions import WRITES, data_vault, db, take_turn, transaction
from storefront.privacy.erasure_requests import Found, told

NOBODY = "-"
SHELL = "shell"  # what a command of the console did
BATCH = 500
CLOSED, CONTENT = "keys.change", "sha256"  # of every entry before this one


def record(
    action: str,
    subject: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    who: str = "",
) -> None:
    """Add an entry to the audit log, in the caller's transaction or in one of its own.

    Each entry's seal covers the entry before; two at the same time follow each other.
    """
    if not db.session.info.get(WRITES):
        with transaction():
            record(action, subject, before, after, who)
        return
    take_turn("audit log")  # of two at once the second follows on the first
    last = sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)
    previous = db.session.scalar(last)
    entry = AuditEntry(
        at=clock.now(),
        who=who or _who(),
        action=action,
        subject=subject[:120],
        before=dict(before) if before is not None else None,
        after=dict(after) if after is not None else None,
        previous=previous.seal if previous else "",
    )
    entry.seal = data_vault().digest(*_sealed_parts(entry))
    db.session.add(entry)
    db.session.flush()
    audit_end.note()


def record_erasure(found: Found) -> None:
    """Note that a person was erased: how many rows went, without any name."""
    record("privacy.erase", after=told(found))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The differing values only, as before= and after= of an entry."""
    differing = [key for key in after if before.get(key) != after[key]]
    return {
        "before": {key: before.get(key) for key in differing},
        "after": {key: after[key] for key in differing},
    }


def first_broken() -> AuditEntry | None:
    """The first entry that was changed or before which one is missing; None for a whole log.

    Entries under a former key that is gone are proven by the entry that close_book added.
    """
    previous, unproven, content = "", None, hashlib.sha256()
    for entry in _entries():
        if entry.previous != previous:
            return unproven or entry
        if entry.seal not in data_vault().digests(*_sealed_parts(entry)):
            unproven = unproven or entry
        elif _closes(entry, content.hexdigest()):
            unproven = None
        content.update(_line(entry))
        previous = entry.seal
    return unproven


def close_book() -> bool:
    """Add an entry that proves all entries before it without their former keys.

    Returns False where the log is not whole or no entry is under a former key.
    """
    if first_broken() is not None:
        return False
    content, is_former = hashlib.sha256(), False
    for entry in _entries():
        content.update(_line(entry))
        is_former = not entry.seal.startswith(data_vault().current.id) or (
            is_former and entry.action != CLOSED
        )
    if is_former:
        record(CLOSED, after={CONTENT: content.hexdigest()})
    return is_former


def _closes(entry: AuditEntry, content: str) -> bool:
    return entry.action == CLOSED and (entry.after or {}).get(CONTENT) == content


def _entries() -> Iterator[AuditEntry]:
    """All entries from the first on, read in batches."""
    last = 0
    while True:
        rows = sa.select(AuditEntry).where(AuditEntry.id > last).order_by(AuditEntry.id)
        entries = list(db.session.scalars(rows.limit(BATCH)))
        yield from entries
        if not entries:
            return
        last = entries[-1].id


def _sealed_parts(entry: AuditEntry) -> tuple[str, ...]:
    """The purpose of the seal and the texts that it covers."""
    parts = (entry.previous, entry.at.isoformat(), entry.who, entry.action, entry.subject)
    told = json.dumps([entry.before, entry.after], sort_keys=True)
    return "audit", *parts, told


def _line(entry: AuditEntry) -> bytes:
    return json.dumps([*_sealed_parts(entry), entry.seal]).encode()


def masked_phone(national: str) -> str:
    """A phone number of which only the last digits can be read."""
    return phones.masked(national)


def masked_email(email: str) -> str:
    """A mail address of which the first character and the domain can be read."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}***{at}{domain}"


def masked_text(text: str) -> str:
    """The first character of a name or an address."""
    return text[:1] + "***" if text else ""


def _who() -> str:
    if not has_request_context():
        return SHELL
    found: AdminSession | None = g.get("admin_session")
    return found.person.email if found else NOBODY
