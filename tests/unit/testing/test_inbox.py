"""The inbox waits for what is under way, and says what did not come."""

import threading
import time

import pytest

from storefront.testing import NothingCame, Phone, Sandbox, Shop


def test_a_text_that_does_not_come_is_told_with_its_number_and_time(
    sandbox: Sandbox, phone: Phone
) -> None:
    with pytest.raises(NothingCame, match=f"^no text came to {phone} within 0.2 s$"):
        sandbox.text(phone, within=0.2)


def test_a_mail_that_does_not_come_is_told(sandbox: Sandbox) -> None:
    with pytest.raises(NothingCame, match=r"^no mail came to nobody@example.com within 0 s$"):
        sandbox.mail("nobody@example.com", within=0)


def test_a_code_that_comes_late_is_waited_for(shop: Shop, phone: Phone) -> None:
    def order_later() -> None:
        time.sleep(0.3)  # the text is really under way
        shop.form_shopper().to_sms(phone)

    ordering = threading.Thread(target=order_later)
    ordering.start()
    code = shop.sandbox.code(phone)
    ordering.join()

    assert code == shop.sandbox.text(phone)["text"].strip()[-4:]


def test_a_text_after_another_is_not_the_one_before(shop: Shop, phone: Phone) -> None:
    shop.form_shopper().to_sms(phone)
    first = shop.sandbox.text(phone)

    with pytest.raises(NothingCame, match=rf"{phone} after number {first['id']} within"):
        shop.sandbox.text(phone, after=first["id"], within=0)


def test_a_text_without_a_link_is_not_taken_for_one(shop: Shop, phone: Phone) -> None:
    shop.form_shopper().to_sms(phone)

    with pytest.raises(NothingCame, match=f"no text with a link came to {phone}"):
        shop.sandbox.link(phone, within=0)


def test_the_link_to_pay_by_comes_after_delivery(sandbox: Sandbox, phone: Phone) -> None:
    sandbox.order(state="delivered", tel=phone)

    assert "/p/" in sandbox.link(phone)


def test_a_wrong_code_is_never_the_right_one(shop: Shop, phone: Phone) -> None:
    shop.form_shopper().to_sms(phone)

    assert shop.sandbox.wrong_code(phone) != shop.sandbox.code(phone)


def test_a_fault_by_hand_befalls_the_next_request_and_stands_in_the_journal(
    shop: Shop, phone: Phone
) -> None:
    shop.sandbox.fault("yamato", status=503)
    shopper = shop.form_shopper().to_sms(phone)
    shop.sandbox.fault("yamato", next=0)

    assert shopper.last.location == "/checkout"
    assert {one["to"] for one in shop.sandbox.requests(to="yamato")} == {"yamato"}
