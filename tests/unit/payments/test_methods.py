"""Which payment methods are on offer, and whether one may pay for an amount."""

import pytest
from flask import Flask

from storefront.core.extensions import db, transaction
from storefront.payments import methods
from storefront.payments.models import PaymentMethod


def a_method(**fields: object) -> PaymentMethod:
    return PaymentMethod(**{"kind": "cod", "minimum": 0, "maximum": None, **fields})


def change(method_code: str, /, **values: object) -> None:
    with transaction():
        method = db.session.query(PaymentMethod).filter_by(code=method_code).one()
        for name, value in values.items():
            setattr(method, name, value)


def codes() -> list[str]:
    return [method.code for method in methods.on_offer()]


def test_without_providers_the_demo_shop_offers_what_needs_none(app: Flask) -> None:
    assert codes() == [
        "kuroneko_smartphone",
        "cod",
        "bank_transfer",
    ]


@pytest.mark.parametrize(
    ("code", "fee"), [("kuroneko_smartphone", 176), ("cod", 330), ("bank_transfer", 0)]
)
def test_the_demo_shops_fees_are_the_contracts(app: Flask, code: str, fee: int) -> None:
    found = next(method for method in methods.on_offer() if method.code == code)

    assert found.fee == fee


def test_methods_come_in_the_owners_order(app: Flask) -> None:
    change("cod", position=-1)

    assert codes()[:2] == ["cod", "kuroneko_smartphone"]


def test_an_unpublished_method_is_not_on_offer(app: Flask) -> None:
    change("cod", published=False)

    assert "cod" not in codes()


def test_a_kind_that_the_code_does_not_know_is_not_on_offer(app: Flask) -> None:
    change("cod", kind="barter")

    assert "cod" not in codes()


def test_a_method_may_be_named_apart_from_its_kind(app: Flask) -> None:
    change("cod", code="at_the_door")

    assert "at_the_door" in codes()


@pytest.mark.parametrize("switch", [True, False])
def test_pay_later_checks_the_phone_whatever_the_owner_says(switch: bool) -> None:
    assert methods.checks_sms(a_method(kind="kuroneko_smartphone", sms_check=switch))


@pytest.mark.parametrize("switch", [True, False])
def test_the_owner_decides_whether_another_method_checks_the_phone(switch: bool) -> None:
    assert methods.checks_sms(a_method(kind="cod", sms_check=switch)) is switch


@pytest.mark.parametrize(
    ("minimum", "maximum", "total", "expected"),
    [
        (0, 55_000, 54_999, True),
        (0, 55_000, 55_000, True),
        (0, 55_000, 55_001, False),
        (1_000, None, 999, False),
        (1_000, None, 1_000, True),
        (0, None, 10**9, True),
        (0, 0, 1, False),
        (0, 0, 0, True),
    ],
)
def test_an_amount_must_lie_within_the_limits(
    minimum: int, maximum: int | None, total: int, expected: bool
) -> None:
    method = a_method(minimum=minimum, maximum=maximum)

    assert methods.is_within_limits(method, total) is expected


def test_pay_later_ends_at_55000_yen_everything_included(app: Flask) -> None:
    later = next(one for one in methods.on_offer() if one.code == "kuroneko_smartphone")

    assert methods.is_within_limits(later, 55_000)
    assert not methods.is_within_limits(later, 55_001)


def test_the_database_refuses_a_negative_fee(app: Flask) -> None:
    with pytest.raises(Exception, match="CHECK constraint failed: ck_payment_methods_fee"):
        change("cod", fee=-1)


@pytest.mark.parametrize(
    ("maximum", "total", "may"),
    [
        (None, 55_000, True),
        (None, 55_001, False),
        (99_999, 55_001, False),
        (30_000, 30_001, False),
    ],
)
def test_no_owner_lifts_the_limit_of_the_kind(
    app: Flask, maximum: int | None, total: int, may: bool
) -> None:
    method = a_method(kind="kuroneko_smartphone", maximum=maximum)

    assert methods.is_within_limits(method, total) is may
