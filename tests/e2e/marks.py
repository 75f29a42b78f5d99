"""Whether a test's shopper has JavaScript, where not both are looked at."""

import pytest

with_js = pytest.mark.parametrize("js", [True], ids=["js"])
without_js = pytest.mark.parametrize("js", [False], ids=["no-js"])
