"""Asking for a code, entering it, and asking for it again."""

import re

import pytest

from storefront.testing.form_shopper import FormShopper
from tests.unit.checkout.reading import PassTime, completion, count_orders, leads_to, state_of


def test_an_order_without_a_code_leads_to_its_completion(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")

    assert leads_to(shopper.press_confirm()) == completion()


def test_an_order_with_a_code_leads_to_code_entry(shopper: FormShopper) -> None:
    shopper.put_in().answer()

    assert leads_to(shopper.press_confirm()) == "/checkout/sms"


def test_asking_for_a_code_places_no_order(shopper: FormShopper) -> None:
    shopper.to_sms()

    assert count_orders() == 0


def test_the_right_code_leads_to_the_completion(shopper: FormShopper) -> None:
    shopper.to_sms()

    assert leads_to(shopper.guess("1234")) == completion()


@pytest.mark.parametrize("typed", ["１２３４", "12 34", "1-2-3-4", "１ー２３４", " 1234 "])
def test_the_right_code_in_any_usual_form_leads_to_the_completion(
    shopper: FormShopper, typed: str
) -> None:
    shopper.to_sms()

    assert leads_to(shopper.guess(typed)) == completion()


def test_a_wrong_code_stays_on_the_screen_and_says_how_many_are_left(shopper: FormShopper) -> None:
    shopper.to_sms()

    answer = shopper.guess("9999")

    assert (answer.status_code, state_of(answer)) == (422, "wrong")
    assert "認証番号が違います" in answer.text
    assert "(あと2回入力できます)" in answer.text


def test_a_wrong_code_is_kept_in_its_field(shopper: FormShopper) -> None:
    shopper.to_sms()

    assert 'value="９９-９９"' in shopper.guess("９９-９９").text


def test_the_last_try_leads_back_to_the_form(shopper: FormShopper) -> None:
    shopper.to_sms()
    for _ in range(2):
        shopper.guess("9999")

    assert leads_to(shopper.guess("9999")) == "/checkout"


@pytest.mark.parametrize("typed", ["", "12", "12345", "abcd"])
def test_a_malformed_code_costs_no_try(shopper: FormShopper, typed: str) -> None:
    shopper.to_sms()
    for _ in range(5):
        assert shopper.guess(typed).status_code == 422

    assert leads_to(shopper.guess("1234")) == completion()


def test_an_expired_code_stays_on_the_screen(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(601)

    answer = shopper.guess("1234")

    assert (answer.status_code, state_of(answer)) == (422, "expired")


def test_an_expired_screen_offers_the_other_methods(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    shopper.to_sms()
    pass_time(601)

    answer = shopper.get("/checkout/sms")

    assert (answer.status_code, state_of(answer)) == (200, "expired")
    assert 'data-testid="switch-to-cod"' in answer.text


def test_the_other_methods_stand_below_what_is_pressed_once_a_text_takes_20_seconds(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    shopper.to_sms()
    early = shopper.get("/checkout/sms").text
    pass_time(20)
    late = shopper.get("/checkout/sms").text

    assert "switch-to-" not in early
    assert late.index("sms-submit") < late.index("sms-resend") < late.index("switch-to-cod")


def test_the_other_methods_stand_on_the_screen_from_the_second_wrong_code(
    shopper: FormShopper,
) -> None:
    shopper.to_sms()

    assert "switch-to-" not in shopper.guess("9999").text
    assert "switch-to-" in shopper.guess("9998").text


def test_code_entry_has_one_visible_input(shopper: FormShopper) -> None:
    shopper.to_sms()

    page = shopper.get("/checkout/sms").text

    form = page[page.index('data-testid="sms-form"') :].split("</form>")[0]
    assert re.findall(r'<input(?![^>]*type="hidden")[^>]*name="(\w+)"', form) == ["code"]
    assert "maxlength" not in form


def test_a_resend_too_early_says_how_long_to_wait(shopper: FormShopper) -> None:
    shopper.to_sms()

    answer = shopper.post("/checkout/sms/resend")

    assert answer.status_code == 422
    assert re.search(r"認証番号はあと(29|30)秒でもう一度送れます", answer.text)


def test_a_resend_too_early_wipes_nothing_and_shows_no_red_box(shopper: FormShopper) -> None:
    shopper.to_sms()

    page = shopper.post("/checkout/sms/resend", {"code": "12"}).text

    assert 'data-testid="sms-code" name="code"' in page
    assert 'value="12"' in page
    assert 'class="summary"' not in page
    assert page.index("sms-resend") < page.index('data-testid="error-summary"')
    assert 'aria-invalid="true"' not in page


def test_the_button_for_another_text_takes_along_what_is_typed(shopper: FormShopper) -> None:
    page = shopper.to_sms().get("/checkout/sms").text

    button = re.findall(r'<button[^>]*data-testid="sms-resend"', page)[0]
    assert 'form="sms-form" formaction="/checkout/sms/resend"' in button


def test_the_notice_of_a_new_text_has_a_test_id_and_no_state(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    pages = [shopper.to_sms().get("/checkout/sms").text]
    pass_time(30)
    shopper.post("/checkout/sms/resend")
    pages.append(shopper.get("/checkout/sms").text)

    assert ['data-testid="sms-resent"' in page for page in pages] == [False, True]
    assert all('data-step="sms" data-state="idle"' in page for page in pages)


def test_a_resend_in_time_leads_to_code_entry(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(30)

    assert leads_to(shopper.post("/checkout/sms/resend")) == "/checkout/sms"


def test_a_resend_says_that_the_code_is_the_same(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(30)
    shopper.post("/checkout/sms/resend")

    assert "同じ認証番号をもう一度090-****-0000に送りました" in shopper.get("/checkout/sms").text


def test_a_resend_says_that_the_code_is_new(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(601)
    shopper.post("/checkout/sms/resend")

    assert "前の番号は使えません" in shopper.get("/checkout/sms").text


def test_a_fourth_text_is_refused_and_the_code_stays_good(
    shopper: FormShopper, pass_time: PassTime
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
