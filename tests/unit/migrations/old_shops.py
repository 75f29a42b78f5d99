"""Shops as they were at each revision of the database: rows as SQL that every database takes.

`python -m tests.unit.migrations.keep` keeps one of the newest revision, made by the code there is.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

SHOPS = Path(__file__).parent / "shops"
VERSIONS = "alembic_version"

Row = dict[str, Any]
Rows = dict[str, list[Row]]  # by table


def kept() -> dict[str, Path]:
    """The file of each revision of which a shop was kept."""
    return {path.stem: path for path in sorted(SHOPS.glob("*.sql"))}


def dump(connection: sa.Connection, leave_out: tuple[str, ...] = ()) -> str:
    """Every row of an SQLite database, parents first."""
    tables = sa.MetaData()
    tables.reflect(connection)
    inserts = (
        _insert(connection, table)
        for table in tables.sorted_tables
        if table.name not in {VERSIONS, *leave_out}
    )
    return "".join(inserts)


def _insert(connection: sa.Connection, table: sa.Table) -> str:
    every = f'SELECT * FROM "{table.name}" ORDER BY 1'  # noqa: S608  # a table of ours
    rows = connection.exec_driver_sql(every).all()
    if not rows:
        return ""
    columns = list(table.columns)
    names = ", ".join(column.name for column in columns)
    lines = (
        ", ".join(_literal(value, column.type) for value, column in zip(row, columns, strict=True))
        for row in rows
    )
    values = ",\n".join(f"({line})" for line in lines)
    return f"INSERT INTO {table.name} ({names}) VALUES\n{values};\n"


def _literal(value: Any, type_: sa.types.TypeEngine[Any]) -> str:
    if value is None:
        return "NULL"
    if isinstance(type_, sa.Boolean):
        return "TRUE" if value else "FALSE"
    if isinstance(value, bytes):
        return f"decode('{b64encode(value).decode()}', 'base64')"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


def load(engine: sa.Engine, rows: str) -> None:
    """Write them into a database that is at their revision and empty."""
    with _driver(engine) as driver:
        if engine.dialect.name == "sqlite":
            driver.create_function("decode", 2, lambda text, _coding: b64decode(text))
            driver.executescript(f"BEGIN;{rows}COMMIT;")
        else:
            driver.execute(rows)
            driver.commit()
    if engine.dialect.name == "postgresql":
        _go_on_counting(engine)


@contextmanager
def _driver(engine: sa.Engine) -> Iterator[Any]:
    with engine.connect() as connection:
        yield connection.connection.dbapi_connection


def _go_on_counting(engine: sa.Engine) -> None:
    """A row that brings its number leaves PostgreSQL's counter where it was."""
    with engine.begin() as connection:
        inspector = sa.inspect(connection)
        for table in inspector.get_table_names():
            for column in inspector.get_columns(table):
                if str(column["default"]).startswith("nextval"):
                    name = column["name"]
                    counter = f"pg_get_serial_sequence('{table}', '{name}')"
                    last = f"SELECT setval({counter}, max({name})) FROM {table}"  # noqa: S608  # ours
                    connection.exec_driver_sql(last)


def read(engine: sa.Engine) -> Rows:
    """Every row of every table, as the driver gives it."""
    with engine.connect() as connection:
        names = set(sa.inspect(connection).get_table_names()) - {VERSIONS}
        return {name: _rows(connection, name) for name in names}


def _rows(connection: sa.Connection, name: str) -> list[Row]:
    every = f'SELECT * FROM "{name}"'  # noqa: S608  # a table of ours
    return [dict(row) for row in connection.exec_driver_sql(every).mappings()]
