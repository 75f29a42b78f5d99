"""Two articles never run out, and a tester's number counts down for real."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from storefront.catalogue.models import Variant
from storefront.core.extensions import db
from storefront.testing.form_shopper import QuickFormShopper
from tests.conftest import MakeApp, OwnContextClient, entered


def left(sku: str = "yunomi") -> int:
    db.session.rollback()
    return db.session.scalars(sa.select(Variant.available).where(Variant.sku == sku)).one()


def buy(client: FlaskClient, pieces: int, product: str = "yunomi") -> int:
    """Through the forms, cash on delivery; the status of the last."""
    shopper = QuickFormShopper(client.application.test_client())
    shopper.put_in(product, pieces).answer("cod")
    return shopper.press_confirm().status_code


def set_stock(client: FlaskClient, **pieces: Any) -> dict[str, Any]:
    answer = client.post("/sandbox/stock", json=pieces)
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def test_150_yunomi_are_bought(client: FlaskClient) -> None:
    """Few orders of many pieces: what counts is how many are left."""
    for _each in range(10):
        assert buy(client, 15) == 303

    assert left() == 100 - 15 * 4


def test_sencha_does_not_run_out_either(client: FlaskClient) -> None:
    for _each in range(2):
        assert buy(client, 45, "uji-sencha") == 303

    assert left("uji-sencha") == 100


def test_other_articles_do(client: FlaskClient) -> None:
    assert buy(client, 50, "chasen") == 303

    assert left("chasen") == 0


def test_real_limits_let_everything_run_out(make_app: MakeApp) -> None:
    app = make_app(limits="real")
    app.test_client_class = OwnContextClient
    with entered(app):
        assert buy(app.test_client(), 90) == 303

        assert left() == 10


def test_a_set_number_counts_down_for_real(client: FlaskClient) -> None:
    assert set_stock(client, yunomi=30) == {"yunomi": 30}

    assert [buy(client, pieces) for pieces in (15, 14)] == [303, 303]
    assert left() == 1
    page = QuickFormShopper(client)
    page.put_in()
    page.post("/cart/items", {"product": "yunomi", "quantity": "1"})
    assert page.last.status_code == 422


def test_the_last_three_are_the_last(client: FlaskClient) -> None:
    set_stock(client, yunomi=3, **{"indigo-tote-l": 2})

    assert [buy(client, 1) for _each in range(3)] == [303] * 3
    assert (left(), left("indigo-tote-l")) == (0, 2)


def test_null_hands_an_article_back(client: FlaskClient) -> None:
    set_stock(client, yunomi=0)

    assert set_stock(client, yunomi=None) == {"yunomi": 100}
    assert buy(client, 90) == 303
    assert left() == 100


def test_few_that_the_owner_sets_stay_few(client: FlaskClient) -> None:
    db.session.execute(sa.update(Variant).where(Variant.sku == "yunomi").values(available=5))
    db.session.commit()

    assert buy(client, 2) == 303

    assert left() == 3


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"yunomi": -1}, 400),
        ({"yunomi": 1.5}, 400),
        ({"yunomi": True}, 400),
        ({"yunomi": "3"}, 400),
        ({"yunomi": 10_000}, 400),
        ({"chasen": None}, 400),
        ({"yunomi": 3, "gold": 1}, 404),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_sets_nothing(
    client: FlaskClient, body: dict[str, object], status: int
) -> None:
    answer = client.post("/sandbox/stock", json=body)

    assert answer.status_code == status
    assert answer.get_json()["error"]
    assert left() == 100


def test_a_reset_ends_what_was_set(client: FlaskClient) -> None:
    set_stock(client, yunomi=3)
    client.post("/sandbox/reset", json={"seed": 1})

    assert buy(client, 90) == 303
    assert left() == 100
