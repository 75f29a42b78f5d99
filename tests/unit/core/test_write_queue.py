import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from storefront.core.write_queue import WriteQueue

PATIENCE = 0.5


@contextmanager
def busy(line: WriteQueue, seconds: float, moves_every: float = 60) -> Iterator[None]:
    """Somebody has the turn for so long, and gets on or not."""
    has_turn = threading.Event()

    def work() -> None:
        with line.turn():
            has_turn.set()
            end = time.monotonic() + seconds
            while (left := end - time.monotonic()) > 0:
                time.sleep(min(left, moves_every))
                line.moves()

    worker = threading.Thread(target=work)
    worker.start()
    has_turn.wait()
    yield
    worker.join()


def test_nobody_waits_in_a_line_that_does_not_move() -> None:
    line = WriteQueue(PATIENCE)

    with busy(line, 5 * PATIENCE), pytest.raises(TimeoutError), line.turn():
        pass


def test_one_waits_longer_than_that_in_a_line_that_moves() -> None:
    line = WriteQueue(PATIENCE)
    with busy(line, 3 * PATIENCE, moves_every=PATIENCE / 20):
        began = time.monotonic()
        with line.turn():
            waited = time.monotonic() - began

    assert waited > 2 * PATIENCE


def test_a_turn_that_failed_is_over() -> None:
    line = WriteQueue(PATIENCE)
    with pytest.raises(ValueError, match="fault"), line.turn():
        raise ValueError("fault")

    with line.turn():
        has_turn = True

    assert has_turn


def test_as_many_as_may_write_at_once_do() -> None:
    line = WriteQueue(PATIENCE, at_once=2)

    with busy(line, 3 * PATIENCE), line.turn(), pytest.raises(TimeoutError), line.turn():
        pass

    with line.turn(), line.turn():
        pass
