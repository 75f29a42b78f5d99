"""Where each number of the contract leads when Yamato takes the order on credit."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.sandbox import time
from storefront.testing.form_shopper import QuickFormShopper, field_value
from tests.unit.checkout.reading import reason_of
from tests.yamato import asked, client, shopper, yamato_app

__all__ = ["asked", "client", "shopper", "yamato_app"]

SMS, INPUT, CONFIRM = "/checkout/sms", "/checkout", "/checkout/confirm"


NAMED = re.compile(r"「([^」]+)」を押|[Pp]ress “([^”]+)”")  # a button, in a sentence
PRESSED = re.compile(r"<(?:button|a)\b[^>]*>(.*?)</(?:button|a)>", re.DOTALL)


def named_buttons(page: str) -> set[str]:
    return {ja or en for ja, en in NAMED.findall(page)}


def buttons(page: str) -> set[str]:
    return {re.sub(r"<[^>]+>", "", words).strip() for words in PRESSED.findall(page)}


def where(shopper: QuickFormShopper) -> tuple[int, str | None]:
    return shopper.last.status_code, shopper.last.location


@pytest.mark.parametrize(
    ("ending", "leads_to"),
    [
        ("0000", SMS),
        ("0001", SMS),
        ("0002", SMS),
        ("0003", SMS),
        ("0004", SMS),
        ("0005", SMS),
        ("0006", SMS),
        ("0007", INPUT),
        ("0008", INPUT),
        ("0009", SMS),
        ("0010", SMS),
        ("0040", SMS),
        ("0041", SMS),
        ("0020", CONFIRM),
        ("0021", INPUT),
        ("0022", INPUT),
        ("0023", SMS),
        ("0024", CONFIRM),
        ("0025", CONFIRM),
        ("0030", SMS),
    ],
)
def test_pressing_leads_where_the_contract_says(
    shopper: QuickFormShopper, ending: str, leads_to: str
) -> None:
    shopper.to_sms(f"090-0000-{ending}")

    assert where(shopper) == (303, leads_to)


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        ("0007", "unavailable"),
        ("0008", "unavailable"),
        ("0021", "credit"),
        ("0022", "limit"),
    ],
)
def test_a_refusal_says_its_reason(shopper: QuickFormShopper, ending: str, reason: str) -> None:
    shopper.to_sms(f"090-0000-{ending}")

    assert reason_of(shopper.get(INPUT).text) == reason


def test_nobody_is_told_why_credit_was_refused(shopper: QuickFormShopper) -> None:
    page = shopper.to_sms("090-0000-0021").get(INPUT).text

    assert "今回ご利用いただけませんでした" in page
    assert "審査" not in page.partition('data-testid="ng-banner"')[2].partition("</section>")[0]


@pytest.mark.parametrize(("ending", "code"), [("0000", "1234"), ("0040", "0042"), ("0041", "0000")])
def test_the_right_code_places_the_order(shopper: QuickFormShopper, ending: str, code: str) -> None:
    shopper.to_sms(f"090-0000-{ending}")

    shopper.guess(code)

    assert shopper.last.status_code == 303
    assert str(shopper.last.location).endswith("/complete")


def test_the_third_wrong_code_is_the_last(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0001")

    answers = [shopper.guess("1234").status_code for _ in range(3)]

    assert answers == [422, 422, 303]
    assert reason_of(shopper.get(INPUT).text) == "locked"


def test_one_wrong_code_locks_0006(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0006").guess("9999")

    assert where(shopper) == (303, INPUT)
    assert reason_of(shopper.get(INPUT).text) == "locked"


def test_0006_passes_with_the_right_code(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0006").guess("1234")

    assert str(shopper.last.location).endswith("/complete")


def test_every_code_of_0002_is_expired_after_a_resend_too(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    shopper.to_sms("090-0000-0002")

    states = []
    for _ in range(2):
        for _ in range(2):
            answer = shopper.guess("1234")
            states.append((answer.status_code, 'data-state="expired"' in answer.text))
        time.advance(61)
        shopper.post("/checkout/sms/resend")

    assert states == [(422, True)] * 4


@pytest.mark.parametrize(("seconds", "status"), [(178, 303), (181, 422)])
def test_a_code_lives_180_seconds(
    shopper: QuickFormShopper, yamato_app: Flask, seconds: int, status: int
) -> None:
    shopper.to_sms()
    time.advance(seconds)

    answer = shopper.guess("1234")

    assert answer.status_code == status
    assert (status == 422) == ('data-state="expired"' in answer.text)
    assert status == 303 or "有効時間(3分)" in answer.text


@pytest.mark.parametrize("ending", ["0003", "0004", "0005"])
def test_a_code_for_a_text_that_never_came_ends_as_undelivered(
    shopper: QuickFormShopper, yamato_app: Flask, ending: str
) -> None:
    shopper.to_sms(f"090-0000-{ending}")
    time.advance(3)

    shopper.guess("1234")

    assert where(shopper) == (303, INPUT)
    assert reason_of(shopper.get(INPUT).text) == "undelivered"


def test_another_number_opens_the_method_again(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    shopper.to_sms("090-0000-0004").guess("1234")

    again = {"payment": "kuroneko_smartphone", "sms_tel": "090-0000-0000"}
    shopper.post("/checkout/other-method", again)
    shopper.press_confirm()
    shopper.guess("1234")

    assert str(shopper.last.location).endswith("/complete")


def test_approval_without_a_code_leads_back_to_a_button_that_places(
    shopper: QuickFormShopper,
) -> None:
    shopper.put_in().answer(tel="090-0000-0020")
    first = field_value(shopper.get(CONFIRM).text, "confirmation_key")
    shopper.press_confirm(first)
    page = shopper.get(CONFIRM).text

    assert field_value(page, "confirmation_key") != first
    assert "SMS認証は不要です" in page
    assert "SMS認証へ進む</button>" not in page
    shopper.press_confirm(first)
    assert where(shopper) == (303, CONFIRM)  # as the first time
    shopper.press_confirm()
    assert str(shopper.last.location).endswith("/complete")


def test_an_unanswered_request_that_stands_leads_to_code_entry_unknown(
    shopper: QuickFormShopper,
) -> None:
    page = shopper.to_sms("090-0000-0010").get(SMS).text

    assert 'data-state="unknown"' in page
    assert "結果を確認しています" in page
    assert 'data-testid="switch-to-cod"' in page


def test_an_examination_that_sends_no_text_is_unknown(shopper: QuickFormShopper) -> None:
    page = shopper.to_sms("090-0000-0023").get(SMS).text

    assert 'data-state="unknown"' in page
    assert shopper.get("/checkout/sms/status").status_code == 204


@pytest.mark.parametrize("seconds", [0, 200], ids=["at-once", "after-a-code's-life"])
def test_while_it_is_unknown_the_code_screen_says_one_thing(
    shopper: QuickFormShopper, seconds: int
) -> None:
    shopper.to_sms("090-0000-0023")
    time.advance(seconds)

    page = shopper.get(SMS).text

    lead = page.partition('id="sms-lead"')[2].partition('class="field')[0]
    assert 'data-state="unknown"' in page
    assert lead.count("<p") == 1
    assert "090-****-0023" in lead
    assert "有効" not in lead


@pytest.mark.parametrize(
    ("payment", "said"),
    [
        ("kuroneko_smartphone", "ご利用の確認とSMSの送信を行っています(数秒かかります)"),
        ("kuroneko_payslip", "ご利用の確認を行っています(数秒かかります)"),
        ("cod", "送信しています…"),
    ],
)
def test_the_page_says_what_is_done_while_yamato_is_asked(
    shopper: QuickFormShopper, payment: str, said: str
) -> None:
    page = shopper.put_in().answer(payment).get(CONFIRM).text

    form = page.partition('id="confirm-form"')[2].partition("</form>")[0]
    assert f'data-wait="{said}"' in form
    assert f'aria-hidden="true">{said}</p>' in form


def test_a_silence_is_unknown_and_given_up_after_five_enquiries(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    page = shopper.to_sms("090-0000-0025").get(CONFIRM).text

    assert 'data-state="unknown"' in page
    assert 'data-testid="switch-to-cod"' in page
    assert "confirm-submit" not in page
    for _ in range(3):
        time.advance(3)
        assert shopper.get("/checkout/confirm/status").status_code == 204
    time.advance(3)
    assert shopper.get("/checkout/confirm/status").location == INPUT
    assert reason_of(shopper.get(INPUT).text) == "unanswered"


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("ending", "path"), [("0010", SMS), ("0023", SMS), ("0025", CONFIRM)], ids=["10", "23", "25"]
)
def test_while_it_is_unknown_the_sentences_name_the_buttons_that_are_there(
    client: FlaskClient, ending: str, path: str, prefix: str
) -> None:
    page = QuickFormShopper(client, prefix).to_sms(f"090-0000-{ending}").get(path).text

    assert 'data-state="unknown"' in page
    assert named_buttons(page)
    assert named_buttons(page) <= buttons(page)
    assert not re.search("もう一度押さず|(don't|do not) press", unescape(page))


def test_without_javascript_loading_the_page_enquires(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    shopper.to_sms("090-0000-0025")
    for _ in range(4):
        time.advance(3)
        shopper.get(CONFIRM)

    assert where(shopper) == (303, INPUT)


def test_while_it_is_unknown_the_code_screen_is_shut(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0025")

    assert shopper.get(SMS).location == CONFIRM


def test_while_it_is_unknown_pressing_again_asks_for_nothing(
    shopper: QuickFormShopper, yamato_app: Flask, asked: Callable[[], list[str]]
) -> None:
    shopper.put_in().answer(tel="090-0000-0025")
    key = field_value(shopper.get(CONFIRM).text, "confirmation_key")
    for _ in range(3):
        shopper.press_confirm(key)
        assert where(shopper) == (303, CONFIRM)

    assert asked().count("KAARA0010") == 1


def test_every_failure_ends_in_an_order_by_another_method_in_two_taps(
    shopper: QuickFormShopper,
) -> None:
    shopper.to_sms("090-0000-0021")

    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.press_confirm()

    assert str(shopper.last.location).endswith("/complete")


def test_the_payslip_is_placed_at_once(shopper: QuickFormShopper) -> None:
    shopper.put_in().answer(payment="kuroneko_payslip", tel="03-1234-5678")
    shopper.press_confirm()

    assert str(shopper.last.location).endswith("/complete")


@pytest.mark.parametrize(("ending", "reason"), [("0021", "credit"), ("0022", "limit")])
def test_a_payslip_is_refused_as_yamato_says(
    shopper: QuickFormShopper, ending: str, reason: str
) -> None:
    shopper.put_in().answer(payment="kuroneko_payslip", tel=f"090-0000-{ending}")
    shopper.press_confirm()

    assert where(shopper) == (303, INPUT)
    assert reason_of(shopper.get(INPUT).text) == reason


def test_the_same_press_of_a_payslip_is_one_order(shopper: QuickFormShopper) -> None:
    shopper.put_in().answer(payment="kuroneko_payslip")
    key = field_value(shopper.get(CONFIRM).text, "confirmation_key")

    first = shopper.press_confirm(key).location
    second = shopper.press_confirm(key).location

    assert first == second


@pytest.mark.parametrize("ending", ["0021", "0022"])
def test_a_provider_that_gives_no_credit_offers_no_other_method_of_its_own(
    shopper: QuickFormShopper, ending: str
) -> None:
    page = shopper.to_sms(f"090-0000-{ending}").get(INPUT).text

    assert 'data-testid="switch-to-kuroneko_payslip"' not in page
    assert 'data-testid="switch-to-cod"' in page


def test_a_text_that_fails_leaves_the_payslip_open(shopper: QuickFormShopper) -> None:
    page = shopper.to_sms("090-0000-0007").get(INPUT).text

    assert 'data-testid="switch-to-kuroneko_payslip"' in page
