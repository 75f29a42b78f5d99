"""The table of contract.md §3: what each address of the checkout answers."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import Client, TestResponse

from storefront import clock
from storefront.catalogue.models import Variant
from storefront.checkout.models import Checkout
from storefront.extensions import db, transaction
from storefront.orders.models import Order
from storefront.payments.models import PaymentMethod
from storefront.sandbox import phone
from tests.shopper import ADDRESS, Shopper, field_value

PassTime = Callable[[int], None]
BANNER = "一定時間操作がなかったため、入力を中断しました。カートの商品は残っています。"
CHANGED = "ご注文内容が変わりました。内容をもう一度ご確認ください"


def state_of(answer: TestResponse) -> str:
    found = re.search(r'data-state="(\w+)"', answer.text)
    return found[1] if found else ""


def step_of(answer: TestResponse) -> str:
    found = re.search(r'data-step="(\w+)"', answer.text)
    return found[1] if found else ""


def leads_to(answer: TestResponse) -> str:
    assert answer.status_code == 303, (answer.status_code, answer.text[:200])
    return answer.location


def key_of(shopper: Shopper) -> str:
    return field_value(shopper.get("/checkout/confirm").text, "confirmation_key")


def completion() -> str:
    return f"/orders/{newest_order().token}/complete"


def newest_order() -> Order:
    return db.session.scalars(sa.select(Order).order_by(Order.id.desc())).first() or Order()


def count_orders() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Order)) or 0


def cookie_of(client: Client, name: str = "checkout") -> str:
    cookie = client.get_cookie(name)
    return cookie.value if cookie else ""


def set_stock(sku: str, available: int) -> None:
    with transaction():
        wanted = sa.update(Variant).where(Variant.sku == sku)
        db.session.execute(wanted.values(available=available))


def set_price(sku: str, price: int) -> None:
    with transaction():
        db.session.execute(sa.update(Variant).where(Variant.sku == sku).values(price=price))


GETS = [
    "/checkout",
    "/checkout/confirm",
    "/checkout/confirm/status",
    "/checkout/sms",
    "/checkout/sms/status",
    "/checkout/address?postal_code=1000005",
]
POSTS = [
    "/checkout",
    "/checkout/address",
    "/checkout/quote",
    "/checkout/validate/tel",
    "/checkout/confirm",
    "/checkout/sms",
    "/checkout/sms/resend",
    "/checkout/other-method",
]


@pytest.mark.parametrize("path", GETS)
def test_without_a_cart_every_step_leads_to_the_cart(shopper: Shopper, path: str) -> None:
    assert leads_to(shopper.get(path)) == "/cart"


@pytest.mark.parametrize("path", POSTS)
def test_without_a_cart_every_press_leads_to_the_cart(shopper: Shopper, path: str) -> None:
    assert leads_to(shopper.post(path)) == "/cart"


@pytest.mark.parametrize("path", GETS[1:])
def test_without_a_checkout_every_step_leads_to_the_first(shopper: Shopper, path: str) -> None:
    shopper.put_in()

    assert leads_to(shopper.get(path)) == "/checkout"


@pytest.mark.parametrize("path", POSTS)
def test_without_a_checkout_every_press_leads_to_the_cart(shopper: Shopper, path: str) -> None:
    shopper.put_in()

    assert leads_to(shopper.post(path)) == "/cart"


@pytest.mark.parametrize("path", ["/checkout/confirm", "/checkout/sms", "/checkout/sms/status"])
def test_with_nothing_answered_every_step_leads_to_the_form(shopper: Shopper, path: str) -> None:
    shopper.put_in().get("/checkout")

    assert leads_to(shopper.get(path)) == "/checkout"


@pytest.mark.parametrize("path", ["/checkout/confirm", "/checkout/sms", "/checkout/sms/resend"])
def test_with_nothing_answered_a_press_leads_to_the_form(shopper: Shopper, path: str) -> None:
    shopper.put_in().get("/checkout")

    assert leads_to(shopper.post(path)) == "/checkout"


@pytest.mark.parametrize("path", ["/checkout/sms", "/checkout/sms/status"])
@pytest.mark.parametrize("payment", ["cod", "kuroneko_smartphone"])
def test_with_no_code_sent_code_entry_leads_to_the_confirmation(
    shopper: Shopper, path: str, payment: str
) -> None:
    shopper.put_in().answer(payment)

    assert leads_to(shopper.get(path)) == "/checkout/confirm"


@pytest.mark.parametrize("path", ["/checkout/sms", "/checkout/sms/resend"])
def test_with_no_code_sent_a_guess_leads_to_the_confirmation(shopper: Shopper, path: str) -> None:
    shopper.put_in().answer()

    assert leads_to(shopper.post(path, {"code": "1234"})) == "/checkout/confirm"


@pytest.mark.parametrize("path", ["/checkout", "/checkout/confirm", "/checkout/sms"])
def test_with_a_code_sent_every_step_is_open(shopper: Shopper, path: str) -> None:
    shopper.to_sms()

    assert shopper.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/checkout/other-method", "/checkout/sms/resend"])
def test_a_reload_of_a_refused_press_leads_to_code_entry(shopper: Shopper, path: str) -> None:
    shopper.to_sms()

    assert leads_to(shopper.get(path)) == "/checkout/sms"


def test_an_emptied_cart_leads_out_of_the_checkout(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    shopper.post("/cart/items/yunomi", {"quantity": "0"})

    assert leads_to(shopper.get("/checkout/confirm")) == "/cart"


def test_the_form_is_the_input_step(shopper: Shopper) -> None:
    assert step_of(shopper.put_in().get("/checkout")) == "input"


@pytest.mark.parametrize("section", ["customer", "delivery", "payment"])
def test_the_form_can_be_opened_to_edit_a_section(shopper: Shopper, section: str) -> None:
    shopper.put_in().answer("cod")

    answer = shopper.get(f"/checkout?edit={section}")

    assert answer.status_code == 200
    assert 'value="山田 太郎"' in answer.text


def test_the_switch_lists_the_other_methods(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")

    answer = shopper.get("/checkout?switch=1")

    switches = re.findall(r'data-testid="switch-to-(\w+)"', answer.text)
    assert switches == ["kuroneko_smartphone", "bank_transfer"]


def test_good_answers_lead_to_the_confirmation(shopper: Shopper) -> None:
    assert leads_to(shopper.put_in().answer("cod").last) == "/checkout/confirm"


def test_wrong_answers_show_the_form_again_as_it_was_typed(shopper: Shopper) -> None:
    answer = shopper.put_in().answer("cod", email="taro", city="大手町").last

    assert (answer.status_code, step_of(answer)) == (422, "input")
    assert 'value="taro"' in answer.text
    assert 'value="大手町"' in answer.text


def test_wrong_answers_show_an_error_summary(shopper: Shopper) -> None:
    answer = shopper.put_in().answer("cod", email="taro").last

    assert 'data-testid="error-summary"' in answer.text
    assert 'href="#email"' in answer.text


def test_wrong_answers_do_not_replace_the_good_ones(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    shopper.answer("cod", email="taro")

    assert shopper.get("/checkout/confirm").status_code == 200


def test_typed_text_is_there_again_at_the_next_visit(shopper: Shopper) -> None:
    shopper.put_in().answer("cod", email="taro")

    assert 'value="taro"' in shopper.get("/checkout").text


@pytest.mark.parametrize(
    ("product", "payment", "changes", "message"),
    [
        (
            "tsumugi",
            "kuroneko_smartphone",
            {},
            "このお支払い方法は55,000円(税込)までご利用いただけます",
        ),
        (
            "yunomi",
            "kuroneko_smartphone",
            {"tel": "03-1234-5678"},
            "SMSを受け取る携帯電話番号を入力してください",
        ),
        (
            "yunomi",
            "kuroneko_smartphone",
            {"building": "あ" * 40},
            "住所は都道府県から建物名まで合わせて50文字以内で入力してください(現在55文字)",
        ),
    ],
)
def test_answers_that_do_not_suit_the_method_say_so(
    shopper: Shopper, product: str, payment: str, changes: dict[str, str], message: str
) -> None:
    answer = shopper.put_in(product).answer(payment, **changes).last

    assert answer.status_code == 422
    assert message in answer.text


def with_bad_token(shopper: Shopper, path: str, data: dict[str, str]) -> TestResponse:
    return shopper.client.post(path, data={**data, "csrf_token": "stale"})


def test_a_stale_token_keeps_what_was_typed_in_the_form(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")

    answer = with_bad_token(shopper, "/checkout", {**ADDRESS, "payment": "cod", "city": "大手町"})

    assert answer.status_code == 422
    assert 'value="大手町"' in answer.text
    assert 'data-testid="error-summary"' in answer.text


PRESSES = {
    "/checkout": {**ADDRESS, "payment": "kuroneko_smartphone"},
    "/checkout/address": {"postal_code": "1000005"},
    "/checkout/confirm": {},
    "/checkout/sms": {"code": "1234"},
    "/checkout/sms/resend": {},
    "/checkout/other-method": {"payment": "cod"},
}


@pytest.mark.parametrize("path", PRESSES)
def test_a_stale_token_brings_a_fresh_one_that_works(shopper: Shopper, path: str) -> None:
    shopper.to_sms()
    refused = with_bad_token(shopper, path, PRESSES[path])
    fresh = field_value(refused.text, "csrf_token")

    answer = shopper.client.post(path, data={**PRESSES[path], "csrf_token": fresh})

    assert refused.status_code == 422
    assert 'data-testid="error-summary"' in refused.text
    assert answer.status_code == (422 if path in NOT_YET else 303)


NOT_YET = {"/checkout/confirm", "/checkout/sms/resend"}  # no key was sent; it is too early


@pytest.mark.parametrize("path", PRESSES)
def test_a_gone_session_is_a_stale_token(shopper: Shopper, path: str) -> None:
    shopper.to_sms()
    token = shopper.token()
    shopper.client.delete_cookie("session")

    answer = shopper.client.post(path, data={**PRESSES[path], "csrf_token": token})

    assert answer.status_code == 422


def test_a_stale_token_places_no_order(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    key = key_of(shopper)

    with_bad_token(shopper, "/checkout/confirm", {"confirmation_key": key})

    assert count_orders() == 0


def test_a_stale_token_costs_no_try(shopper: Shopper) -> None:
    shopper.to_sms()
    for _ in range(3):
        with_bad_token(shopper, "/checkout/sms", {"code": "9999"})

    assert leads_to(shopper.guess("1234")) == completion()


@pytest.mark.parametrize("path", PRESSES)
def test_a_refused_press_leaves_the_session_cookie_as_it_is(shopper: Shopper, path: str) -> None:
    shopper.to_sms()

    answer = with_bad_token(shopper, path, PRESSES[path])

    assert "session=" not in ";".join(answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("code", ["9999", "12", ""])
def test_a_wrong_code_leaves_the_session_cookie_as_it_is(shopper: Shopper, code: str) -> None:
    shopper.to_sms()

    assert shopper.guess(code).headers.getlist("Set-Cookie") == []


def test_an_order_without_a_code_leads_to_its_completion(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")

    assert leads_to(shopper.press_confirm()) == completion()


def test_an_order_with_a_code_leads_to_code_entry(shopper: Shopper) -> None:
    shopper.put_in().answer()

    assert leads_to(shopper.press_confirm()) == "/checkout/sms"


def test_asking_for_a_code_places_no_order(shopper: Shopper) -> None:
    shopper.to_sms()

    assert count_orders() == 0


def test_the_right_code_leads_to_the_completion(shopper: Shopper) -> None:
    shopper.to_sms()

    assert leads_to(shopper.guess("1234")) == completion()


@pytest.mark.parametrize("typed", ["１２３４", "12 34", "1-2-3-4"])
def test_the_right_code_in_any_usual_form_leads_to_the_completion(
    shopper: Shopper, typed: str
) -> None:
    shopper.to_sms()

    assert leads_to(shopper.guess(typed)) == completion()


def test_a_wrong_code_stays_on_the_screen_and_says_how_many_are_left(shopper: Shopper) -> None:
    shopper.to_sms()

    answer = shopper.guess("9999")

    assert (answer.status_code, state_of(answer)) == (422, "wrong")
    assert "認証番号が違います" in answer.text
    assert "(あと2回入力できます)" in answer.text


def test_a_wrong_code_is_kept_in_its_field(shopper: Shopper) -> None:
    shopper.to_sms()

    assert 'value="９９-９９"' in shopper.guess("９９-９９").text


def test_the_last_try_leads_back_to_the_form(shopper: Shopper) -> None:
    shopper.to_sms()
    for _ in range(2):
        shopper.guess("9999")

    assert leads_to(shopper.guess("9999")) == "/checkout"


@pytest.mark.parametrize("typed", ["", "12", "12345", "abcd"])
def test_a_malformed_code_costs_no_try(shopper: Shopper, typed: str) -> None:
    shopper.to_sms()
    for _ in range(5):
        assert shopper.guess(typed).status_code == 422

    assert leads_to(shopper.guess("1234")) == completion()


def test_an_expired_code_stays_on_the_screen(shopper: Shopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(601)

    answer = shopper.guess("1234")

    assert (answer.status_code, state_of(answer)) == (422, "expired")


def test_an_expired_screen_offers_the_other_methods(shopper: Shopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(601)

    answer = shopper.get("/checkout/sms")

    assert (answer.status_code, state_of(answer)) == (200, "expired")
    assert 'data-testid="switch-to-cod"' in answer.text


def test_the_other_methods_come_up_when_a_text_takes_20_seconds(
    shopper: Shopper, pass_time: PassTime
) -> None:
    shopper.to_sms()
    early = shopper.get("/checkout/sms").text
    pass_time(20)
    late = shopper.get("/checkout/sms").text

    assert 'class="ways ways--later"' in early
    assert 'class="ways"' in late


def test_the_other_methods_come_up_at_the_second_wrong_code(shopper: Shopper) -> None:
    shopper.to_sms()

    assert 'class="ways ways--later"' in shopper.guess("9999").text
    assert 'class="ways"' in shopper.guess("9998").text


def test_code_entry_has_one_visible_input(shopper: Shopper) -> None:
    shopper.to_sms()

    page = shopper.get("/checkout/sms").text

    form = page[page.index('data-testid="sms-form"') :].split("</form>")[0]
    assert re.findall(r'<input(?![^>]*type="hidden")[^>]*name="(\w+)"', form) == ["code"]
    assert "maxlength" not in form


def test_a_resend_too_early_says_how_long_to_wait(shopper: Shopper) -> None:
    shopper.to_sms()

    answer = shopper.post("/checkout/sms/resend")

    assert answer.status_code == 422
    assert re.search(r"認証番号はあと(29|30)秒でもう一度送れます", answer.text)


def test_a_resend_in_time_leads_to_code_entry(shopper: Shopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(30)

    assert leads_to(shopper.post("/checkout/sms/resend")) == "/checkout/sms"


def test_a_resend_says_that_the_code_is_the_same(shopper: Shopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(30)
    shopper.post("/checkout/sms/resend")

    assert "同じ認証番号をもう一度090-****-0000に送りました" in shopper.get("/checkout/sms").text


def test_a_resend_says_that_the_code_is_new(shopper: Shopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(601)
    shopper.post("/checkout/sms/resend")

    assert "前の番号は使えません" in shopper.get("/checkout/sms").text


def test_a_fourth_text_is_refused_and_the_code_stays_good(
    shopper: Shopper, pass_time: PassTime
) -> None:
    shopper.to_sms()
    for wait in (30, 60):
        pass_time(wait)
        shopper.post("/checkout/sms/resend")
    pass_time(60)

    answer = shopper.post("/checkout/sms/resend")

    assert answer.status_code == 422
    assert "認証番号を送れる回数の上限に達しました" in answer.text
    assert leads_to(shopper.guess("1234")) == completion()


@pytest.mark.parametrize("path", ["/checkout/sms/status", "/checkout/confirm/status"])
def test_a_poll_with_nothing_new_is_empty(shopper: Shopper, path: str) -> None:
    shopper.to_sms()

    answer = shopper.get(path)

    assert (answer.status_code, answer.text) == (204, "")


@pytest.mark.parametrize("path", ["/checkout/sms/status", "/checkout/confirm/status"])
def test_a_poll_after_a_failure_leads_to_the_form(
    shopper: Shopper, pass_time: PassTime, path: str
) -> None:
    shopper.to_sms("090-0000-0003")
    pass_time(2)

    assert leads_to(shopper.get(path)) == "/checkout"


def test_a_poll_after_the_order_leads_to_its_completion(shopper: Shopper) -> None:
    shopper.to_sms()
    shopper.guess("1234")

    assert leads_to(shopper.get("/checkout/sms/status")) == completion()


def test_another_method_leads_to_the_confirmation(shopper: Shopper) -> None:
    shopper.to_sms()

    answer = shopper.post("/checkout/other-method", {"payment": "cod"})

    assert leads_to(answer) == "/checkout/confirm"


def test_another_method_stands_on_the_confirmation(shopper: Shopper) -> None:
    shopper.to_sms()
    shopper.post("/checkout/other-method", {"payment": "cod"})

    page = shopper.get("/checkout/confirm").text

    assert "4,290円" in page
    assert "注文を確定する" in page


@pytest.mark.parametrize("payment", ["barter", "card", "kuroneko_payslip"])
def test_an_impossible_method_shows_the_form(shopper: Shopper, payment: str) -> None:
    shopper.to_sms()

    answer = shopper.post("/checkout/other-method", {"payment": payment})

    assert (answer.status_code, step_of(answer)) == (422, "input")
    assert 'data-testid="error-summary"' in answer.text


def test_a_method_over_its_limit_shows_the_form(shopper: Shopper) -> None:
    shopper.put_in("tsumugi").answer("cod")

    answer = shopper.post("/checkout/other-method", {"payment": "kuroneko_smartphone"})

    assert answer.status_code == 422


def test_no_method_chosen_leads_to_the_list_of_methods(shopper: Shopper) -> None:
    shopper.to_sms()

    assert leads_to(shopper.post("/checkout/other-method")) == "/checkout?switch=1"


def test_another_method_before_any_answer_is_kept_for_the_form(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")
    shopper.post("/checkout/other-method", {"payment": "cod"})

    page = shopper.get("/checkout").text

    assert re.search(r'id="payment-cod"[^>]* checked', page)


def test_back_to_the_first_method_its_code_is_still_good(shopper: Shopper) -> None:
    shopper.to_sms()
    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.post("/checkout/other-method", {"payment": "kuroneko_smartphone"})

    assert leads_to(shopper.guess("1234")) == completion()


def test_a_changed_phone_voids_the_code(shopper: Shopper) -> None:
    shopper.to_sms()

    shopper.answer(tel="090-0000-0040")

    assert leads_to(shopper.guess("1234")) == "/checkout/confirm"


def test_a_changed_cart_voids_the_code(shopper: Shopper) -> None:
    shopper.to_sms()

    shopper.put_in("chasen")

    assert leads_to(shopper.guess("1234")) == "/checkout/confirm"


def test_a_key_of_another_version_is_refused_on_code_entry(shopper: Shopper) -> None:
    shopper.to_sms()

    answer = shopper.post("/checkout/sms", {"code": "1234", "confirmation_key": "0" * 32})

    assert leads_to(answer) == "/checkout/confirm"


def test_a_changed_price_is_shown_before_anything_is_placed(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    key = key_of(shopper)
    set_price("yunomi", 3_500)

    answer = shopper.press_confirm(key)

    assert (answer.status_code, step_of(answer), count_orders()) == (422, "confirm", 0)
    assert "の価格が変わりました(3,300円(税込)→3,500円(税込))" in answer.text
    assert 'data-yen="4490"' in answer.text


def test_a_changed_price_can_be_agreed_to(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    key = key_of(shopper)
    set_price("yunomi", 3_500)
    shown = shopper.press_confirm(key).text

    answer = shopper.press_confirm(field_value(shown, "confirmation_key"))

    assert leads_to(answer) == completion()
    assert newest_order().total == 4_490


def test_too_little_stock_is_shown_before_anything_is_placed(shopper: Shopper) -> None:
    shopper.put_in(quantity=3).answer("cod")
    key = key_of(shopper)
    set_stock("yunomi", 2)

    answer = shopper.press_confirm(key)

    assert (answer.status_code, count_orders()) == (422, 0)
    assert "の在庫が不足しています。数量を2にしました" in answer.text


def test_what_is_sold_out_is_taken_out_of_the_cart(shopper: Shopper) -> None:
    shopper.put_in("matcha-bowl").answer("cod")
    key = key_of(shopper)
    set_stock("matcha-bowl", 0)

    answer = shopper.press_confirm(key)

    assert (answer.status_code, count_orders()) == (422, 0)
    assert "は在庫がなくなったため、カートから削除しました" in answer.text


def test_an_old_key_shows_the_confirmation_again(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    key = key_of(shopper)
    shopper.answer("cod", name="山田 花子")

    answer = shopper.press_confirm(key)

    assert (answer.status_code, step_of(answer), count_orders()) == (422, "confirm", 0)
    assert CHANGED in answer.text


@pytest.mark.parametrize("key", ["", "0" * 32, "あ", "x" * 5_000])
def test_a_key_nobody_gave_out_places_nothing(shopper: Shopper, key: str) -> None:
    shopper.put_in().answer("cod")

    answer = shopper.press_confirm(key)

    assert (answer.status_code, count_orders()) == (422, 0)


def test_the_key_of_another_shopper_places_nothing(app: Flask, shopper: Shopper) -> None:
    other = Shopper(app.test_client())
    other.put_in().answer("cod")
    shopper.put_in().answer("cod")

    answer = shopper.press_confirm(key_of(other))

    assert (answer.status_code, count_orders()) == (422, 0)


def test_the_key_of_another_shopper_does_not_find_the_order(app: Flask, shopper: Shopper) -> None:
    other = Shopper(app.test_client())
    other.put_in().answer("cod")
    key = key_of(other)
    other.press_confirm(key)
    shopper.put_in().answer("cod")

    answer = shopper.press_confirm(key)

    assert (answer.status_code, count_orders()) == (422, 1)


AFTER = [*GETS[:5], "/checkout/address?postal_code=1000005"]


@pytest.mark.parametrize("path", AFTER)
def test_after_the_order_every_address_leads_to_its_completion(shopper: Shopper, path: str) -> None:
    shopper.put_in().answer("cod")
    shopper.press_confirm()

    assert leads_to(shopper.get(path)) == completion()


@pytest.mark.parametrize("path", POSTS)
def test_after_the_order_every_press_leads_to_its_completion(shopper: Shopper, path: str) -> None:
    shopper.to_sms()
    shopper.guess("1234")

    answer = shopper.post(path, {"code": "1234", "payment": "cod"})

    assert (leads_to(answer), count_orders()) == (completion(), 1)


def test_after_the_order_a_new_cart_begins_anew(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    shopper.press_confirm()

    shopper.put_in("chasen")

    assert (shopper.get("/checkout").status_code, step_of(shopper.last)) == (200, "input")


def test_after_the_order_its_answers_are_not_shown_to_the_next(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    shopper.press_confirm()
    shopper.put_in("chasen")

    assert "taro@example.com" not in shopper.get("/checkout").text


def test_a_second_order_can_be_placed(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    shopper.press_confirm()
    shopper.put_in("chasen").answer("cod")

    assert leads_to(shopper.press_confirm()) == completion()
    assert count_orders() == 2


def test_the_checkout_cookie_changes_with_the_order(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    before = cookie_of(shopper.client)

    shopper.press_confirm()

    assert cookie_of(shopper.client) not in {before, ""}


def ordered_with_the_cookie_from_before(shopper: Shopper) -> str:
    """The key of an order, in a browser that still has the cookie from before it."""
    shopper.put_in().answer("cod")
    key, cookie = key_of(shopper), cookie_of(shopper.client)
    shopper.press_confirm(key)
    shopper.client.set_cookie("checkout", cookie)
    return key


def test_the_same_key_with_the_cookie_from_before_finds_the_order(shopper: Shopper) -> None:
    key = ordered_with_the_cookie_from_before(shopper)

    assert leads_to(shopper.press_confirm(key)) == completion()
    assert count_orders() == 1


def test_the_same_key_finds_the_order_though_the_cart_is_filled_again(shopper: Shopper) -> None:
    key = ordered_with_the_cookie_from_before(shopper)
    shopper.put_in("chasen")

    assert leads_to(shopper.press_confirm(key)) == completion()
    assert count_orders() == 1


def test_the_cookie_from_before_begins_anew_with_a_filled_cart(shopper: Shopper) -> None:
    ordered_with_the_cookie_from_before(shopper)
    shopper.put_in("chasen")

    assert (shopper.get("/checkout").status_code, step_of(shopper.last)) == (200, "input")


def test_the_same_press_for_a_code_sends_one_text(shopper: Shopper) -> None:
    shopper.put_in().answer()
    key = key_of(shopper)

    answers = [leads_to(shopper.press_confirm(key)) for _ in range(3)]

    assert answers == ["/checkout/sms"] * 3
    assert len(phone.messages()) == 1


def test_a_guess_with_the_cookie_from_before_finds_the_order(shopper: Shopper) -> None:
    shopper.to_sms()
    cookie = cookie_of(shopper.client)
    shopper.guess("1234")
    shopper.client.set_cookie("checkout", cookie)

    assert leads_to(shopper.guess("1234")) == completion()
    assert count_orders() == 1


@pytest.mark.parametrize("cookie", ["", "c:", "o:", "c:x.y", "\x7f", "o:abc.def"])
def test_a_forged_cookie_begins_anew(shopper: Shopper, cookie: str) -> None:
    shopper.put_in()
    shopper.client.set_cookie("checkout", cookie)

    assert shopper.get("/checkout").status_code == 200


def test_the_checkout_of_another_shopper_cannot_be_entered(app: Flask, shopper: Shopper) -> None:
    other = Shopper(app.test_client())
    other.put_in().answer("cod", name="鈴木 花子")
    shopper.put_in()
    shopper.client.set_cookie("checkout", cookie_of(other.client))

    assert "鈴木 花子" not in shopper.get("/checkout").text


def test_a_passed_code_survives_a_placing_that_failed(shopper: Shopper) -> None:
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


def test_a_shopper_away_for_an_hour_is_told(shopper: Shopper, pass_time: PassTime) -> None:
    shopper.put_in().answer("cod")
    pass_time(3_601)

    answer = shopper.get("/checkout")

    assert (answer.status_code, BANNER in answer.text) == (200, True)
    assert "taro@example.com" not in answer.text


@pytest.mark.parametrize("path", ["/checkout/confirm", "/checkout/sms"])
def test_a_shopper_away_for_an_hour_is_led_to_the_form(
    shopper: Shopper, pass_time: PassTime, path: str
) -> None:
    shopper.to_sms()
    pass_time(3_601)

    assert leads_to(shopper.get(path)) == "/checkout"
    assert BANNER in shopper.get("/checkout").text


@pytest.mark.parametrize("path", POSTS)
def test_a_press_after_an_hour_is_led_to_the_form(
    shopper: Shopper, pass_time: PassTime, path: str
) -> None:
    shopper.to_sms()
    pass_time(3_601)

    assert leads_to(shopper.post(path, {"code": "1234"})) == "/checkout"


def test_the_cart_survives_an_hour_away(shopper: Shopper, pass_time: PassTime) -> None:
    shopper.put_in().answer("cod")
    pass_time(3_601)
    shopper.get("/checkout")

    assert "萩焼の湯呑" in shopper.get("/cart").text


def test_the_banner_stands_once(shopper: Shopper, pass_time: PassTime) -> None:
    shopper.put_in().answer("cod")
    pass_time(3_601)
    shopper.get("/checkout")

    assert BANNER not in shopper.get("/checkout").text


@pytest.mark.parametrize("seen_after", [0, 299, 301])
def test_a_draft_is_kept_for_an_hour_since_the_shopper_was_there(
    shopper: Shopper, pass_time: PassTime, seen_after: int
) -> None:
    shopper.put_in().answer("cod")
    pass_time(seen_after)
    shopper.get("/checkout")
    pass_time(3_590)

    assert "taro@example.com" in shopper.get("/checkout").text


def test_the_address_of_a_postal_code_is_a_small_partial(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.get("/checkout/address?postal_code=100-0005")

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert all(part in answer.text for part in ("東京都", "千代田区", "丸の内"))


def test_the_address_of_an_unknown_code_fills_in_nothing(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.get("/checkout/address?postal_code=9999999")

    assert answer.status_code == 200
    assert 'value="東京都" selected' not in answer.text


def test_the_address_does_not_overwrite_what_was_typed(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.get("/checkout/address?postal_code=1000005&city=大手町&street=1-1")

    assert 'value="大手町"' in answer.text
    assert 'value="1-1"' in answer.text


def test_the_address_button_fills_in_the_form(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")
    answer = shopper.post("/checkout/address", {"name": "山田", "postal_code": "100-0005"})

    page = shopper.get("/checkout").text

    assert leads_to(answer) == "/checkout"
    assert all(f'value="{typed}"' in page for typed in ("山田", "千代田区", "丸の内"))


def test_a_quote_says_what_the_method_costs(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post("/checkout/quote", {"payment": "cod"})

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'data-yen="4290"' in answer.text
    assert "手数料330円を追加し、合計は4,290円(税込)になりました" in answer.text


@pytest.mark.parametrize("payment", ["", "barter"])
def test_a_quote_without_a_method_has_no_fee(shopper: Shopper, payment: str) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post("/checkout/quote", {"payment": payment})

    assert 'data-yen="3960"' in answer.text


CHECKED = [
    ("tel", "090-1", "電話番号は0から始まる10桁か11桁の数字で入力してください"),
    ("sms_tel", "03-1234-5678", "060・070・080・090から始まる11桁の番号を入力してください"),
    ("email", "taro", "メールアドレスを「name@example.com」の形で入力してください"),
    ("email", "taro@gmial.com", "もしかして「taro@gmail.com」ですか?"),
    ("postal_code", "123", "郵便番号は7桁の数字で入力してください"),
    ("postal_code", "1000005", "✓"),
    ("name_kana", "山田", "フリガナはカタカナで入力してください"),
]


@pytest.mark.parametrize(("field", "typed", "message"), CHECKED)
def test_the_check_of_one_field_says_what_it_finds(
    shopper: Shopper, field: str, typed: str, message: str
) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post(f"/checkout/validate/{field}", {field: typed})

    assert answer.status_code == 200
    assert message in answer.text


@pytest.mark.parametrize("field", ["tel", "email", "postal_code", "sms_tel", "name_kana"])
def test_the_check_of_an_empty_field_finds_nothing(shopper: Shopper, field: str) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post(f"/checkout/validate/{field}", {field: ""})

    assert " hidden" in answer.text


@pytest.mark.parametrize("field", ["name", "csrf_token", "x", "note"])
def test_a_field_that_is_not_checked_alone_is_not_found(shopper: Shopper, field: str) -> None:
    shopper.put_in().get("/checkout")

    assert shopper.post(f"/checkout/validate/{field}").status_code == 404


SCREENS = ["/checkout", "/checkout/confirm", "/checkout/sms"]


@pytest.mark.parametrize("path", SCREENS)
def test_htmx_gets_the_fragment_alone(shopper: Shopper, path: str) -> None:
    shopper.to_sms()

    answer = shopper.client.get(path, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "<title>" in answer.text


@pytest.mark.parametrize("path", SCREENS)
def test_htmx_gets_the_same_main_as_everyone(shopper: Shopper, path: str) -> None:
    shopper.to_sms()
    without_time = [
        re.sub(
            r'data-now="[^"]*"|name="csrf_token" value="[^"]*"',
            "",
            main_of(shopper.client.get(path, headers=headers).text),
        )
        for headers in ({}, {"HX-Request": "true"})
    ]

    assert without_time[0] == without_time[1]


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("path", PRESSES)
def test_htmx_gets_a_refused_press_as_a_fragment(shopper: Shopper, path: str) -> None:
    shopper.to_sms()

    answer = shopper.client.post(path, data=PRESSES[path], headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "<html" not in answer.text


def test_htmx_is_led_on_by_the_same_303(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    data = {"confirmation_key": key_of(shopper), "csrf_token": shopper.token()}

    answer = shopper.client.post("/checkout/confirm", data=data, headers={"HX-Request": "true"})

    assert leads_to(answer) == completion()


@pytest.mark.parametrize(
    ("path", "freshness"),
    [
        ("/checkout", "private, no-cache"),
        ("/checkout/confirm", "no-store"),
        ("/checkout/sms", "no-store"),
    ],
)
def test_a_screen_says_how_long_it_may_be_kept(shopper: Shopper, path: str, freshness: str) -> None:
    shopper.to_sms()

    assert shopper.get(path).headers["Cache-Control"] == freshness


def test_the_completion_is_never_kept(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    shopper.press_confirm()

    assert shopper.get(completion()).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PRESSES)
def test_a_refused_press_may_be_shown_again_by_back(shopper: Shopper, path: str) -> None:
    shopper.to_sms()

    answer = with_bad_token(shopper, path, PRESSES[path])

    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", [*SCREENS, "/checkout/sms/status", "/cart", "/checkout/x"])
def test_every_answer_varies_with_htmx(shopper: Shopper, path: str) -> None:
    shopper.to_sms()

    assert "HX-Request" in shopper.get(path).headers["Vary"]


@pytest.mark.parametrize(
    "path",
    ["/checkout/quote", "/checkout/validate/tel", "/checkout/nothing", "/checkout/confirm/x"],
)
def test_an_address_that_is_none_is_no_fault(shopper: Shopper, path: str) -> None:
    shopper.put_in()

    assert shopper.get(path).status_code in {404, 405}


def test_english_steps_lead_to_english_steps(app: Flask) -> None:
    shopper = Shopper(app.test_client(), "/en")

    assert leads_to(shopper.put_in().answer("cod").last) == "/en/checkout/confirm"
    assert leads_to(shopper.press_confirm()).startswith("/en/orders/")


def test_a_wanted_day_that_is_gone_is_not_confirmed(shopper: Shopper, pass_time: PassTime) -> None:
    earliest = start_before_midnight(shopper, pass_time)
    shopper.answer("cod", delivery_date=earliest)
    key = key_of(shopper)
    pass_time(20 * 60)

    answer = shopper.press_confirm(key)

    assert answer.status_code in {303, 422}
    assert count_orders() == 0


def start_before_midnight(shopper: Shopper, pass_time: PassTime) -> str:
    """Ten minutes before a Tuesday begins in Japan; the earliest day of Monday is gone then."""
    monday = datetime(2027, 2, 15, 14, 50, tzinfo=UTC)
    pass_time(int((monday - clock.now()).total_seconds()))
    page = shopper.put_in().get("/checkout").text
    found = re.search(r'<option value="(\d{4}-\d\d-\d\d)"', page)
    assert found
    return found[1]


def test_the_snapshot_holds_the_six_legal_items(shopper: Shopper) -> None:
    shopper.to_sms()
    shopper.guess("1234")

    order = newest_order()

    assert order.texts["law"]["price"] == "4,136円(税込)"
    assert set(order.texts["law"]) == {"quantity", "price", "payment", "delivery", "cancel"}
    assert set(order.screens) == {"confirm", "sms"}


@pytest.mark.parametrize("path", ["/checkout/confirm", "/checkout/sms"])
def test_the_legal_items_stand_where_the_order_is_placed(shopper: Shopper, path: str) -> None:
    shopper.to_sms()

    page = shopper.get(path).text

    items = set(re.findall(r'data-law="(\w+)"', page))
    assert items == {"quantity", "price", "payment", "delivery", "cancel"}


def test_answers_are_sealed_in_the_database(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")

    with db.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT typed, answered FROM checkouts").one()

    assert all(b"taro" not in value for value in kept)
    assert db.session.scalars(sa.select(Checkout)).one().answered


def test_an_old_key_with_the_new_cookie_and_a_new_cart_still_leads_to_its_order(
    shopper: Shopper,
) -> None:
    shopper.put_in().answer("cod")
    key = key_of(shopper)
    completion = leads_to(shopper.press_confirm(key))
    shopper.put_in("chasen")

    replay = shopper.press_confirm(key)

    assert leads_to(replay) == completion


def test_cash_on_delivery_asks_for_the_code_where_the_owner_wants_it(shopper: Shopper) -> None:
    with transaction():
        db.session.execute(
            sa.update(PaymentMethod).where(PaymentMethod.code == "cod").values(sms_check=True)
        )

    shopper.to_sms(payment="cod")
    placed = shopper.guess("1234")

    assert leads_to(placed).endswith("/complete")
    assert db.session.scalars(sa.select(Order.payment_code)).all() == ["cod"]
