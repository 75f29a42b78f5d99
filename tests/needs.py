"""What a test needs beyond Python: without it, it is skipped; in CI it fails."""

import os
from typing import NoReturn

import pytest

ALL_THERE = bool(os.environ.get("NOTHING_MISSING"))  # .ci/run says so


def missing(what: str) -> NoReturn:
    """Skips the test with what to install; in CI fails it, so that nothing goes unproven."""
    if ALL_THERE:
        pytest.fail(f"{what}; in CI nothing may be missing", pytrace=False)
    pytest.skip(what, allow_module_level=True)
