"""Yamato over real HTTP, in a thread beside the test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from flask import Flask

from storefront.providers.yamato.simulator.server import Simulator
from storefront.providers.yamato.simulator.standalone import running
from storefront.providers.yamato.simulator.terms import Terms
from storefront.sandbox import time
from tests.unit.providers.yamato.simulator.merchant import MERCHANT, PASSWORD, Merchant, Phone
from tests.unit.verification.stand_ins import StillClock

Opened = Callable[..., AbstractContextManager[str]]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def terms_with(phone: Phone) -> Terms:
    return Terms(MERCHANT, PASSWORD, "さくら商店", "shop.example.jp", phone.take)


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def terms(phone: Phone) -> Terms:
    return terms_with(phone)


@pytest.fixture
def opened(app: Flask, still: StillClock, terms: Terms) -> Opened:
    """Opens a Yamato in terms of the test's choice, on the test's clock."""
    return lambda **changes: running(Simulator(app, replace(terms, **changes)))


@pytest.fixture
def merchant(opened: Opened) -> Iterator[Merchant]:
    with opened() as url:
        yield Merchant(url)


@pytest.fixture(scope="module")
def shared_yamato(shared_app: Flask) -> Iterator[Merchant]:
    boundless = replace(terms_with(Phone()), credit_limit=10**9)
    with running(Simulator(shared_app, boundless)) as url:
        yield Merchant(url)


@pytest.fixture
def counter(shared_yamato: Merchant) -> Iterator[Merchant]:
    """One Yamato for a module's tests that leave each other's orders alone; its clock stands."""
    StillClock().start()
    yield shared_yamato
    time.install()
