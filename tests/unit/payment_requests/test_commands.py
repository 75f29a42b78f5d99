"""storefront orders and storefront yamato: the owner's hand until there are pages."""

from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from storefront.cli import group
from storefront.orders.models import Order
from storefront.ports.payments import GatewayRefused, GatewayUnavailable, ProviderStatus
from tests.factories import an_order
from tests.unit.orders.gateways import FakeGateway, use_gateway
from tests.unit.orders.test_fulfilment import on_credit


def run(app: Flask, *words: str, **options: Any) -> Result:
    return app.test_cli_runner().invoke(group, list(words), **options)


def shipped(app: Flask, order: Order) -> None:
    assert run(app, "orders", "ship", order.number, "123456789012").exit_code == 0


@pytest.fixture
def gateway(app: Flask) -> FakeGateway:
    return use_gateway(app, FakeGateway(tells=ProviderStatus.REQUESTED))


def test_an_order_is_shipped_and_delivered(app: Flask, gateway: FakeGateway) -> None:
    order = on_credit()
    shipped(app, order)

    assert "delivered" in run(app, "orders", "deliver", order.number).output
    shown = run(app, "orders", "show", order.number.lower()).output
    assert "delivered" in shown
    assert "yamato 123456789012" in shown


def test_another_slip_takes_the_place_of_the_first(app: Flask, gateway: FakeGateway) -> None:
    order = on_credit()
    shipped(app, order)
    run(app, "orders", "ship", order.number, "AB-1", "--carrier", "other")

    assert [call[0] for call in gateway.asked] == ["ship", "change_slip"]
    run(app, "orders", "unship", order.number)
    assert gateway.asked[-1][0] == "withdraw_slip"


def test_it_is_cancelled_reduced_and_billed_again(app: Flask, gateway: FakeGateway) -> None:
    order = on_credit()

    assert "4,000 yen" in run(app, "orders", "reduce", order.number, "4000").output
    assert run(app, "orders", "reissue", order.number, "2").exit_code == 0
    assert "cancelled" in run(app, "orders", "cancel", order.number).output


def test_the_slip_that_lies_in_the_parcel_is_printed(app: Flask, gateway: FakeGateway) -> None:
    order = on_credit(payment_code="kuroneko_payslip")

    assert "barCode       123" in run(app, "orders", "slip", order.number).output
    assert "no slip" in run(app, "orders", "slip", an_order().number).output


def test_the_provider_is_asked_where_it_stands(app: Flask, gateway: FakeGateway) -> None:
    order = on_credit(payment_code="kuroneko_payslip")

    told = run(app, "orders", "refresh", order.number)
    assert told.output == f"{order.number}: requested there, requested here.\n"


@pytest.mark.parametrize(
    ("fault", "words"),
    [(GatewayRefused("kaacl009E"), "kaacl009E"), (GatewayUnavailable(), "Try again")],
)
def test_what_the_provider_does_not_do_exits_1(app: Flask, fault: Exception, words: str) -> None:
    use_gateway(app, FakeGateway(fault))
    answer = run(app, "orders", "cancel", on_credit().number)

    assert (answer.exit_code, words in answer.output) == (1, True)
    assert "nothing has changed" in answer.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "NONE-SUCH"], "there is no order"),
        (["deliver", "{}"], "cannot be made to deliver"),
        (["reduce", "{}", "999999"], "give less"),
    ],
)
def test_what_cannot_be_done_says_why(app: Flask, words: list[str], told: str) -> None:
    number = an_order().number
    answer = run(app, "orders", *(one.format(number) for one in words))

    assert (answer.exit_code, told in answer.output) == (1, True)


def test_a_transfer_that_has_not_come_keeps_the_parcel_here(app: Flask) -> None:
    number = an_order(payment_code="bank_transfer").number

    assert "not paid" in run(app, "orders", "ship", number, "123456789012").output


@pytest.mark.parametrize("command", ["show", "ship", "unship", "deliver", "cancel", "reduce"])
def test_every_command_explains_itself(app: Flask, command: str) -> None:
    assert run(app, "orders", command, "--help").exit_code == 0


def test_the_contract_is_shown_without_its_password(app: Flask) -> None:
    shown = run(app, "yamato")

    assert "12345678901" in shown.output
    assert "yamato01" not in shown.output


def test_the_contract_is_registered_anew(app: Flask) -> None:
    options = ["--merchant", "98765432109", "--ship-days", "5", "--bundled"]
    answer = run(app, "yamato", *options, input="abcd1234\n")

    assert answer.exit_code == 0
    assert "98765432109" in answer.output
    assert "abcd1234" not in answer.output
    assert "bundled       True" in run(app, "yamato").output


@pytest.mark.parametrize(("merchant", "password"), [("123", "abcd1234"), ("98765432109", "short")])
def test_a_contract_of_another_shape_is_refused(app: Flask, merchant: str, password: str) -> None:
    answer = run(app, "yamato", "--merchant", merchant, input=f"{password}\n")

    assert answer.exit_code == 2
    assert "12345678901" in run(app, "yamato").output
