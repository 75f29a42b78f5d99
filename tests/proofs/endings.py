"""Ways in which a shop ends, and moments at which that happens."""

import fcntl
import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.proofs import processes
from tests.proofs.persistence import PATIENCE, wait_until
from tests.proofs.shop import RunningShop

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
SERVE = [sys.executable, "-m", "storefront", "serve"]
# as in a clone whose environment is there
MAKE = ["make", "--no-print-directory", "-C", str(ROOT), "--assume-old", ".venv/installed-app"]
MAKE_RUN = [*MAKE, "run", f"BIN={BIN}"]
# a run of the tests in the background hands on that it ignores these
AS_IN_FRONT = ["env", "--default-signal=INT,HUP"]
HANG_UP = "a closed terminal"
MAKE_KILLED = "kill -9 of make"

ADDRESSES = "Admin "  # the last line of what is printed before anything is served


class EndingShop(RunningShop):
    """Begun from `serve` or `make run`, to be ended in one of many ways."""

    terminal: int | None = None

    def begin(self, kind: str) -> int:
        """The number of the process that is ended."""
        command = [*AS_IN_FRONT, *(MAKE_RUN if "make" in kind else SERVE)]
        self.process = self._in_a_terminal(command) if kind == HANG_UP else self.launch(command)
        return self.process.pid

    def _in_a_terminal(self, command: list[str]) -> "subprocess.Popen[bytes]":
        """Its words go to a file all the same: nobody reads them from the terminal."""
        self.terminal, other_end = os.openpty()
        with self.log.open("ab") as log, os.fdopen(other_end, "rb", 0) as keyboard:
            return subprocess.Popen(  # noqa: S603  # a command of ours
                command,
                env=self.inherited(),
                stdin=keyboard,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY),
            )

    def inherited(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    def hang_up(self) -> None:
        assert self.terminal is not None
        os.close(self.terminal)
        self.terminal = None

    def is_gone(self) -> bool:
        return not processes.of_shop(self.folder)

    def clear_away(self) -> None:
        """What outlived its end, so that the next test is none the worse."""
        for one in processes.of_shop(self.folder):
            with suppress(OSError):
                os.kill(one.pid, signal.SIGKILL)
        if self.process:
            self.process.wait(PATIENCE)


def by(number: signal.Signals) -> Callable[[EndingShop, int], None]:
    return lambda _shop, pid: os.kill(pid, number)


def by_group(number: signal.Signals) -> Callable[[EndingShop, int], None]:
    return lambda _shop, pid: os.killpg(pid, number)


KINDS: dict[str, Callable[[EndingShop, int], None]] = {
    "SIGTERM": by(signal.SIGTERM),
    "SIGINT": by(signal.SIGINT),
    "SIGHUP": by(signal.SIGHUP),
    "kill -9": by(signal.SIGKILL),
    "SIGTERM to the group": by_group(signal.SIGTERM),
    "SIGINT to the group": by_group(signal.SIGINT),
    "SIGHUP to the group": by_group(signal.SIGHUP),
    HANG_UP: lambda shop, _pid: shop.hang_up(),
    MAKE_KILLED: by(signal.SIGKILL),
    "SIGTERM to make": by(signal.SIGTERM),
}
LEFT_ORPHANS = {"SIGHUP", "SIGHUP to the group", HANG_UP, "kill -9", MAKE_KILLED}


def before_the_first_page(shop: EndingShop) -> None:
    """The processes have just been started, or are about to be."""
    wait_until(lambda: ADDRESSES in shop.logged(), PATIENCE)


def after_ready(seconds: float) -> Callable[[EndingShop], None]:
    def wait(shop: EndingShop) -> None:
        assert shop.process
        shop.wait_for(shop.process)
        time.sleep(seconds)  # the moment is what is proven

    return wait


MOMENTS: dict[str, Callable[[EndingShop], None]] = {
    "before the first page": before_the_first_page,
    **{f"{ms} ms after ready": after_ready(ms / 1000) for ms in (0, 50, 200, 500, 1000)},
    "later": after_ready(5),
}
