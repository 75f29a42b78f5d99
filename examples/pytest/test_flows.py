"""Six flows of a shopper and an owner. Run them: pytest (in parallel: pytest -n 4)."""

import re

from playwright.sync_api import expect

from storefront.testing import COD, OwnerPage, Phone, Sandbox, Shopper

LIFE = 601  # seconds: no code lives longer


def test_an_order_is_placed_with_the_code_of_the_text(shopper: Shopper, sandbox: Sandbox) -> None:
    shopper.put_in_cart("yunomi").go_to_checkout()
    shopper.give_contact().choose("kuroneko_smartphone").review()
    expect(shopper.see("confirm-total")).to_have_attribute("data-yen", "4136")
    shopper.confirm().give_right_code()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.see("order-number")).to_have_text(re.compile(r"^[A-Z0-9-]{8,16}$"))
    assert shopper.order_number() in sandbox.mail(shopper.email)["text"]


def test_a_wrong_code_may_be_corrected(shopper: Shopper) -> None:
    shopper.to_code_entry().give_wrong_code()
    expect(shopper.main).to_have_attribute("data-state", "wrong")

    shopper.give_right_code()

    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_an_expired_code_is_followed_by_a_new_one(shopper: Shopper, sandbox: Sandbox) -> None:
    shopper.to_code_entry()
    first = sandbox.text(shopper.number)
    shopper.let_pass(LIFE).page.reload()
    expect(shopper.main).to_have_attribute("data-state", "expired")

    shopper.resend()
    expect(shopper.main).to_have_attribute("data-state", "idle")
    shopper.give_code(sandbox.code(shopper.number, after=first["id"]))

    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_after_a_failed_check_two_taps_order_by_another_method(
    shopper: Shopper, phone: Phone
) -> None:
    one_try = phone.ending("0006")
    shopper.to_code_entry(tel=one_try).give_wrong_code(one_try)
    expect(shopper.see("ng-banner")).to_be_visible()
    assert shopper.ng_reason() == "locked"

    shopper.switch_to(COD).confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.main).to_contain_text("代金引換")


def test_after_delivery_a_link_leads_to_the_payment_page(
    shopper: Shopper, sandbox: Sandbox
) -> None:
    sandbox.order(state="delivered", tel=shopper.number, email=shopper.email)
    shopper.open_payment_page()
    expect(shopper.see("pay-amount")).to_have_attribute("data-yen", "4136")

    shopper.choose_means("card").pay_there()

    expect(shopper.main).to_have_attribute("data-state", "paid")


def test_the_owner_ships_what_was_ordered(shopper: Shopper, owner: OwnerPage) -> None:
    shopper.to_confirmation(COD).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")

    owner.ship(shopper.order_number())

    expect(owner.see("order-status")).to_have_attribute("data-state", "shipped")
    shopper.see("order-status-link").click()
    expect(shopper.see("order-status")).to_have_attribute("data-state", "shipped")
