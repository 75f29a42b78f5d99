"""What each number of contract.md §6 leads to, and how a shopper goes on after a failure."""

import re
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.checkout import wording
from storefront.checkout.card_attempts import TooManyDeclined
from storefront.checkout.forms.binding import FIELD_OF
from storefront.checkout.holds import HeldByOthers
from storefront.checkout.order_limits import TooManyOrders
from storefront.checkout.web import refusals
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.ports.failure_reasons import FailureReason
from storefront.ports.payments import GatewayUnavailable
from storefront.sandbox.phone import phone
from storefront.sandbox.phone.phone import SandboxSms
from storefront.sms.failover import Failover
from storefront.testing.form_shopper import FormShopper
from storefront.verification.models import Challenge
from storefront.verification.sending import NoTextsLeft
from tests.conftest import MakeApp, OwnContextClient, entered
from tests.factories import some_answers
from tests.unit.checkout.journeys import KURONEKO, a_journey
from tests.unit.checkout.reading import completion, leads_to, reason_of, state_of
from tests.unit.verification.stand_ins import use

PassTime = Callable[[int], None]

LOCKED = (
    "認証番号の入力回数が上限に達しました。ご注文は確定していません。"
    "別のお支払い方法を選んでください"
)
TOO_MANY = "認証番号を送れる回数の上限に達しました。別のお支払い方法を選んでください"
UNDELIVERED = (
    "090-****-0003にSMSを届けられませんでした。番号を確認するか、別のお支払い方法を選んでください"
)
REFUSED = (
    "090-****-{}はSMSを受け取れない番号のようです。ご注文は確定していません。"
    "番号を変えるか、別のお支払い方法を選んでください"
)
UNAVAILABLE = "ただいまSMSを送れません。ご注文は確定していません。別のお支払い方法を選んでください"
KEPT = "入力内容とカートはそのまま残っています"
OTHERS = ["cod", "bank_transfer"]


def switches_of(page: str) -> list[str]:
    return re.findall(r'data-testid="switch-to-(\w+)"', page)


def banner_of(page: str) -> str:
    return page[page.index('data-testid="ng-banner"') :].split("</section>")[0]


def lock(shopper: FormShopper) -> None:
    shopper.to_sms("090-0000-0006")
    shopper.guess("9999")


def ask_for_too_many(shopper: FormShopper) -> None:
    shopper.to_sms("090-0000-0000")
    for ending in ("0040", "0041", "0009"):
        shopper.answer(tel=f"090-0000-{ending}")
        shopper.press_confirm()


WAYS: dict[str, Callable[[FormShopper], object]] = {
    "locked": lock,
    "too-many": ask_for_too_many,
    "undelivered": lambda shopper: shopper.to_sms("090-0000-0003"),
    "refused": lambda shopper: shopper.to_sms("090-0000-0004"),
    "unavailable": lambda shopper: shopper.to_sms("090-0000-0007"),
}


def fail(shopper: FormShopper, pass_time: PassTime, reason: str) -> None:
    """Bring a checkout to the failure of this reason."""
    WAYS[reason](shopper)
    pass_time(2)


REASONS = {
    "locked": LOCKED,
    "too-many": TOO_MANY,
    "undelivered": UNDELIVERED,
    "refused": REFUSED.format("0004"),
    "unavailable": UNAVAILABLE,
}


@pytest.mark.parametrize("ending", ["0000", "0001", "0002", "0003", "0006", "0009", "0040", "0041"])
def test_a_text_that_was_taken_leads_to_code_entry(shopper: FormShopper, ending: str) -> None:
    shopper.to_sms(f"090-0000-{ending}")

    assert leads_to(shopper.last) == "/checkout/sms"
    assert shopper.get("/checkout/sms").status_code == 200


