import re
import secrets

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.core import clock, phones
from storefront.providers.yamato.simulator import scenarios as yamatos
from storefront.sandbox import time
from storefront.sandbox.phone import phone, scenarios
from storefront.sandbox.phone.codes import SandboxCodes
from storefront.sandbox.yamato.credit_numbers import CREDIT
from storefront.testing.form_shopper import FormShopper
from storefront.verification import code_check, sending
from storefront.verification.code_check import CodeCheckResult
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester
from storefront.verification.sending import CodeRequest
from tests.factories import a_requester

ALL = [scenario.ending for scenario in scenarios.SCENARIOS]
WRONG = "9999"
JAPANESE = re.compile("[ぁ-ヿ一-鿿]")


def requester(ending: str) -> Requester:
    return a_requester(phone=scenarios.NUMBERS + ending)


def compose(code: str) -> str:
    return f"認証番号 {code}\n@127.0.0.1 #{code}"


def issue(who: Requester) -> Challenge:
    press = secrets.token_hex(16)
    return sending.issue(CodeRequest("kuroneko_smartphone", "offer", press, compose), who)


def codes(who: Requester) -> list[str]:
    return [phone.code_in(message) for message in phone.messages(who.phone)]


@pytest.mark.parametrize(
    ("ending", "code"),
    [("0000", "1234"), ("0006", "1234"), ("0040", "0042"), ("0041", "0000")],
)
def test_the_known_code_arrives_and_is_right(app: Flask, ending: str, code: str) -> None:
    who = requester(ending)

    challenge = issue(who)

    assert codes(who) == [code]
    assert code_check.judge(challenge, code, who) is CodeCheckResult.RIGHT


def test_0001_judges_every_code_wrong_and_locks_at_the_third(app: Flask) -> None:
    who = requester("0001")
    challenge = issue(who)

    verdicts = [code_check.judge(challenge, codes(who)[0], who) for _try in range(3)]

    assert verdicts == [CodeCheckResult.WRONG, CodeCheckResult.WRONG, CodeCheckResult.ENDED]
    assert challenge.ended == "locked"


def test_0002_has_expired_after_a_resend_too(app: Flask) -> None:
    who = requester("0002")
    challenge = issue(who)

    assert code_check.judge(challenge, "1234", who) is CodeCheckResult.EXPIRED
    time.advance(30)
    sending.resend(challenge, who, compose)
    assert code_check.judge(challenge, "1234", who) is CodeCheckResult.EXPIRED

    assert codes(who) == ["1234", "1234"]


def test_0003_ends_as_undelivered_after_2_seconds(app: Flask) -> None:
    challenge = issue(requester("0003"))

    phone.report_due()
    assert challenge.ended is None
    time.advance(2)
    phone.report_due()

    assert challenge.ended == "undelivered"


def test_0006_locks_at_the_first_wrong_code(app: Flask) -> None:
    who = requester("0006")
    challenge = issue(who)

    assert code_check.judge(challenge, WRONG, who) is CodeCheckResult.ENDED
    assert challenge.ended == "locked"


@pytest.mark.parametrize(
    ("ending", "ended"),
    [
        ("0004", "refused"),
        ("0005", "refused"),
        ("0007", "unavailable"),
        ("0008", "unavailable"),
    ],
)
def test_what_cannot_be_sent_ends_at_once(app: Flask, ending: str, ended: str) -> None:
    who = requester(ending)

    assert issue(who).ended == ended
    assert codes(who) == []


def test_0009_is_judged_as_any_other_once_it_is_there(app: Flask) -> None:
    who = requester("0009")
    challenge = issue(who)

    assert codes(who) == []
    time.advance(20)
    assert codes(who) == ["1234"]
    assert code_check.judge(challenge, "1234", who) is CodeCheckResult.RIGHT


