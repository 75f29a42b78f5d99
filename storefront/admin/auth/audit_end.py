"""The end of the audit log after each entry, noted in a file outside the database: entries that
were cut off are missed by it."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
import structlog
from flask import current_app

from storefront.admin.auth.models import AuditEntry
from storefront.core import clock, private_files
from storefront.core.extensions import after_commit, db

FILE = "audit-seals.log"
KEPT_SINCE = "audit_end_kept"  # the revision that wrote the first one down

log = structlog.get_logger()


@dataclass(frozen=True)
class End:
    """The length of the audit log in entries, and the seal of the last one."""

    length: int
    seal: str


def now() -> End:
    """The end of the log as the database has it."""
    count = sa.select(sa.func.count()).select_from(AuditEntry)
    last = sa.select(AuditEntry.seal).order_by(AuditEntry.id.desc()).limit(1)
    return End(db.session.scalar(count) or 0, db.session.scalar(last) or "")


def note() -> None:
    """Have the end noted once the transaction of a new entry is committed."""
    end = now()
    after_commit(lambda: _write(end))


def noted() -> list[End]:
    """The ends noted on this machine, the oldest first."""
    try:
        lines = path().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    parts = [line.split() for line in lines]
    return [End(int(length), seal) for _at, length, seal in (one for one in parts if len(one) == 3)]


def first_gone() -> End | None:
    """The first noted end whose entry the database lacks: the log was cut. None for a whole log."""
    there = set(db.session.scalars(sa.select(AuditEntry.seal)))
    return next((end for end in noted() if end.seal not in there), None)


def path() -> Path:
    """The file of the ends, in the instance folder."""
    return Path(current_app.instance_path) / FILE


def _write(end: End) -> None:
    log.info("audit_entry_written", length=end.length, seal=end.seal)
    try:
        private_files.append(path(), f"{clock.now().isoformat()} {end.length} {end.seal}")
    except OSError as error:  # the action is done, and the line above has it
        log.error("audit_end_not_written", error=type(error).__name__)
