"""The moment at which messages are written where a test looks at their dates."""

from datetime import UTC, datetime

import pytest

MOMENT = datetime(2026, 11, 25, 3, 4, 5, tzinfo=UTC)  # 12:04:05 in Japan


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storefront.core.clock._source", lambda: MOMENT)
