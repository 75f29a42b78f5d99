"""Orders on credit whose contract with Yamato is no longer the shop's."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from storefront import create_app
from storefront.bulk import actions as bulk
from storefront.cli import group
from storefront.core import migrate
from storefront.core.extensions import db, transaction
from storefront.orders import adjustments, closure, fulfilment
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import Order
from storefront.orders.provider_calls import OTHER_CONTRACT
from storefront.payment_requests import provider_sync
from storefront.ports.payments import Carrier, GatewayRefused, TrackedParcel
from storefront.providers.yamato.account import account
from storefront.providers.yamato.account.account import Options
from storefront.providers.yamato.credit import reconciliation as credit
from storefront.providers.yamato.credit.attempts import AttemptState
from storefront.providers.yamato.models import CreditAttempt
from storefront.sandbox import time
from tests.app_pool import close, own_folder, settings
from tests.unit.admin.conftest import keeper
from tests.unit.checkout.reading import newest_order
from tests.yamato import asked, client, yamato_app

__all__ = ["asked", "client", "yamato_app"]

SLIP = TrackedParcel(Carrier.YAMATO, "123456789013", date(2026, 12, 1))
OTHER_SLIP = TrackedParcel(Carrier.YAMATO, "123456789024", date(2026, 12, 1))


def an_order(client: FlaskClient, state: str) -> Order:
    """Registered under the contract that the shop has until then."""
    assert client.post("/sandbox/orders", json={"state": state}).status_code == 201
    order = newest_order()
    assert order.contract == "12345678901/test"
    return order


def sign_another() -> None:
    account.register("98765432109", "Other123", Options())


def test_what_is_done_here_is_told_to_nobody(
    client: FlaskClient, asked: Callable[[], list[str]]
) -> None:
    order = an_order(client, "placed")
    before = asked()
    sign_another()

    fulfilment.ship(order, SLIP)
    fulfilment.change_slip(order, OTHER_SLIP)
    fulfilment.withdraw_slip(order)
    fulfilment.cancel(order)

    assert (order.status, order.payment_status) == ("cancelled", "cancelled")
    assert asked() == before


def test_a_returned_parcel_is_closed_without_yamato(
    client: FlaskClient, asked: Callable[[], list[str]]
) -> None:
    order = an_order(client, "shipped")
    before = asked()
    sign_another()

    fulfilment.take_back(order)

    assert (order.status, order.payment_status) == ("returned", "cancelled")
    assert asked() == before


@pytest.mark.parametrize("state", ["shipped", "delivered"])
def test_the_owner_says_that_its_money_came(client: FlaskClient, state: str) -> None:
    order = an_order(client, state)
    with pytest.raises(NotNow):
        closure.close(order)
    sign_another()

    closure.close(order)

    assert order.payment_status == "paid"
    with pytest.raises(NotNow):
        closure.close(order)


def test_what_only_yamato_could_do_is_refused(client: FlaskClient) -> None:
    order = an_order(client, "shipped")
    sign_another()

    for act in (
        lambda: adjustments.reduce(order, order.total - 100),
        lambda: adjustments.reissue(order, "2"),
        lambda: bulk.refresh(order),
        lambda: bulk.slip_data(order),
    ):
        with pytest.raises(GatewayRefused, match=OTHER_CONTRACT):
            act()


def test_it_is_not_asked_about_for_ever(
    client: FlaskClient, asked: Callable[[], list[str]]
) -> None:
    order = an_order(client, "shipped")
    time.advance(7200)
    provider_sync.follow_up()
    assert asked()[-1] == "KAAST0010"
    before = asked()

    sign_another()
    time.advance(7200)
    provider_sync.follow_up()

    assert asked() == before
    assert provider_sync.refresh(order) is None


def test_the_same_code_at_the_other_host_is_another_contract(
    client: FlaskClient, asked: Callable[[], list[str]]
) -> None:
    order = an_order(client, "shipped")
    before = asked()
    with transaction():
        db.session.execute(sa.text("UPDATE yamato_connections SET live = true"))

    assert provider_sync.refresh(order) is None
    assert asked() == before


def test_credit_that_was_asked_for_under_another_contract_is_left_alone(
    client: FlaskClient, asked: Callable[[], list[str]]
) -> None:
    """Yamato would know nothing of it, which would be taken for an answer."""
    an_order(client, "placed")
    with transaction():
        db.session.execute(sa.update(CreditAttempt).values(state=AttemptState.UNKNOWN))
    before = asked()
    sign_another()
    time.advance(600)

    credit.follow_up()

    assert asked() == before
    assert db.session.scalars(sa.select(CreditAttempt.state)).one() == AttemptState.UNKNOWN


def test_its_pages_say_so_and_close_it(yamato_app: Flask, client: FlaskClient) -> None:
    order = an_order(client, "delivered")
    owner = keeper(yamato_app, "owner")
    page = f"/admin/orders/{order.number}"
    assert 'data-testid="contract" data-state="own">12345678901(テスト)' in owner.get(page).text

    sign_another()

    shown = owner.get(page).text
    assert 'data-testid="contract" data-state="other">12345678901(テスト)' in shown
    assert "別の契約で登録された注文です" in shown
    assert 'data-testid="deed-refresh"' not in shown
    assert "別の契約" in owner.get("/admin/orders/payments").text
    assert owner.post(f"{page}/do/close", {}).status_code == 303
    db.session.rollback()
    db.session.refresh(order)
    assert order.payment_status == "paid"


def test_a_command_closes_it(yamato_app: Flask, client: FlaskClient) -> None:
    order = an_order(client, "delivered")
    runner = yamato_app.test_cli_runner()
    refused = runner.invoke(group, ["orders", "close", order.number])
    sign_another()

    shown = runner.invoke(group, ["orders", "show", order.number])
    done = runner.invoke(group, ["orders", "close", order.number])

    assert refused.exit_code == 1
    assert "under 12345678901/test  (another contract" in shown.output
    assert (done.exit_code, done.output) == (0, f"{order.number} is paid.\n")


BEFORE = "never_open"  # the revision that knew nothing of contracts


@pytest.fixture(params=["sqlite", "postgresql"])
def old_shop(request: pytest.FixtureRequest, seeded: Path, tmp_path: Path) -> Iterator[Flask]:
    """An empty database of that revision."""
    is_here = request.param == "sqlite"
    url = "" if is_here else request.getfixturevalue("postgresql").fresh()
    app = create_app(settings(own_folder(seeded, tmp_path), database_url=url))
    with app.app_context():
        migrate.config()
        upgrade(revision=BEFORE)
        yield app
        db.session.remove()
    close(app)


def write(table: str, **values: Any) -> None:
    """A row as that revision had it; whatever is not given is empty."""
    known = sa.Table(table, sa.MetaData(), autoload_with=db.session.connection())
    needed = {one.name: _empty(one) for one in known.columns if not one.nullable}
    needed.pop("id", None)
    db.session.execute(sa.insert(known).values({**needed, **values}))


def _empty(column: sa.Column[Any]) -> Any:
    now = datetime(2026, 10, 1)  # noqa: DTZ001  # as the column keeps it, in UTC
    empty: dict[type, Any] = {int: 0, bool: False, str: "", bytes: b"", datetime: now}
    return empty.get(column.type.python_type, {})


def an_old_order(reference: str | None, *, is_test: bool = False) -> None:
    unique = {name: f"{name}{reference}" for name in ("number", "token", "key")}
    write("orders", payment_reference=reference, is_test=is_test, **unique)


@pytest.mark.parametrize(
    ("code", "is_live", "contracts"),
    [
        ("11111111111", False, ("11111111111/live", "11111111111/test", "22222222222/live")),
        ("11111111111", True, ("11111111111/live", "11111111111/test", "22222222222/live")),
        ("12345678901", False, ("12345678901/test", "12345678901/test", "22222222222/live")),
        ("", False, (None, None, "22222222222/live")),
    ],
)
def test_orders_of_before_are_given_the_contract_that_is_known(
    old_shop: Flask, code: str, is_live: bool, contracts: tuple[str | None, ...]
) -> None:
    """Of the call log where it tells another code than the connection; of cash there is none."""
    with transaction():
        if code:
            write("yamato_connections", merchant_code=code, live=is_live)
        an_old_order("A-1")
        an_old_order("B-1", is_test=True)
        an_old_order("C-1")
        an_old_order(None)
        said = {"ycfStrCode": "22222222222"}
        write("kuroneko_calls", order_number="C-1", api="KAARA0010", fields=said)
    db.session.remove()

    migrate.migrate()

    found = sa.text("SELECT payment_reference, contract FROM orders ORDER BY id")
    assert [row.contract for row in db.session.execute(found)] == [*contracts, None]
