"""What SQLite keeps of rows that are gone: pages that were freed, and the write-ahead log."""

import sqlite3
from typing import Any

import structlog

from storefront.core.extensions import PATIENCE, WRITERS, db
from storefront.core.tracebacks import traced

log = structlog.get_logger(__name__)

MOST_REWRITTEN = 200_000_000  # bytes: a second or two, in which the shop's writers wait


def overwrite(*, is_patient: bool = False) -> bool:
    """Write the database anew and empty its log; False where somebody stood in the way.

    What is deleted is overwritten at once, but a page that was split may keep a copy. A large
    database is written anew only for whoever is_patient: nobody can write meanwhile. PostgreSQL
    does all this by itself, in its own time.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    db.session.rollback()  # a reader of what was before would keep it
    try:
        with WRITERS.turn(), db.engine.connect() as connection:
            return _overwrite(connection.connection.dbapi_connection, is_patient)
    except (sqlite3.Error, TimeoutError) as error:
        log.warning("database_not_rewritten", **traced(error))
        return False


def _overwrite(line: Any, is_patient: bool) -> bool:
    line.execute(f"PRAGMA busy_timeout={PATIENCE * 1000:.0f}")
    is_small = _told(line, "page_count") * _told(line, "page_size") <= MOST_REWRITTEN
    if is_small or is_patient:
        line.execute("VACUUM")
    else:
        log.warning("database_not_rewritten", reason="too-large")
    WRITERS.moves()
    was_busy, _pages, _moved = line.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if was_busy:
        log.warning("database_not_rewritten", reason="reader-in-the-way")
    return not was_busy and (is_small or is_patient)


def _told(line: Any, pragma: str) -> int:
    return int(line.execute(f"PRAGMA {pragma}").fetchone()[0])
