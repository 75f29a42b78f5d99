"""Every screen of one demo shop, walked once a module."""

import pytest
from flask import Flask


@pytest.fixture(scope="module")
def app(shared_app: Flask) -> Flask:
    return shared_app
