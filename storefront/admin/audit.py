"""What was done on the owner's side, in a book that is only ever added to."""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import g, has_request_context

from storefront import clock, phones
from storefront.admin import audit_end
from storefront.admin.models import AdminSession, AuditEntry
from storefront.encryption import Vault
from storefront.extensions import WRITES, data_vault, db, take_turn, transaction

NOBODY = "-"
SHELL = "shell"  # what a command of the console did
BATCH = 500


def record(
    action: str,
    subject: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    who: str = "",
) -> None:
    """Joins the caller's transaction where there is one, and has its own where there is none."""
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
    entry.seal = seal_of(entry, data_vault())
    db.session.add(entry)
    db.session.flush()
    audit_end.note()


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Only what differs, as before= and after= of an entry."""
    differing = [key for key in after if before.get(key) != after[key]]
    return {
        "before": {key: before.get(key) for key in differing},
        "after": {key: after[key] for key in differing},
    }


def first_broken() -> AuditEntry | None:
    """The first entry that was changed, or before which one is missing; None when all is well."""
    vault, previous, last = data_vault(), "", 0
    while True:
        rows = sa.select(AuditEntry).where(AuditEntry.id > last).order_by(AuditEntry.id)
        entries = list(db.session.scalars(rows.limit(BATCH)))
        for entry in entries:
            if entry.previous != previous or entry.seal != seal_of(entry, vault):
                return entry
            previous, last = entry.seal, entry.id
        if not entries:
            return None


def seal_of(entry: AuditEntry, vault: Vault) -> str:
    parts = (entry.previous, entry.at.isoformat(), entry.who, entry.action, entry.subject)
    told = json.dumps([entry.before, entry.after], sort_keys=True)
    return vault.mark("audit", *parts, told)


def masked_phone(national: str) -> str:
    return phones.masked(national)


def masked_email(email: str) -> str:
    name, at, domain = email.partition("@")
    return f"{name[:1]}***{at}{domain}"


def masked_text(text: str) -> str:
    """The first character, for a name or an address."""
    return text[:1] + "***" if text else ""


def _who() -> str:
    if not has_request_context():
        return SHELL
    found: AdminSession | None = g.get("admin_session")
    return found.person.email if found else NOBODY