@pytest.mark.parametrize("number", ["09000000011", "09000001234", "08012345678", "09000009999"])
def test_any_other_number_gets_a_random_code(number: str) -> None:
    drawn = {SandboxCodes().plan(number).code for _draw in range(50)}

    assert len(drawn) > 10
    assert all(len(code) == 4 and code.isdigit() for code in drawn)


@pytest.mark.parametrize("phone_number", ["0900000000", "090000000000", "08000000000", ""])
def test_only_sandbox_numbers_have_an_ending(phone_number: str) -> None:
    assert scenarios.ending(phone_number) == ""


def test_reports_are_told_with_the_next_request_of_the_checkout(shopper: FormShopper) -> None:
    shopper.to_sms("090-0000-0003")
    assert shopper.get("/checkout/sms/status").status_code == 204

    time.advance(2)
    answer = shopper.get("/checkout/sms/status")

    assert (answer.status_code, answer.location) == (303, "/checkout")
    assert 'data-reason="undelivered"' in shopper.get("/checkout").text


def test_the_panel_lists_every_number(client: FlaskClient) -> None:
    panel = client.get("/sandbox/").text

    for scenario in scenarios.SCENARIOS:
        assert phones.formatted(scenario.number) in panel
        assert scenario.happens in panel
        assert scenario.happens_en in panel


def numbers(screen: str) -> str:
    return screen.split('class="sandbox-numbers"')[1].split("</details>")[0]


def listed(screen: str) -> list[str]:
    details = numbers(screen)
    return [ending for ending in ALL if f"<dt>090-0000-{ending}</dt>" in details]


def test_the_order_form_lists_every_number(shopper: FormShopper) -> None:
    screen = shopper.put_in().get("/checkout").text

    assert listed(screen) == ALL


def test_code_entry_lists_the_numbers_that_lead_to_it(shopper: FormShopper) -> None:
    screen = shopper.to_sms().get("/checkout/sms").text

    assert listed(screen) == [
        "0000",
        "0001",
        "0002",
        "0003",
        "0006",
        "0009",
        "0010",
        "0040",
        "0041",
    ]


def banner(page: str) -> str:
    return page.split('data-testid="sandbox-banner"')[1].split("</aside>")[0]


def test_every_page_says_that_it_is_a_test_shop(client: FlaskClient) -> None:
    for path in ("/", "/cart", "/products/yunomi", "/en/", "/sandbox/", "/no-such-page"):
        found = banner(client.get(path).text)

        for address in ("/sandbox/phone", "/sandbox/mailbox", "/sandbox/"):
            assert f'href="{address}"' in found, path


def test_the_sandbox_speaks_english_on_english_pages(client: FlaskClient) -> None:
    assert banner(client.get("/en/").text).isascii()

    screen = FormShopper(client, prefix="/en").put_in().get("/checkout").text
    assert not JAPANESE.search(numbers(screen))


def test_the_language_link_of_a_sandbox_page_leads_to_the_shop(client: FlaskClient) -> None:
    for path in ("/sandbox/", "/sandbox/phone", "/sandbox/mailbox"):
        assert 'href="/en/"' in client.get(path).text


def test_the_time_of_a_text_is_the_shops(client: FlaskClient) -> None:
    time.advance(86_400)
    issue(requester("0000"))

    (message,) = client.get("/sandbox/phone.json").json or []

    assert message["sent_at"][:10] == clock.today().isoformat()


@pytest.mark.parametrize("of_other_testers", ["0700000", "0700123", "0700999"])
@pytest.mark.parametrize("ending", [*ALL, *(one.ending for one in CREDIT)])
def test_others_have_numbers_that_do_the_same(ending: str, of_other_testers: str) -> None:
    number = of_other_testers + ending

    assert scenarios.ending(number) == yamatos.ending(number) == ending


@pytest.mark.parametrize(
    "number", ["07012345678", "08000000004", "09000010004", "0700123000", "070012300001"]
)
def test_no_other_number_makes_anything_happen(number: str) -> None:
    assert scenarios.ending(number) == yamatos.ending(number) == ""