@pytest.mark.parametrize(
    ("ending", "code"),
    [("0000", "1234"), ("0006", "1234"), ("0009", "1234"), ("0040", "0042"), ("0041", "0000")],
)
def test_the_code_of_the_table_places_the_order(
    shopper: FormShopper, ending: str, code: str
) -> None:
    shopper.to_sms(f"090-0000-{ending}")

    assert leads_to(shopper.guess(code)) == completion()


def test_any_other_number_gets_the_code_of_its_text(shopper: FormShopper) -> None:
    shopper.to_sms("080-1234-5678")
    code = phone.code_in(phone.messages()[0])

    assert leads_to(shopper.guess(code)) == completion()


@pytest.mark.parametrize("code", ["1234", "9999"])
def test_0001_locks_at_the_third_code(shopper: FormShopper, code: str) -> None:
    shopper.to_sms("090-0000-0001")

    answers = [shopper.guess(code).status_code for _ in range(3)]

    assert answers == [422, 422, 303]
    assert reason_of(shopper.get("/checkout").text) == "locked"


def test_0002_is_expired_from_the_start(shopper: FormShopper) -> None:
    shopper.to_sms("090-0000-0002")

    assert state_of(shopper.get("/checkout/sms")) == "expired"


def test_0002_says_of_every_code_that_it_is_expired(shopper: FormShopper) -> None:
    shopper.to_sms("090-0000-0002")

    answers = [shopper.guess(code) for code in ("1234", "9999", "1234", "9999")]

    assert {(answer.status_code, state_of(answer)) for answer in answers} == {(422, "expired")}


