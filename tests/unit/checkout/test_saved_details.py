"""次回の入力を省く: saved with a tick, sealed, used at the next order, and gone when asked."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront.checkout.models import SavedDetails
from storefront.core.extensions import db
from storefront.privacy import erasure_requests, person
from storefront.sandbox import time
from storefront.testing.form_shopper import ADDRESS, FormShopper, QuickFormShopper, field_value
from storefront.testing.specimen import EMAIL, NAME, PHONE
from storefront.worker import periodic_tasks
from tests import remains
from tests.cookies import forget, keep, value_in
from tests.unit.checkout.reading import leads_to

DAY = 24 * 60 * 60
FILLED = f'value="{EMAIL}"'
TICKED = 'name="save_details" value="y" checked'


@pytest.fixture
def saved(shopper: FormShopper) -> FormShopper:
    """Has bought once, with the tick."""
    shopper.put_in().answer("cod", save_details="y", note="急ぎます").press_confirm()
    assert rows() == 1
    return shopper


def rows() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(SavedDetails)) or 0


def form_of(shopper: FormShopper) -> str:
    return shopper.put_in().get("/checkout").text


def test_nothing_is_saved_without_a_tick(shopper: FormShopper) -> None:
    page = shopper.put_in().answer("cod").get("/checkout").text
    shopper.press_confirm()

    assert TICKED not in page
    assert rows() == 0
    assert value_in(shopper.client, "details") == ""


def test_the_next_order_is_six_presses(client: FlaskClient) -> None:
    shopper = QuickFormShopper(client)
    shopper.to_sms(save_details="y").guess("1234")
    forget(client, "checkout")  # as if the browser had been closed
    time.advance(30 * DAY)

    shopper.put_in()  # カートに入れる
    page = shopper.get("/checkout").text  # レジに進む
    answer = shopper.post("/checkout", sent_by(page))  # 内容を確認する
    assert leads_to(answer) == "/checkout/confirm"
    assert leads_to(shopper.press_confirm()) == "/checkout/sms"  # SMS認証へ進む
    last = shopper.guess("1234")  # the code, 認証して注文を確定する

    assert leads_to(last).endswith("/complete")


def sent_by(page: str) -> dict[str, str]:
    """The order form as it stands, pressed as it is."""
    names = ("name", "postal_code", "city", "street", "building", "tel", "email")
    form = {name: field_in(page, name) for name in names}
    for choice in ("kuroneko_smartphone", "same", "0000"):
        assert f'value="{choice}" checked' in page
    assert TICKED in page
    chosen = {"payment": "kuroneko_smartphone", "ship_to": "same", "delivery_time": "0000"}
    assert f"<option selected>{ADDRESS['prefecture']}</option>" in page
    return {**form, **chosen, "prefecture": ADDRESS["prefecture"], "save_details": "y"}


def field_in(page: str, name: str) -> str:
    start = page.index(f'id="{name}" name="{name}"')
    return page[start:].partition('value="')[2].partition('"')[0]


def test_wishes_of_one_order_are_not_saved(saved: FormShopper) -> None:
    page = form_of(saved)

    assert (FILLED in page, "急ぎます" in page) == (True, False)
    assert "保存した情報を入力しました" in page


def test_who_got_a_present_gets_no_second_one(shopper: FormShopper) -> None:
    recipient = {f"ship_{name}": ADDRESS[name] for name in ("postal_code", "city", "street", "tel")}
    recipient |= {"ship_name": "山田 花子", "ship_prefecture": ADDRESS["prefecture"]}
    present = {**recipient, "ship_to": "other", "gift_sender": "太郎"}
    shopper.put_in().answer("cod", save_details="y", **present).press_confirm()

    page = form_of(shopper)

    assert FILLED in page
    assert 'value="same" checked' in page
    assert 'value="山田 花子"' not in page
    assert 'value="太郎"' not in page


def test_details_are_sealed_under_an_id_that_only_the_browser_knows(saved: FormShopper) -> None:
    raw = db.session.execute(sa.text("SELECT * FROM saved_details")).one()

    assert len(raw.id) == 32
    assert value_in(saved.client, "details").startswith(raw.id)
    assert not any(told in raw.details for told in (NAME.encode(), EMAIL.encode(), PHONE.encode()))


def test_another_browser_is_filled_in_nothing(app: Flask, saved: FormShopper) -> None:
    other = QuickFormShopper(app.test_client())
    keep(other.client, "details", value_in(saved.client, "details").partition(".")[0])

    assert FILLED not in form_of(other)


def test_the_method_that_worked_is_the_one_saved(shopper: FormShopper) -> None:
    shopper.put_in().answer("bank_transfer", save_details="y")
    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.press_confirm()

    assert 'value="cod" checked' in form_of(shopper)


def test_the_tick_stays_while_the_order_is_changed(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod", save_details="y")

    assert TICKED in shopper.get("/checkout?edit=payment").text


def test_without_the_tick_the_next_form_forgets(saved: FormShopper) -> None:
    saved.put_in().answer("cod")

    assert rows() == 0
    assert value_in(saved.client, "details") == ""


def test_forgetting_is_at_once_and_empties_the_form(saved: FormShopper) -> None:
    page = form_of(saved)
    assert 'data-testid="forget"' in page

    saved.client.post("/checkout/forget", data={"csrf_token": field_value(page, "csrf_token")})

    assert rows() == 0
    assert value_in(saved.client, "details") == ""
    assert FILLED not in saved.get("/checkout").text


def test_somebody_elses_page_forgets_nothing(saved: FormShopper) -> None:
    form_of(saved)
    saved.client.post("/checkout/forget", data={"csrf_token": "stale"})

    assert rows() == 1


@pytest.mark.parametrize(("days", "is_there"), [(89, True), (91, False)])
@pytest.mark.parametrize("is_tidied", [True, False])
def test_details_last_for_90_days(
    saved: FormShopper, days: int, is_there: bool, is_tidied: bool
) -> None:
    time.advance(days * DAY)
    if is_tidied:
        periodic_tasks.tidy_up()
        assert rows() == is_there

    assert (FILLED in form_of(saved)) == is_there
    assert bool(value_in(saved.client, "details")) == is_there


def test_each_use_begins_the_90_days_anew(saved: FormShopper) -> None:
    time.advance(60 * DAY)
    form_of(saved)
    time.advance(60 * DAY)
    periodic_tasks.tidy_up()

    assert rows() == 1


@pytest.mark.parametrize(("email", "phone"), [(EMAIL, ""), ("", PHONE)])
def test_they_are_erased_with_their_person(saved: FormShopper, email: str, phone: str) -> None:
    time.advance(2 * 60 * 60)
    assert any(one.startswith("saved_details") for one in remains.found(EMAIL))

    erasure_requests.erase(person.read(email, phone))

    assert not any(one.startswith("saved_details") for one in remains.found(NAME, EMAIL))
    assert FILLED not in form_of(saved)


def test_those_of_others_are_left(saved: FormShopper) -> None:
    erasure_requests.erase(person.read("hanako@himitsu.example", ""))

    assert rows() == 1


def test_a_method_that_is_gone_is_simply_not_chosen(app: Flask, saved: FormShopper) -> None:
    with app.app_context():
        db.session.execute(sa.text("UPDATE payment_methods SET published = false"))
        db.session.execute(
            sa.text("UPDATE payment_methods SET published = true WHERE code = 'bank_transfer'")
        )
        db.session.commit()

    page = form_of(saved)

    assert FILLED in page
    assert "ng-banner" not in page
