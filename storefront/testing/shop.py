"""A test shop: started for the tests, opened in their own process, or one that runs already."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storefront.testing.form_shopper import FormShopper
from storefront.testing.sandbox import Refused, Sandbox

if TYPE_CHECKING:
    from flask import Flask

COMMAND = (sys.executable, "-m", "storefront", "test-shop", "--port", "0", "--json")
ENDS_WITHIN = 15.0  # seconds


class NotStarted(RuntimeError):
    """Read the shop's log, which the words hold: the process ended before it served."""


@dataclass(frozen=True)
class Shop:
    """A shop at an address without a slash at its end; log is the file of its lines."""

    url: str
    log: Path | None = None
    pid: int | None = None

    @classmethod
    @contextmanager
    def started(cls, *, own_codes: bool = False, log: Path | None = None) -> Iterator["Shop"]:
        """In a process of its own, as new; it ends with this process at the latest.

        own_codes: the shop's own codes prove a phone, not those of Yamato's simulator. Raises
        NotStarted.
        """
        command = [*COMMAND, *(["--own-codes"] if own_codes else [])]
        with tempfile.TemporaryDirectory() as folder:
            log = log or Path(folder) / "shop.log"
            with log.open("ab") as said:
                process = subprocess.Popen(  # noqa: S603  # a command of ours
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    start_new_session=True,  # Ctrl-C is for the tests, which end it
                )
            with process:
                try:
                    yield cls(_address(process, log), log, process.pid)
                finally:
                    _end(process)

    @classmethod
    def at(cls, url: str) -> "Shop":
        """One that runs already; raises NotStarted where no test shop answers."""
        shop = cls(url.rstrip("/"))
        try:
            shop.sandbox.now()
        except (OSError, Refused) as error:
            raise NotStarted(f"no test shop answers at {url}: {error}") from error
        return shop

    @classmethod
    @contextmanager
    def opened(cls, *, own_codes: bool = False, theme: str = "") -> Iterator["OpenedShop"]:
        """In threads of this process, as new, dressed by the theme of that name; its app can be
        taken into one's hands."""
        from storefront.testing import serve  # the whole shop

        with serve.opened(own_codes=own_codes, theme=theme) as shop:
            yield OpenedShop(shop.url, app=shop.app)

    @property
    def sandbox(self) -> Sandbox:
        return Sandbox(self.url)

    def form_shopper(self, lang: str = "ja") -> FormShopper:
        """Somebody without a browser, with cookies of their own."""
        return FormShopper(self.url, "/en" if lang == "en" else "")

    @property
    def log_size(self) -> int:
        """Bytes that the shop has logged so far."""
        return self.log.stat().st_size if self.log else 0

    def logged(self, after: int = 0) -> str:
        """The shop's log after so many bytes; empty where nobody keeps it."""
        return self.log.read_bytes()[after:].decode(errors="replace") if self.log else ""


@dataclass(frozen=True, kw_only=True)
class OpenedShop(Shop):
    """A shop in threads of this process."""

    app: "Flask"


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """As the process says it in its one line, as soon as it serves."""
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise NotStarted(log.read_text(errors="replace")[-2_000:])
    return str(json.loads(line)["url"])


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close its stdin, upon which it ends; kill it where it does not."""
    assert process.stdin
    process.stdin.close()
    try:
        process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
