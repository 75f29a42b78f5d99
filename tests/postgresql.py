"""A PostgreSQL of the tests' own: a temporary cluster, gone with them."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.needs import missing
from tests.ports import free_port

NOT_ROOT = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
NUMBERS = count(1)


@dataclass(frozen=True)
class Cluster:
    """A running server; `folder` holds its data, `port` is on 127.0.0.1."""

    programs: Path
    folder: Path
    port: int

    def url(self, database: str) -> str:
        """The address of a database of this server, as DATABASE_URL takes it."""
        return f"postgresql+psycopg://storefront@127.0.0.1:{self.port}/{database}"

    def fresh(self, template: str = "template0") -> str:
        """The address of a new database, a copy of the template."""
        name = f"shop_{next(NUMBERS)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside any transaction."""
        address = self.url(database).replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        self._control("-o", options, "start")

    def stop(self) -> None:
        """At once, connections cut; what was committed stays."""
        self._control("-m", "immediate", "stop")

    def _control(self, *words: str) -> None:
        log = str(self.folder / "server.log")
        _run(self.programs / "pg_ctl", "-D", str(self.folder), "-w", "-s", "-l", log, *words)


def _run(program: Path, *words: str) -> None:
    subprocess.run(  # noqa: S603  # a program of Debian's
        [program, *words], check=True, user=NOT_ROOT, cwd="/", stdout=subprocess.DEVNULL
    )


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, on the PATH or where Debian keeps them."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A new cluster that trusts this machine; data is synced to no disk, as no power fails here."""
    found = programs()
    if found is None:
        missing("PostgreSQL is missing (Debian package postgresql)")
    above = Path(tempfile.mkdtemp(prefix="storefront-postgresql-"))
    folder = above / "data"
    if NOT_ROOT:
        shutil.chown(above, NOT_ROOT)
    _run(found / "initdb", "-D", str(folder), "-U", "storefront", "-A", "trust", "-E", "UTF8", "-N")
    with (folder / "postgresql.conf").open("a") as settings:
        settings.write("fsync = off\nautovacuum = off\nmax_connections = 200\n")
    cluster = Cluster(found, folder, free_port())
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(above)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster
