"""A Redis of the tests' own, which can be stopped and started again."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.needs import missing
from tests.ports import free_port


class RedisServer:
    """Keeps nothing on disk: started again, it is empty."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", "."]
        self.process = subprocess.Popen(  # noqa: S603  # a program of Debian's
            [self.program, *words], cwd=self.folder, stdout=subprocess.DEVNULL
        )
        end = time.monotonic() + 20
        while not self.answers():
            assert time.monotonic() < end, "Redis does not start"
            time.sleep(0.02)

    def answers(self) -> bool:
        try:
            with redis.Redis(port=self.port, socket_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def stop(self) -> None:
        """At once: whoever is connected loses the connection."""
        if self.process:
            self.process.kill()
            self.process.wait(15)
        self.process = None


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    program = shutil.which("redis-server") or missing("Redis is missing (package redis-server)")
    server = RedisServer(program, tmp_path)
    server.start()
    try:
        yield server
    finally:
        server.stop()
