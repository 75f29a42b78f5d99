"""What a process of the shop does about itself: when it ends, its memory, its name."""

import ctypes
import os
import signal
import threading
import time
from contextlib import suppress

EVERY = 0.25  # seconds between two looks
GRACE = 6.0  # seconds to end what is under way
# of mallopt(3): two arenas for all threads, and what is large is given back when it is freed
FEW_HEAPS = {-8: 2, -3: 1_048_576}
SET_NAME = 15  # of prctl(2)


def end_with(parent: int, serve_on: float = 0.0) -> None:
    """End once the process of that number, which started this one, is gone, by `kill -9` too; a
    thread watches it, and lets this one work on for so many seconds."""
    threading.Thread(target=_watch, args=(parent, serve_on), name="lifeline", daemon=True).start()


def _watch(parent: int, serve_on: float) -> None:
    while os.getppid() == parent:  # an orphan is given another parent at once
        time.sleep(EVERY)
    time.sleep(serve_on)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)


def keep_little_memory() -> None:
    """Of what is freed, here and in what is forked: glibc otherwise keeps an arena a thread, and
    what a password check had in the heap. Another C library has ways of its own."""
    with suppress(AttributeError, OSError):
        for parameter, value in FEW_HEAPS.items():
            ctypes.CDLL(None).mallopt(parameter, value)


def be_named(name: str) -> None:
    """What `top` shows, 15 characters at most; on Linux alone."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(SET_NAME, name.encode())