def test_0002_is_expired_after_a_resend_too(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.to_sms("090-0000-0002")
    pass_time(30)

    assert leads_to(shopper.post("/checkout/sms/resend")) == "/checkout/sms"
    assert state_of(shopper.guess("1234")) == "expired"


def test_0003_is_open_before_the_report(shopper: FormShopper) -> None:
    shopper.to_sms("090-0000-0003")

    assert shopper.get("/checkout/sms/status").status_code == 204


@pytest.mark.parametrize(
    "path",
    ["/checkout/sms", "/checkout/sms/status", "/checkout/confirm", "/checkout/confirm/status"],
)
def test_0003_leads_every_request_to_the_banner_after_the_report(
    shopper: FormShopper, pass_time: PassTime, path: str
) -> None:
    shopper.to_sms("090-0000-0003")
    pass_time(2)

    assert leads_to(shopper.get(path)) == "/checkout"
    assert reason_of(shopper.get("/checkout").text) == "undelivered"


@pytest.mark.parametrize("path", ["/checkout/sms", "/checkout/sms/resend", "/checkout/confirm"])
def test_0003_leads_every_press_to_the_banner_after_the_report(
    shopper: FormShopper, pass_time: PassTime, path: str
) -> None:
    shopper.to_sms("090-0000-0003")
    pass_time(2)

    assert leads_to(shopper.post(path, {"code": "1234"})) == "/checkout"


@pytest.mark.parametrize("ending", ["0004", "0005"])
def test_a_refused_number_leads_to_the_banner(shopper: FormShopper, ending: str) -> None:
    shopper.to_sms(f"090-0000-{ending}")

    page = shopper.get("/checkout").text

    assert reason_of(page) == "refused"
    assert REFUSED.format(ending) in page


@pytest.mark.parametrize("ending", ["0007", "0008"])
def test_without_a_sender_there_is_the_banner(shopper: FormShopper, ending: str) -> None:
    shopper.to_sms(f"090-0000-{ending}")

    assert leads_to(shopper.last) == "/checkout"
    assert reason_of(shopper.get("/checkout").text) == "unavailable"


@pytest.fixture
def two_senders(make_app: MakeApp) -> Iterator[Flask]:
    with entered(make_app(sms_providers="sandbox,sandbox_b")) as app:
        yield app


def test_0008_is_texted_by_the_second_sender(two_senders: Flask) -> None:
    two_senders.test_client_class = OwnContextClient
    shopper = FormShopper(two_senders.test_client()).to_sms("090-0000-0008")

    assert leads_to(shopper.last) == "/checkout/sms"
    assert [message.provider for message in phone.messages()] == ["sandbox_b"]


def test_0007_is_texted_by_no_sender_of_two(two_senders: Flask) -> None:
    two_senders.test_client_class = OwnContextClient
    shopper = FormShopper(two_senders.test_client()).to_sms("090-0000-0007")

    assert reason_of(shopper.get("/checkout").text) == "unavailable"


def test_0009_arrives_after_twenty_seconds(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.to_sms("090-0000-0009")
    before = len(phone.messages())
    pass_time(20)

    assert (before, len(phone.messages())) == (0, 1)


def hang(app: Flask, shopper: FormShopper) -> None:
    use(app, sms=Failover([SandboxSms("sandbox", patience=0.01)]))
    shopper.to_sms("090-0000-0010")


def test_0010_leads_to_code_entry_in_doubt(app: Flask, shopper: FormShopper) -> None:
    hang(app, shopper)

    assert leads_to(shopper.last) == "/checkout/sms"
    assert state_of(shopper.get("/checkout/sms")) == "unknown"


def test_0010_says_that_it_is_not_known(app: Flask, shopper: FormShopper) -> None:
    hang(app, shopper)

    assert "SMSを送れたか確認できていません" in shopper.get("/checkout/sms").text


def test_0010_never_brings_a_text(app: Flask, shopper: FormShopper, pass_time: PassTime) -> None:
    hang(app, shopper)
    pass_time(3_600)

    assert phone.messages() == []


def test_0010_is_left_by_two_taps(app: Flask, shopper: FormShopper) -> None:
    hang(app, shopper)

    assert switches_of(shopper.get("/checkout/sms").text) == OTHERS
    assert switch(shopper, "cod") == completion()


def switch(shopper: FormShopper, payment: str) -> str:
    """One tap chooses, the second places; where that leads."""
    answer = shopper.post("/checkout/other-method", {"payment": payment})
    assert leads_to(answer) == "/checkout/confirm"
    return leads_to(shopper.press_confirm())


@pytest.mark.parametrize("reason", REASONS)
def test_the_banner_says_why(shopper: FormShopper, pass_time: PassTime, reason: str) -> None:
    fail(shopper, pass_time, reason)

    page = shopper.get("/checkout").text

    assert reason_of(page) == reason
    assert REASONS[reason] in banner_of(page)


@pytest.mark.parametrize("reason", ["undelivered", "refused"])
def test_the_number_that_failed_stands_first_to_be_corrected(
    shopper: FormShopper, pass_time: PassTime, reason: str
) -> None:
    fail(shopper, pass_time, reason)

    banner = banner_of(shopper.get("/checkout").text)

    assert re.search(r'name="sms_tel"[^>]*value="090-0000-000[34]"', banner)
    assert banner.index("retry-number") < banner.index("switch-to-")


@pytest.mark.parametrize("reason", ["undelivered", "refused"])
def test_the_number_that_failed_sent_unchanged_is_refused_beside_its_field(
    shopper: FormShopper, pass_time: PassTime, reason: str
) -> None:
    fail(shopper, pass_time, reason)
    number = re.findall(r'name="sms_tel"[^>]*value="(090[^"]*)"', shopper.get("/checkout").text)[0]

    again = {"payment": "kuroneko_smartphone", "sms_tel": number}
    answer = shopper.post("/checkout/other-method", again)

    assert answer.status_code == 422
    beside = banner_of(answer.text).partition('id="retry_tel-error"')[2].partition("</p>")[0]
    assert "この番号にはSMSを送れませんでした。別の番号を入力してください" in beside


SENTENCE_ENDS = ("。", ".", "!")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_banners_and_errors_end_their_sentences_alike(app: Flask, language: str) -> None:
    journey = a_journey(answers=some_answers(payment=KURONEKO))
    whys = (TooManyOrders(), HeldByOthers(), TooManyDeclined(), GatewayUnavailable())

    with app.test_request_context("/en/" if language == "en" else "/"):
        said = [
            *(wording.failure(reason, journey) for reason in FailureReason),
            *(text for why in whys for text in refusals.told(journey, why)[0]),
            *(wording.misfit(one, journey) for one in FIELD_OF),
            wording.expired(3),
            wording.refused(NoTextsLeft()),
        ]

    assert [one for one in said if one.endswith(SENTENCE_ENDS)] == []


@pytest.mark.parametrize("reason", REASONS)
def test_the_banner_says_that_nothing_is_lost(
    shopper: FormShopper, pass_time: PassTime, reason: str
) -> None:
    fail(shopper, pass_time, reason)

    page = shopper.get("/checkout").text

    assert KEPT in banner_of(page)
    assert 'value="taro@example.com"' in page


@pytest.mark.parametrize("reason", REASONS)
def test_the_banner_has_a_button_for_each_other_method(
    shopper: FormShopper, pass_time: PassTime, reason: str
) -> None:
    fail(shopper, pass_time, reason)

    assert switches_of(banner_of(shopper.get("/checkout").text)) == OTHERS


def test_a_button_says_what_its_method_costs(shopper: FormShopper, pass_time: PassTime) -> None:
    fail(shopper, pass_time, "locked")

    banner = banner_of(shopper.get("/checkout").text)

    assert "代金引換で続ける" in banner
    assert "手数料330円 · 合計4,290円(税込)" in banner


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("payment", OTHERS)
def test_two_taps_place_the_order_by_another_method(
    shopper: FormShopper, pass_time: PassTime, reason: str, payment: str
) -> None:
    fail(shopper, pass_time, reason)

    assert switch(shopper, payment) == completion()
    assert db.session.scalars(sa.select(Order.payment_code)).all() == [payment]


@pytest.mark.parametrize("reason", REASONS)
def test_nothing_is_preselected_after_a_failure(
    shopper: FormShopper, pass_time: PassTime, reason: str
) -> None:
    fail(shopper, pass_time, reason)

    radios = re.findall(
        r'<input type="radio"[^>]*name="payment"[^>]*>', shopper.get("/checkout").text
    )

    assert len(radios) == 3
    assert not any("checked" in radio for radio in radios)


@pytest.mark.parametrize("reason", REASONS)
def test_the_failed_method_is_marked(
    shopper: FormShopper, pass_time: PassTime, reason: str
) -> None:
    fail(shopper, pass_time, reason)

    page = shopper.get("/checkout").text

    assert re.findall(r'data-testid="payment-(\w+)" data-unavailable="(\w+)"', page) == [
        ("kuroneko_smartphone", "failed")
    ]


@pytest.mark.parametrize("reason", REASONS)
def test_the_failed_method_cannot_be_chosen_again(
    shopper: FormShopper, pass_time: PassTime, reason: str
) -> None:
    fail(shopper, pass_time, reason)

    answer = shopper.post("/checkout/other-method", {"payment": "kuroneko_smartphone"})

    assert answer.status_code == 422


@pytest.mark.parametrize("reason", ["locked", "too-many", "unavailable"])
def test_the_failed_method_stays_failed_with_another_number(
    shopper: FormShopper, pass_time: PassTime, reason: str
) -> None:
    fail(shopper, pass_time, reason)

    shopper.answer(tel="090-0000-0040")

    assert shopper.last.status_code == 422


def test_the_failed_method_stays_failed_after_a_change_of_the_cart(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    fail(shopper, pass_time, "locked")
    shopper.put_in("chasen")

    assert reason_of(shopper.get("/checkout").text) == "locked"


def test_the_failed_method_stays_marked_while_another_is_chosen(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    fail(shopper, pass_time, "locked")
    shopper.post("/checkout/other-method", {"payment": "cod"})

    page = shopper.get("/checkout").text

    assert 'data-testid="payment-kuroneko_smartphone" data-unavailable="failed"' in page
    assert reason_of(page) is None


def test_the_failed_method_is_open_again_in_the_next_checkout(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    fail(shopper, pass_time, "locked")
    switch(shopper, "cod")
    shopper.put_in("chasen")

    assert "data-unavailable" not in shopper.get("/checkout").text


@pytest.mark.parametrize("reason", REASONS)
def test_another_number_is_asked_for_where_one_may_help(
    shopper: FormShopper, pass_time: PassTime, reason: str
) -> None:
    fail(shopper, pass_time, reason)

    has_button = 'data-testid="retry-number"' in shopper.get("/checkout").text

    assert has_button == (reason in {"undelivered", "refused"})


def retry(shopper: FormShopper, number: str) -> str:
    fields = {"payment": "kuroneko_smartphone", "sms_tel": number}
    answer = shopper.post("/checkout/other-method", fields)
    return answer.location if answer.status_code == 303 else answer.text


@pytest.mark.parametrize("reason", ["undelivered", "refused"])
def test_another_number_opens_the_method_again(
    shopper: FormShopper, pass_time: PassTime, reason: str
) -> None:
    fail(shopper, pass_time, reason)

    assert retry(shopper, "090-0000-0040") == "/checkout/confirm"
    assert leads_to(shopper.press_confirm()) == "/checkout/sms"
    assert leads_to(shopper.guess("0042")) == completion()


def test_the_number_that_failed_does_not_open_the_method_again(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    fail(shopper, pass_time, "refused")

    assert "この番号にはSMSを送れませんでした。別の番号を入力してください" in retry(
        shopper, "０９０－００００－０００４"
    )


@pytest.mark.parametrize("number", ["03-1234-5678", "x", "090"])
def test_what_is_no_mobile_number_does_not_open_the_method_again(
    shopper: FormShopper, pass_time: PassTime, number: str
) -> None:
    fail(shopper, pass_time, "refused")

    page = retry(shopper, number)

    assert "060・070・080・090から始まる11桁の番号を入力してください" in page
    assert reason_of(page) == "refused"


def test_every_number_that_failed_stays_closed(shopper: FormShopper, pass_time: PassTime) -> None:
    fail(shopper, pass_time, "refused")
    retry(shopper, "090-0000-0005")
    shopper.press_confirm()

    assert "この番号にはSMSを送れませんでした" in retry(shopper, "090-0000-0004")


def test_other_numbers_get_no_more_texts_than_the_checkout_has(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    fail(shopper, pass_time, "refused")
    for number in ("090-0000-0005", "090-0000-0004", "090-0000-0000", "090-0000-0040"):
        if retry(shopper, number) == "/checkout/confirm":
            shopper.press_confirm()

    assert db.session.scalar(sa.select(sa.func.sum(Challenge.texts))) == 3
    assert reason_of(shopper.get("/checkout").text) == "too-many"


def test_the_banner_is_shown_to_htmx_too(shopper: FormShopper, pass_time: PassTime) -> None:
    fail(shopper, pass_time, "locked")

    page = shopper.client.get("/checkout", headers={"HX-Request": "true"}).text

    assert reason_of(page) == "locked"


def test_the_banner_reads_english_under_en(app: Flask, pass_time: PassTime) -> None:
    shopper = FormShopper(app.test_client(), "/en")
    fail(shopper, pass_time, "locked")

    page = shopper.get("/checkout").text

    assert "Too many tries. Your order is not placed. Choose another payment method" in page


def test_a_stock_hold_lasts_through_a_change_of_the_method(
    app: Flask, shopper: FormShopper, pass_time: PassTime
) -> None:
    shopper.put_in("matcha-bowl").answer(tel="090-0000-0006")
    shopper.press_confirm()
    shopper.guess("9999")
    other = FormShopper(app.test_client())

    answer = other.post("/cart/items", {"product": "matcha-bowl", "quantity": "1"})

    assert answer.status_code == 422
    assert switch(shopper, "cod") == completion()
