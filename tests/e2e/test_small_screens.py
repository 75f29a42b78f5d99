"""The checkout on a phone: how long its screens are, and that nothing moves under the thumb."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from storefront.testing import COD, SMARTPHONE, Shopper, scenario
from tests.e2e.marks import with_js, without_js

WITHOUT_SANDBOX = """() => document.querySelectorAll(".sandbox-banner, .sandbox-numbers")
  .forEach((one) => one.remove())"""
SMALL_LAW = """() => [...document.querySelectorAll("[data-law], [data-law] p")]
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 16).length"""
LAW = {"quantity", "price", "payment", "delivery", "cancel"}


def filled(shopper: Shopper) -> None:
    """One article, six methods, everything that has to be answered."""
    shopper.to_order_input().give_contact().choose(SMARTPHONE)
    expect(shopper.see("order-total")).to_have_attribute("data-yen", "4136")
    expect(shopper.main.locator("[data-testid^=payment-]")).to_have_count(6)


LENGTHS: list[tuple[Callable[[Shopper], object], float]] = [
    (filled, 3.4),
    (lambda shopper: shopper.to_confirmation(), 2.2),
    (lambda shopper: shopper.to_code_entry(), 1.5),
]


@with_js
@pytest.mark.parametrize(("arrive", "screens"), LENGTHS, ids=["input", "confirm", "sms"])
def test_a_screen_is_no_longer_than_it_may_be(
    shopper: Shopper, arrive: Callable[[Shopper], object], screens: float
) -> None:
    arrive(shopper)

    shopper.page.evaluate(WITHOUT_SANDBOX)

    height = shopper.page.evaluate("document.documentElement.scrollHeight")
    assert height / 844 <= screens


@with_js
def test_a_short_confirmation_has_its_legal_items_in_full_size(shopper: Shopper) -> None:
    shopper.to_confirmation()

    marks = shopper.page.locator("[data-law]").all()
    assert {one.get_attribute("data-law") for one in marks} == LAW
    assert all(one.is_visible() for one in marks)
    assert shopper.page.evaluate(SMALL_LAW) == 0


def places(*pressed: Locator) -> list[float]:
    return [(one.bounding_box() or {"y": 0.0})["y"] for one in pressed]


@with_js
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("screen", [{"width": 320, "height": 640}], ids=["320"])
def test_nothing_on_the_code_screen_moves_while_it_is_open(
    shopper: Shopper, expected_faults: list[str]
) -> None:
    expected_faults.append("htmx: htmx:error: timeout")  # minutes pass in no time
    shopper.page.clock.install()
    shopper.to_code_entry()
    pressed = [shopper.see(one) for one in ("sms-submit", "sms-other-method", "sms-resend")]
    wait = shopper.page.locator("[data-wait-until]")
    expect(wait).not_to_be_empty()
    before = places(*pressed)

    shopper.page.clock.run_for(31_000)
    expect(wait).to_be_empty()
    after_the_wait = places(*pressed)
    shopper.page.clock.run_for(160_000)

    assert before == after_the_wait == places(*pressed)
    expect(shopper.main.locator("[data-testid^=switch-to-]")).to_have_count(0)


def test_asking_too_early_for_another_text_moves_and_wipes_nothing(shopper: Shopper) -> None:
    shopper.to_code_entry()
    shopper.code_field.fill("12")
    pressed = [shopper.see(one) for one in ("sms-submit", "sms-other-method", "sms-resend")]
    before = places(*pressed)

    shopper.resend()
    expect(shopper.summary).to_have_text(re.compile("あと[0-9]+秒でもう一度送れます"))

    assert places(*pressed) == before
    expect(shopper.code_field).to_have_value("12")
    expect(shopper.page.locator(".summary")).to_have_count(0)


def test_the_number_that_failed_is_on_the_banners_first_screen(shopper: Shopper) -> None:
    shopper.to_banner(scenario("0004"))

    expect(shopper.other_number).to_have_value("090-0000-0004")
    for one in (shopper.other_number, shopper.see("retry-number")):
        expect(one).to_be_in_viewport(ratio=1)


@with_js
def test_the_number_for_the_text_is_folded_where_the_phone_is_a_mobile(shopper: Shopper) -> None:
    shopper.to_order_input().choose(SMARTPHONE)

    shopper.field("tel").fill("03-1234-5678")
    shopper.field("tel").blur()
    expect(shopper.sms_field).to_be_visible()
    shopper.field("tel").fill("０９０ー１２３４ー５６７８")
    shopper.field("tel").blur()
    expect(shopper.sms_field).to_be_hidden()

    shopper.have_text_sent_to("080-1234-5678")
    expect(shopper.sms_field).to_be_visible()


@without_js
def test_without_javascript_the_number_for_the_text_is_open(shopper: Shopper) -> None:
    shopper.to_order_input().give_contact().choose(SMARTPHONE)

    expect(shopper.sms_field).to_be_visible()


@with_js
def test_a_fold_says_what_it_holds_as_soon_as_it_is_chosen(shopper: Shopper) -> None:
    shopper.to_order_input()
    fold = shopper.main.locator("details").filter(has_text="お届け日時")
    expect(fold.locator("summary")).to_contain_text("指定なし")

    fold.locator("summary").click()
    fold.get_by_role("radio", name="午前中").check()
    fold.locator("summary").click()

    expect(fold.locator("summary")).to_contain_text("午前中")
    expect(fold.get_by_role("radio", name="午前中")).to_be_hidden()


def test_the_steps_are_counted_by_the_method_from_the_moment_it_is_chosen(shopper: Shopper) -> None:
    shopper.to_order_input()
    progress = shopper.page.locator("#progress p").filter(visible=True)
    expect(progress).to_have_text("ステップ 1/4 ご注文情報の入力")

    shopper.choose(COD)
    expect(progress).to_have_text("ステップ 1/3 ご注文情報の入力")
    shopper.choose(SMARTPHONE)
    expect(progress).to_have_text("ステップ 1/4 ご注文情報の入力")
