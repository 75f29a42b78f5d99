"""Orders of a production shop whose connection to Yamato is in test mode are known as such."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.extensions import db, transaction
from storefront.kuroneko import connections
from storefront.kuroneko.connections import Options
from storefront.orders import standing
from storefront.orders.models import Order
from storefront.payments.models import YamatoConnection
from storefront.sandbox.models import SandboxText
from tests.shopper import Shopper


def connect(app: Flask, env: str, *, is_live: bool) -> None:
    """As if the shop had been set up so before; its outside world stays the sandbox's."""
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = settings.model_copy(update={"storefront_env": env})
    connections.register("12345678901", "Passw0rd", Options())
    with transaction():
        db.session.execute(sa.update(YamatoConnection).values(live=is_live))


def buy(shopper: Shopper, payment: str) -> Order:
    shopper.put_in().answer(payment, tel="090-0000-0000")
    shopper.press_confirm()
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
    app: Flask, shopper: Shopper, env: str, is_live: bool, payment: str, is_test: bool
) -> None:
    connect(app, env, is_live=is_live)

    order = buy(shopper, payment)

    assert order.is_test is is_test
    assert standing.today().orders == (0 if is_test else 1)
    assert standing.today().to_ship == (0 if is_test else 1)
