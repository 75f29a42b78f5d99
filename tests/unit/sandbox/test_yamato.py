"""The Yamato of the test shop: one simulator a process, begun when it is first asked."""

import contextvars
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db
from storefront.providers.yamato.protocol.transport import Reply, Timeout, Transport
from storefront.providers.yamato.simulator.models import CreditRecord, Slip
from storefront.sandbox import demo
from storefront.sandbox.yamato import connection
from storefront.testing.form_shopper import QuickFormShopper
from tests.at_once import at_once
from tests.unit.checkout.reading import newest_order
from tests.yamato import ask_yamato_by, client, shopper, yamato_app, yamato_of

__all__ = ["client", "shopper", "yamato_app"]


def listens(url: str) -> bool:
    address = urlsplit(url)
    with socket.socket() as line:
        return line.connect_ex((address.hostname, address.port)) == 0


def test_a_shop_that_nobody_buys_from_serves_no_simulator(yamato_app: Flask) -> None:
    assert connection.SERVED not in yamato_app.extensions


def test_many_who_ask_first_get_one_simulator(yamato_app: Flask) -> None:
    def ask() -> str:
        with yamato_app.app_context():
            return connection.address()

    addresses = at_once([ask] * 8)

    assert len(set(addresses)) == 1
    assert listens(addresses[0])


def test_a_closed_one_is_gone_and_the_next_call_begins_anew(yamato_app: Flask) -> None:
    before = connection.address()
    connection.close(yamato_app)
    connection.close(yamato_app)

    assert not listens(before)
    assert listens(connection.address())


def test_a_fork_serves_a_simulator_of_its_own(
    yamato_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    parents = connection.address()
    served = yamato_app.extensions[connection.SERVED]
    parent = os.getpid()

    monkeypatch.setattr("os.getpid", lambda: parent + 1)
    childs = connection.address()
    connection.close(yamato_app)
    monkeypatch.undo()
    served.close()

    assert childs != parents


def count(table: type[CreditRecord | Slip]) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_a_reset_leaves_yamato_nothing_to_remember(shopper: QuickFormShopper) -> None:
    shopper.to_sms().guess("1234")
    shipped = {"event": "shipped", "order": newest_order().number}
    assert shopper.client.post("/sandbox/events", json=shipped).status_code == 200
    assert (count(CreditRecord), count(Slip)) == (1, 1)

    assert shopper.client.post("/sandbox/reset", json={"seed": 1}).status_code == 200

    assert (count(CreditRecord), count(Slip)) == (0, 0)


@dataclass
class ResetMeanwhile:
    """A line on which somebody resets the shop, before Yamato hears a request or after it."""

    inner: Transport
    app: Flask
    api: str
    is_before: bool

    def post(self, url: str, fields: Mapping[str, str], patience: Timeout) -> Reply:
        is_time = self.api in url
        if is_time and self.is_before:
            contextvars.Context().run(self._reset)
        reply = self.inner.post(url, fields, patience)
        if is_time and not self.is_before:
            contextvars.Context().run(self._reset)
        return reply

    def _reset(self) -> None:
        with self.app.app_context():
            demo.reset()


def reset_during(app: Flask, api: str, *, is_before: bool) -> None:
    line = yamato_of(app)
    meanwhile = ResetMeanwhile(line.transport, app, api, is_before)
    ask_yamato_by(app, replace(line, transport=meanwhile))


@pytest.mark.parametrize("is_before", [True, False])
def test_a_reset_while_credit_is_asked_for_leads_to_the_cart(
    yamato_app: Flask, shopper: QuickFormShopper, is_before: bool
) -> None:
    reset_during(yamato_app, "KAARA", is_before=is_before)
    shopper.put_in().answer()
    pressed = shopper.press_confirm()

    assert (pressed.status_code, pressed.location) == (303, "/cart")
    assert 'data-testid="cart-line"' not in shopper.get("/cart").text


@pytest.mark.parametrize("is_before", [True, False])
def test_a_reset_while_a_code_is_judged_leads_to_the_cart(
    yamato_app: Flask, shopper: QuickFormShopper, is_before: bool
) -> None:
    shopper.to_sms()
    reset_during(yamato_app, "KAASA", is_before=is_before)
    tried = shopper.guess("1234")
    answer = shopper.get("/checkout")

    assert tried.status_code == 303
    assert (answer.status_code, answer.location) == (303, "/cart")
