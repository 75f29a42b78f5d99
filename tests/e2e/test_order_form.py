"""The order form: filling it in with help, and being told what is missing."""

import re

import pytest
from playwright.sync_api import Route, expect

from storefront.testing import COD, SMARTPHONE, TRANSFER, Sandbox, Shopper, scenario
from storefront.testing.specimen import NAME
from tests.e2e.marks import with_js, without_js


@with_js
def test_a_postal_code_fills_in_the_address(shopper: Shopper) -> None:
    shopper.to_order_input()

    shopper.field("postal_code").fill("１００－０００５")
    shopper.field("postal_code").blur()

    expect(shopper.field("prefecture")).to_have_value("東京都")
    expect(shopper.field("city")).to_have_value("千代田区")
    expect(shopper.field("street")).to_have_value("丸の内")
    expect(shopper.announced).to_have_text("住所を入力しました")


def test_the_button_fills_in_the_address_and_keeps_what_was_typed(shopper: Shopper) -> None:
    shopper.to_order_input()
    shopper.field("name").fill(NAME)

    shopper.field("postal_code").fill("1000005")
    shopper.look_up_address()

    expect(shopper.field("prefecture")).to_have_value("東京都")
    expect(shopper.field("city")).to_have_value("千代田区")
    expect(shopper.field("street")).to_have_value("丸の内")
    expect(shopper.field("name")).to_have_value(NAME)
    expect(shopper.page).to_have_url(re.compile(r"/checkout$"))


@with_js
def test_what_was_typed_by_hand_stays_until_the_button_is_pressed(shopper: Shopper) -> None:
    shopper.to_order_input()
    shopper.field("prefecture").select_option("大阪府")
    shopper.field("street").fill("大手町1-1")

    shopper.field("postal_code").fill("1000005")
    shopper.field("postal_code").blur()
    expect(shopper.field("city")).to_have_value("千代田区")
    expect(shopper.field("prefecture")).to_have_value("大阪府")
    expect(shopper.field("street")).to_have_value("大手町1-1")
    expect(shopper.main).to_contain_text("郵便番号100-0005は東京都の番号です")

    shopper.look_up_address()
    expect(shopper.field("prefecture")).to_have_value("東京都")
    expect(shopper.field("street")).to_have_value("丸の内1-1")
    expect(shopper.field("street")).to_be_focused()
    expect(shopper.main).not_to_contain_text("の番号です")


@with_js
def test_a_corrected_code_takes_its_address_along(shopper: Shopper) -> None:
    shopper.to_order_input()
    shopper.field("postal_code").fill("1000005")
    shopper.field("postal_code").blur()
    expect(shopper.field("street")).to_have_value("丸の内")
    shopper.field("street").fill("丸の内2-7-2")

    shopper.field("postal_code").fill("6050862")
    shopper.field("street").click()

    expect(shopper.field("prefecture")).to_have_value("京都府")
    expect(shopper.field("city")).to_have_value("京都市東山区")
    expect(shopper.field("street")).to_have_value("清水2-7-2")


@with_js
def test_one_of_several_places_is_chosen_without_leaving_the_form(shopper: Shopper) -> None:
    shopper.to_order_input()
    shopper.field("postal_code").fill("9994554")
    shopper.look_up_address()
    expect(shopper.page.get_by_role("button", name="尾花沢市芦沢")).to_be_focused()
    expect(shopper.field("city")).to_have_value("")

    shopper.page.get_by_role("button", name="北村山郡大石田町鷹巣").click()

    expect(shopper.field("city")).to_have_value("北村山郡大石田町")
    expect(shopper.field("street")).to_have_value("鷹巣")
    expect(shopper.field("street")).to_be_focused()


NEVER = 0.0


@pytest.mark.parametrize("seconds", [0.3, 1.5, 4, NEVER])
@with_js
def test_a_form_sent_before_the_look_up_answers_is_filled_in(
    shopper: Shopper, seconds: float
) -> None:
    def answer(route: Route) -> None:
        if seconds != NEVER:
            shopper.later(route, seconds * 1000)

    shopper.to_order_input().choose(COD)
    shopper.page.route("**/checkout/address?*", answer)

    shopper.give_top_to_bottom(street="2-7-2").review()

    expect(shopper.main).to_have_attribute("data-step", "confirm")
    expect(shopper.page.locator("#customer")).to_contain_text("東京都千代田区丸の内2-7-2")
    shopper.page.unroute_all(behavior="ignoreErrors")


@with_js
def test_what_is_typed_while_the_address_is_looked_up_stays(shopper: Shopper) -> None:
    shopper.to_order_input()
    shopper.page.route("**/checkout/address?*", lambda route: shopper.later(route, 500))

    shopper.field("postal_code").fill("1000005")
    shopper.field("city").fill("港区")

    expect(shopper.field("prefecture")).to_have_value("東京都")
    expect(shopper.field("city")).to_have_value("港区")


def test_enter_sends_the_form_and_looks_up_no_address(shopper: Shopper) -> None:
    shopper.to_order_input().give_contact().choose(COD)

    shopper.field("email").press("Enter")

    expect(shopper.page).to_have_url(re.compile(r"/checkout/confirm$"))


