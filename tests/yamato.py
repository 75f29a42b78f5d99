"""A shop that is connected to the simulator of Yamato, and its shopper."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront.core.extensions import db
from storefront.providers.yamato.account.session import Yamato
from storefront.providers.yamato.models import YamatoCall
from storefront.providers.yamato.protocol.transport import Timeout
from storefront.testing.form_shopper import QuickFormShopper
from tests.conftest import OwnContextClient, entered

IMPATIENT = Timeout(2, 5.5)  # seconds: two and a half for a request, the rest for the enquiry


def yamato_of(app: Flask) -> Yamato:
    """The shop's line to Yamato."""
    return cast(Yamato, app.extensions["providers"].credits["kuroneko"].yamato)


def ask_yamato_by(app: Flask, line: Yamato) -> None:
    """Let the checkout ask Yamato by another line."""
    wired = app.extensions["providers"]
    credits = {**wired.credits, "kuroneko": replace(wired.credits["kuroneko"], yamato=line)}
    app.extensions["providers"] = replace(wired, credits=credits)


@pytest.fixture
def yamato_app(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    app = make_app(kuroneko_base_url="")
    app.test_client_class = OwnContextClient
    ask_yamato_by(app, replace(yamato_of(app), patience=IMPATIENT))
    with entered(app):
        yield app
        db.session.remove()


@pytest.fixture
def client(yamato_app: Flask) -> FlaskClient:
    return yamato_app.test_client()


@pytest.fixture
def shopper(client: FlaskClient) -> QuickFormShopper:
    return QuickFormShopper(client)


@pytest.fixture
def asked(yamato_app: Flask) -> Callable[[], list[str]]:
    """The API of every call to Yamato so far, oldest first."""

    def calls() -> list[str]:
        db.session.rollback()
        return list(db.session.scalars(sa.select(YamatoCall.api).order_by(YamatoCall.id)))

    return calls
