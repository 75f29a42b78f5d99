"""Which files were saved since a page was made: counted in one thread, told to whoever waits."""

import atexit
import secrets
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from watchfiles import watch

STEP = 20  # milliseconds without another change: what an editor saves at once is one change
DEBOUNCE = 200  # milliseconds at most, while changes go on
STYLES, PAGE = "styles", "page"
SHOWN = {".css": {STYLES}, ".html": {PAGE}, ".txt": {PAGE}, ".xml": {PAGE}, ".po": {PAGE}}
PICTURES = {".svg", ".png", ".jpg", ".webp", ".woff2"}  # styles and pages both name them

Kinds = set[str]


class Changes:
    """Batches of changes, numbered; each is prepared before it is told.

    A version names the process too: after another start everything counts as changed.
    """

    def __init__(self, folders: Iterable[Path], prepare: Callable[[set[Path]], None]) -> None:
        self.folders = [one for one in folders if one.is_dir()]
        self.prepare = prepare
        self._process = secrets.token_hex(4)
        self._batches: list[Kinds] = []
        self._told = threading.Condition()
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def version(self) -> str:
        return f"{self._process}.{len(self._batches)}"

    def start(self) -> None:
        """Watch from here on, until the process ends; called again, it does nothing."""
        with self._told:
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, daemon=True)
                self._thread.start()
                atexit.register(self.stop)  # the watcher must not be cut off in its own language

    def stop(self) -> None:
        self._end.set()
        if self._thread:
            self._thread.join(2)

    def since(self, version: str) -> Kinds:
        """What has changed since that version; everything where it is of another process."""
        process, _dot, number = version.partition(".")
        if process != self._process or not number.isdecimal():
            return {STYLES, PAGE}
        return set().union(*self._batches[int(number) :])

    def wait(self, version: str, seconds: float) -> bool:
        """Whether anything has changed since that version, by then at the latest."""
        with self._told:
            return self._told.wait_for(lambda: self.version != version, seconds)

    def saved(self, paths: Iterable[Path]) -> None:
        """Count a batch; files that no page shows are none."""
        shown = {one for one in paths if kinds_of(one)}
        if not shown:
            return
        self.prepare(shown)
        with self._told:
            self._batches.append(set().union(*map(kinds_of, shown)))
            self._told.notify_all()

    def _watch(self) -> None:
        with suppress(RuntimeError):  # of the interpreter's end
            for batch in watch(
                *self.folders,
                step=STEP,
                debounce=DEBOUNCE,
                stop_event=self._end,
                raise_interrupt=False,
            ):
                with suppress(OSError):  # a file that is gone before it is read
                    self.saved(Path(name) for _kind, name in batch)


def kinds_of(path: Path) -> Kinds:
    """What of a page shows a file."""
    return {STYLES, PAGE} if path.suffix in PICTURES else SHOWN.get(path.suffix, set())