@with_js
def test_another_method_changes_the_total_and_is_announced(shopper: Shopper) -> None:
    shopper.to_order_input()
    expect(shopper.see("order-total")).to_have_attribute("data-yen", "3960")

    shopper.choose(SMARTPHONE)
    expect(shopper.see("order-total")).to_have_attribute("data-yen", "4136")
    expect(shopper.announced).to_have_text("手数料176円を追加し、合計は4,136円(税込)になりました")

    shopper.choose(COD)
    expect(shopper.see("order-total")).to_have_attribute("data-yen", "4290")
    expect(shopper.page.locator("#progress li")).to_have_count(3)
    expect(shopper.announced).to_have_text("手数料330円を追加し、合計は4,290円(税込)になりました")

    shopper.choose(TRANSFER)
    expect(shopper.see("order-total")).to_have_attribute("data-yen", "3960")


@with_js
def test_two_changes_at_once_end_in_the_total_of_the_newer(
    shopper: Shopper, sandbox: Sandbox
) -> None:
    _where_fees_vary(shopper, sandbox)
    asked: list[Route] = []
    shopper.page.route("**/checkout/quote", lambda route: asked.append(route))

    shopper.choose(COD)
    shopper.field("prefecture").select_option("沖縄県")
    for one in asked:
        shopper.later(one, 300)

    assert len(asked) == 2
    expect(shopper.see("order-total")).to_have_attribute("data-yen", "5130")
    shopper.page.unroute_all(behavior="ignoreErrors")


def _where_fees_vary(shopper: Shopper, sandbox: Sandbox) -> None:
    """The order form of a guest, with ¥1,500 for a parcel to 沖縄県."""
    state = sandbox.enter("input-delivery")
    shopper.page.context.add_cookies(state["storage_state"]["cookies"])
    shopper.page.goto(state["url"])
    shopper.see("delivery-standard").click()
    expect(shopper.see("order-total")).to_have_attribute("data-yen", "3960")


@with_js
def test_each_radio_of_the_methods_can_be_pressed_itself(shopper: Shopper) -> None:
    shopper.to_order_input()

    shopper.method(COD).check(timeout=3000)

    expect(shopper.method(COD)).to_be_checked()


@without_js
def test_without_javascript_each_card_says_its_fee(shopper: Shopper) -> None:
    shopper.to_order_input()

    expect(shopper.see("payment-cod")).to_contain_text("330円(税込)")
    expect(shopper.see("payment-kuroneko_smartphone")).to_contain_text("176円(税込)")


def test_an_empty_form_names_each_missing_answer(shopper: Shopper) -> None:
    shopper.to_order_input().review()

    expect(shopper.summary).to_contain_text("入力内容を確認してください")
    for told in (
        "お名前を入力してください",
        "郵便番号を入力してください",
        "都道府県を選択してください",
        "市区町村を入力してください",
        "町名・番地を入力してください",
        "電話番号を入力してください",
        "メールアドレスを入力してください",
        "お支払い方法を選択してください",
    ):
        expect(shopper.summary.get_by_role("link", name=told)).to_be_visible()


def test_a_refused_form_keeps_everything_typed(shopper: Shopper) -> None:
    shopper.to_order_input().give_contact("12").choose(COD).review()

    expect(shopper.summary).to_contain_text("電話番号は0から始まる10桁か11桁の数字で")
    expect(shopper.field("tel")).to_have_value("12")
    expect(shopper.field("name")).to_have_value(NAME)
    expect(shopper.field("street")).to_have_value("丸の内2-7-2")
    expect(shopper.method(COD)).to_be_checked()
    expect(shopper.page).to_have_title(re.compile("^エラー: "))


@with_js
def test_a_field_is_judged_when_it_is_left_and_forgiven_when_it_is_mended(
    shopper: Shopper,
) -> None:
    shopper.to_order_input()
    told = shopper.main.get_by_text("電話番号は0から始まる10桁か11桁の数字で入力してください")

    shopper.field("tel").fill("12")
    shopper.field("tel").blur()
    expect(told).to_be_visible()

    shopper.field("tel").fill("09012345678")
    expect(told).to_be_hidden()


@with_js
def test_a_slip_in_a_mail_address_is_asked_about(shopper: Shopper) -> None:
    shopper.to_order_input()

    shopper.field("email").fill("taro@gmial.com")
    shopper.field("email").blur()

    expect(shopper.main).to_contain_text("もしかして「taro@gmail.com」ですか?")


def test_a_landline_needs_a_mobile_number_for_the_text(shopper: Shopper) -> None:
    shopper.to_order_input().give_contact("03-1234-5678").choose(SMARTPHONE).review()
    expect(shopper.summary).to_contain_text("SMSを受け取る携帯電話番号を入力してください")

    shopper.sms_field.fill(scenario("0000"))
    shopper.review().confirm().give_code("1234")

    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_pay_later_ends_at_55000_yen(shopper: Shopper) -> None:
    shopper.to_order_input("tsumugi")

    expect(shopper.see(f"payment-{SMARTPHONE}")).to_have_attribute("data-unavailable", "limit")
    expect(shopper.method(SMARTPHONE)).to_be_disabled()


@with_js
def test_the_form_is_remembered_when_the_shopper_comes_back(shopper: Shopper) -> None:
    shopper.to_confirmation(COD)

    shopper.open("/cart").go_to_checkout()

    expect(shopper.field("name")).to_have_value(NAME)
    expect(shopper.field("tel")).to_have_value(shopper.number)
    expect(shopper.field("email")).to_have_value(shopper.email)
    expect(shopper.field("postal_code")).to_have_value("1000005")
    expect(shopper.method(COD)).to_be_checked()
