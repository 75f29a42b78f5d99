"""What changed since the shopper read it, and the key that says so."""

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.testing.form_shopper import FormShopper, field_value
from tests.unit.checkout.reading import (
    CHANGED,
    PassTime,
    completion,
    count_orders,
    key_of,
    leads_to,
    newest_order,
    set_price,
    set_stock,
    step_of,
)


def test_a_changed_price_is_shown_before_anything_is_placed(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    key = key_of(shopper)
    set_price("yunomi", 3_500)

    answer = shopper.press_confirm(key)

    assert (answer.status_code, step_of(answer), count_orders()) == (422, "confirm", 0)
    assert "の価格が変わりました(3,300円(税込)→3,500円(税込))" in answer.text
    assert 'data-yen="4490"' in answer.text


def test_a_changed_price_can_be_agreed_to(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    key = key_of(shopper)
    set_price("yunomi", 3_500)
    shown = shopper.press_confirm(key).text

    answer = shopper.press_confirm(field_value(shown, "confirmation_key"))

    assert leads_to(answer) == completion()
    assert newest_order().total == 4_490


def test_too_little_stock_is_shown_before_anything_is_placed(shopper: FormShopper) -> None:
    shopper.put_in(quantity=3).answer("cod")
    key = key_of(shopper)
    set_stock("yunomi", 2)

    answer = shopper.press_confirm(key)

    assert (answer.status_code, count_orders()) == (422, 0)
    assert "の在庫が不足しています。数量を2にしました" in answer.text


def test_what_is_sold_out_is_taken_out_of_the_cart(shopper: FormShopper) -> None:
    shopper.put_in("matcha-bowl").answer("cod")
    key = key_of(shopper)
    set_stock("matcha-bowl", 0)

    answer = shopper.press_confirm(key)

    assert (answer.status_code, count_orders()) == (422, 0)
    assert "は在庫がなくなったため、カートから削除しました" in answer.text


def test_an_old_key_shows_the_confirmation_again(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    key = key_of(shopper)
    shopper.answer("cod", name="山田 花子")

    answer = shopper.press_confirm(key)

    assert (answer.status_code, step_of(answer), count_orders()) == (422, "confirm", 0)
    assert CHANGED in answer.text


@pytest.mark.parametrize("key", ["", "0" * 32, "あ", "x" * 5_000])
def test_a_key_nobody_gave_out_places_nothing(shopper: FormShopper, key: str) -> None:
    shopper.put_in().answer("cod")

    answer = shopper.press_confirm(key)

    assert (answer.status_code, count_orders()) == (422, 0)


def test_the_key_of_another_shopper_places_nothing(app: Flask, shopper: FormShopper) -> None:
    other = FormShopper(app.test_client())
    other.put_in().answer("cod")
    shopper.put_in().answer("cod")

    answer = shopper.press_confirm(key_of(other))

    assert (answer.status_code, count_orders()) == (422, 0)


def test_the_key_of_another_shopper_does_not_find_the_order(
    app: Flask, shopper: FormShopper
) -> None:
    other = FormShopper(app.test_client())
    other.put_in().answer("cod")
    key = key_of(other)
    other.press_confirm(key)
    shopper.put_in().answer("cod")

    answer = shopper.press_confirm(key)

    assert (answer.status_code, count_orders()) == (422, 1)


def test_a_wanted_day_that_is_gone_is_not_confirmed(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    earliest = start_before_midnight(shopper, pass_time)
    shopper.answer("cod", delivery_date=earliest)
    key = key_of(shopper)
    pass_time(20 * 60)

    answer = shopper.press_confirm(key)

    assert answer.status_code in {303, 422}
    assert count_orders() == 0


def start_before_midnight(shopper: FormShopper, pass_time: PassTime) -> str:
    """Ten minutes before a Tuesday begins in Japan; the earliest day of Monday is gone then."""
    monday = datetime(2027, 2, 15, 14, 50, tzinfo=UTC)
    pass_time(int((monday - clock.now()).total_seconds()))
    page = shopper.put_in().get("/checkout").text
    found = re.search(r'<option value="(\d{4}-\d\d-\d\d)"', page)
    assert found
    return found[1]


def test_a_passed_code_survives_a_placing_that_failed(shopper: FormShopper) -> None:
    shopper.to_sms()
    refuse_orders()
    assert leads_to(shopper.guess("1234")) == "/checkout/confirm"
    allow_orders()

    answer = shopper.press_confirm()

    assert leads_to(answer) == completion()


def refuse_orders() -> None:
    with transaction():
        db.session.execute(
            sa.text(
                "CREATE TRIGGER no_orders BEFORE INSERT ON ledger_entries "
                "BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"
            )
        )


def allow_orders() -> None:
    with transaction():
        db.session.execute(sa.text("DROP TRIGGER no_orders"))
