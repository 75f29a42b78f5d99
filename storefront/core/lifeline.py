"""Ends a process once the one that started it is gone, by `kill -9` too."""

import os
import signal
import threading
import time

EVERY = 0.25  # seconds between two looks
GRACE = 6.0  # seconds to end what is under way


def hold(parent: int, serve_on: float = 0.0) -> None:
    """Watch the process of that number from a thread; work on for so many seconds without it."""
    threading.Thread(target=_watch, args=(parent, serve_on), name="lifeline", daemon=True).start()


def _watch(parent: int, serve_on: float) -> None:
    while os.getppid() == parent:  # an orphan is given another parent at once
        time.sleep(EVERY)
    time.sleep(serve_on)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)
