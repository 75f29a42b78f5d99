"""Orders of a production shop whose connection to Yamato is in test mode are known as such."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.payments.models import PaymentMethod, YamatoConnection
from storefront.reports import dashboard
from storefront.sandbox.models import SandboxText
from storefront.testing.form_shopper import QuickFormShopper
from tests.yamato import client, shopper, yamato_app

__all__ = ["client", "shopper", "yamato_app"]


def connect(app: Flask, env: str, *, is_live: bool) -> None:
    """As if the shop had been set up so before; its outside world stays the sandbox's."""
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = settings.model_copy(update={"storefront_env": env})
    switch(is_live=is_live)


def switch(*, is_live: bool) -> None:
    with transaction():
        db.session.execute(sa.update(PaymentMethod).values(collector="provider"))
        db.session.execute(sa.update(YamatoConnection).values(live=is_live))


def begin(shopper: QuickFormShopper, payment: str) -> None:
    shopper.put_in().answer(payment, tel="090-0000-0000")
    shopper.press_confirm()


def finish(shopper: QuickFormShopper, payment: str) -> Order:
    if payment == "kuroneko_smartphone":
        newest = sa.select(SandboxText.text).order_by(SandboxText.id.desc()).limit(1)
        found = re.search(r"#(\d{4})$", db.session.scalars(newest).one())
        assert found
        shopper.guess(found[1])
    return db.session.scalars(sa.select(Order)).one()


@pytest.mark.parametrize(
    ("env", "is_live", "payment", "is_test"),
    [
        ("production", False, "kuroneko_smartphone", True),
        ("production", True, "kuroneko_smartphone", False),
        ("production", False, "cod", False),
        ("demo", False, "kuroneko_smartphone", False),
    ],
)
def test_only_what_production_tries_out_does_not_count(
    yamato_app: Flask,
    shopper: QuickFormShopper,
    env: str,
    is_live: bool,
    payment: str,
    is_test: bool,
) -> None:
    connect(yamato_app, env, is_live=is_live)
    begin(shopper, payment)

    order = finish(shopper, payment)

    assert order.is_test is is_test
    assert dashboard.today().orders == (0 if is_test else 1)
    assert dashboard.today().to_ship == (0 if is_test else 1)


@pytest.mark.parametrize(("is_live", "host"), [(True, "live"), (False, "test")])
def test_an_order_remembers_the_contract_of_its_request(
    yamato_app: Flask, shopper: QuickFormShopper, is_live: bool, host: str
) -> None:
    """The code is asked for while the owner switches the connection: it was no trial, or was."""
    connect(yamato_app, "production", is_live=is_live)
    begin(shopper, "kuroneko_payslip")

    order = finish(shopper, "kuroneko_payslip")
    switch(is_live=not is_live)

    assert order.contract == f"12345678901/{host}"
    assert order.is_test is not is_live


def test_an_order_without_credit_has_no_contract(
    yamato_app: Flask, shopper: QuickFormShopper
) -> None:
    begin(shopper, "cod")

    assert finish(shopper, "cod").contract is None
