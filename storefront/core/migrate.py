"""The database's schema and its revisions; apart, as a process that serves needs no Alembic."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from click import ClickException
from flask import current_app
from flask_migrate import Migrate, upgrade

from storefront.core.extensions import PATIENCE, TIME_OUTS, db

REVISIONS = Path(__file__).parents[1] / "migrations"
ONE_AT_A_TIME = 20_261_124  # PostgreSQL's number of the lock that whoever migrates holds


class LooseReferences(ClickException):
    """Rows refer to rows that are missing; nothing was migrated. Mend those rows first."""


def migrate() -> None:
    """Bring the database to the newest revision; does nothing where it has that already."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    if not is_up_to_date():
        _bind()
        db.session.remove()  # a view kept open here would wait for the tables it has read
        upgrade()


def is_up_to_date() -> bool:
    """Whether the database has every revision there is."""
    heads = ScriptDirectory.from_config(config()).get_heads()
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def has_been(revision: str) -> bool:
    """Whether the database has come as far as this revision, or further."""
    script = ScriptDirectory.from_config(config())
    with db.engine.connect() as connection:
        heads = MigrationContext.configure(connection).get_current_heads()
    return any(one.revision == revision for one in script.iterate_revisions(heads, "base"))


def config() -> Any:
    """Alembic's configuration for this shop."""
    return _bind().get_config(str(REVISIONS))


@contextmanager
def changing_tables() -> Iterator[sa.Connection]:
    """A transaction in which a migration may rebuild tables that others refer to.

    All of it happens or nothing. Raises LooseReferences where a row would refer to a missing one.
    """
    around = _on_sqlite if db.engine.dialect.name == "sqlite" else _on_postgresql
    with db.engine.connect() as connection, around(connection):
        yield connection


@contextmanager
def _on_sqlite(connection: sa.Connection) -> Iterator[None]:
    """Switch foreign keys off, as rebuilding a table drops it once, and check them at the end."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # means nothing once a transaction has begun
    try:
        with connection.execution_options(patience=PATIENCE).begin():
            yield
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if loose:
                tables = ", ".join(sorted({f"{row[0]} -> {row[2]}" for row in loose}))
                raise LooseReferences(f"{len(loose)} rows refer to nothing ({tables})")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _on_postgresql(connection: sa.Connection) -> Iterator[None]:
    """A second migration waits for the first; the time-outs of the shop are off."""
    with connection.execution_options(isolation_level="READ COMMITTED").begin():
        for time_out in TIME_OUTS:
            connection.exec_driver_sql(f"SET LOCAL {time_out} = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        yield


def _bind() -> Migrate:
    return Migrate(current_app, db, directory=str(REVISIONS), render_as_batch=True)
