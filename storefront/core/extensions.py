"""The extensions, unbound, and the shop's way to the database."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from flask import current_app
from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from htmx_flask import Htmx
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState

from storefront.core import private_files
from storefront.core.client_address import client_address
from storefront.core.encryption import Vault
from storefront.core.write_queue import WriteQueue

PATIENCE = 5.0  # seconds in which no writer gets on, until one gives up
WRITERS = WriteQueue(PATIENCE)  # of SQLite
SEVERAL_WRITERS = WriteQueue(PATIENCE, at_once=8)  # of PostgreSQL
TIME_OUTS = {  # of PostgreSQL, in milliseconds
    "lock_timeout": 3_000,
    "statement_timeout": 10_000,
    "idle_in_transaction_session_timeout": 15_000,
}
CONNECTIONS = 40  # of a process to PostgreSQL, which takes 100 in all unless told otherwise
WRITES = "writes"  # what the session's info says inside a write transaction
AFTERWARDS = "afterwards"  # what it has to do once the transaction is committed


class Base(DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
babel = Babel()
compress = Compress()
csrf = CSRFProtect()
htmx = Htmx()
limiter = Limiter(client_address)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is put back on the way out."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Sealed(sa.types.TypeDecorator[Any]):
    """Personal data at rest: any JSON value, readable only with DATA_KEY."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> bytes | None:
        return None if value is None else data_vault().seal(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> Any:
        return None if value is None else json.loads(data_vault().open(value))


def data_vault() -> Vault:
    return cast(Vault, current_app.extensions["data_vault"])


@contextmanager
def transaction(of: str = "") -> Iterator[None]:
    """Open a write transaction; it is committed at the end, or rolled back by any exception.

    Queries inside read rows anew from the database; objects read before stay usable. `of` names the
    thing that is read in order to be changed: transactions of one thing follow each other. A
    transaction that was open for reading is committed first. Raises OperationalError where other
    writers leave no turn, sqlalchemy.exc.TimeoutError where no connection is free.
    """
    db.session.commit()  # what was read before is old: SQLite cannot turn a reader into a writer
    with _turn() as options:
        db.session.connection(execution_options=options)
        db.session.info[WRITES] = True
        try:
            take_turn(of)
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            db.session.info[WRITES] = False
            afterwards = db.session.info.pop(AFTERWARDS, [])
    for callback in afterwards:
        callback()


def after_commit(callback: Callable[[], None]) -> None:
    """Call a function once the caller's transaction is committed; never where it is not."""
    db.session.info.setdefault(AFTERWARDS, []).append(callback)


def take_turn(of: str) -> None:
    """Wait until no other transaction works on this thing; inside a transaction."""
    if of and db.engine.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        key = sa.func.hashtextextended(of, 0)
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


@contextmanager
def _turn() -> Iterator[dict[str, Any]]:
    """Wait for a turn of this process to write; gives the options of the connection.

    On SQLite these name the seconds that are left to wait for other processes.
    """
    is_sqlite = db.engine.dialect.name == "sqlite"
    queue = WRITERS if is_sqlite else SEVERAL_WRITERS
    try:
        with queue.turn() as seconds_left, _progress(queue):
            # on PostgreSQL each statement sees what is committed
            yield {"patience": seconds_left} if is_sqlite else {"isolation_level": "READ COMMITTED"}
    except TimeoutError as nobody_gets_on:
        raise OperationalError("BEGIN", None, nobody_gets_on) from nobody_gets_on


@contextmanager
def _progress(queue: WriteQueue) -> Iterator[None]:
    """Who decides not to write has got on, too; whom the database keeps waiting has not."""
    try:
        yield
    except (OperationalError, sa.exc.TimeoutError):
        raise
    except BaseException:
        queue.moves()
        raise
    queue.moves()


@sa.event.listens_for(db.session, "do_orm_execute")
def _read_anew(asked: ORMExecuteState) -> None:
    """Inside a write transaction queries overwrite what the session read before."""
    if (asked.is_select or asked.is_update) and asked.session.info.get(WRITES):
        asked.update_execution_options(populate_existing=True)


def whole_sum(column: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """SUM as an integer: PostgreSQL's sum of big integers is a decimal."""
    return sa.cast(sa.func.sum(column), sa.BigInteger)


def upsert(table: type[Base]) -> Any:
    """The database's own INSERT, which knows ON CONFLICT."""
    insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name]
    return insert(table)


def engine_options(url: str) -> dict[str, Any]:
    """Options of the engine; on PostgreSQL readers see the shop as of one moment."""
    options: dict[str, Any] = {"hide_parameters": True}  # no personal data in a traceback
    if sa.make_url(url).get_backend_name() == "sqlite":
        return options | {"pool_size": 0}  # no limit but the threads
    return options | {
        "isolation_level": "REPEATABLE READ",
        "pool_pre_ping": True,
        "pool_size": CONNECTIONS,
        "max_overflow": 0,
        "pool_timeout": PATIENCE / 2,  # a page of the sandbox may wait twice, for its time too
    }


def prepare(engine: sa.Engine) -> None:
    """Set what each new connection needs."""
    {"sqlite": _prepare_sqlite, "postgresql": _prepare_postgresql}[engine.dialect.name](engine)


def _prepare_postgresql(engine: sa.Engine) -> None:
    """Set the time-outs: nobody waits for a lock for long."""

    @sa.event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.autocommit = True  # or what is set would go with the first rollback
        for name, milliseconds in TIME_OUTS.items():
            connection.execute(f"SET {name} = {milliseconds}")
        connection.autocommit = False


def _keep_from_others(database: Path) -> None:
    if database.is_absolute() and database.parent.is_dir():
        private_files.file(database)


def _prepare_sqlite(engine: sa.Engine) -> None:
    """Set durable commits, foreign keys, and writers that wait instead of failing."""
    _keep_from_others(Path(engine.url.database or ""))

    @sa.event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions by itself
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"busy_timeout={PATIENCE * 1000:.0f}",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is erased is overwritten
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        patience = connection.get_execution_options().get("patience")
        if patience is None:
            connection.exec_driver_sql("BEGIN")
            return
        driver: Any = connection.connection.dbapi_connection
        driver.execute(f"PRAGMA busy_timeout={patience * 1000:.0f}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        WRITERS.moves()
