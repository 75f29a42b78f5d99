"""How an order that waits for its money is paid: number, steps, account and the last day."""

import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from storefront.core.extensions import db, transaction
from storefront.orders.emails.sending import order_mail
from storefront.orders.models import Order
from storefront.payments.models import HostedSession
from storefront.testing.form_shopper import FormShopper
from tests.factories import an_order

ACCOUNT = {
    "bank": "みほん銀行",
    "bank_en": "Mihon Bank",
    "branch": "桜支店",
    "branch_en": "",
    "branch_number": "001",
    "kind": "ordinary",
    "number": "0034567",
    "holder": "サクラショウテン(カ",
}
PAGES = ("", "/complete")


def waiting(code: str, **changes: Any) -> Order:
    order = an_order(payment_code=code, pay_by=date(2026, 12, 7), **changes)
    if code == "bank_transfer":
        with transaction():
            order.texts = {**order.texts, "account": ACCOUNT}
    return order


def with_number(order: Order) -> Order:
    with transaction():
        db.session.add(
            HostedSession(
                token="visit",
                checkout_id=order.checkout_id,
                order_id=order.id,
                order_number=order.number,
                method="cvs",
                means="cvs",
                yen=order.owed,
                locale="ja",
                outcome="issued",
                opened_at=order.placed_at,
                number="123456789012",
            )
        )
    return order


def copied(page: str) -> list[str]:
    """What stands right before each button that copies; it is text, to be chosen without script."""
    return re.findall(r"<b[^>]*>([^<]+)</b> <input class=\"btn btn--text copy\"", page)


@pytest.mark.parametrize("page", PAGES)
def test_a_transfer_names_the_account_and_what_is_typed_can_be_copied(
    client: FlaskClient, page: str
) -> None:
    order = waiting("bank_transfer")
    text = client.get(f"/orders/{order.token}{page}").text

    for words in ("みほん銀行", "桜支店", "普通", "12月7日(月)まで"):
        assert words in text
    assert copied(text) == [order.number, "001", "0034567", "サクラショウテン(カ"]


@pytest.mark.parametrize("page", PAGES)
def test_a_store_number_has_its_steps_and_its_day(client: FlaskClient, page: str) -> None:
    order = with_number(waiting("cvs"))
    text = client.get(f"/orders/{order.token}{page}").text

    steps = re.search(r'<ol data-testid="pay-steps">(.*?)</ol>', text, re.DOTALL)
    assert steps is not None
    assert steps[1].count("<li>") == 3
    assert copied(text) == [order.number, "123456789012"]
    assert "12月7日(月)まで" in text


def test_an_english_page_names_the_bank_in_both_scripts(client: FlaskClient) -> None:
    order = waiting("bank_transfer", locale="en")

    text = client.get(f"/en/orders/{order.token}").text

    assert '<span>Mihon Bank</span><b lang="ja">みほん銀行</b>' in text
    assert '<dd><b lang="ja">桜支店</b>' in text


def test_the_mail_names_account_or_number_with_its_steps(client: FlaskClient) -> None:
    transfer, store = order_mail(waiting("bank_transfer")), order_mail(with_number(waiting("cvs")))

    assert "支店番号: 001\n口座の種別: 普通\n口座番号: 0034567\n" in transfer.text
    assert '口座名義(カナ): <b lang="ja">サクラショウテン(カ</b>' in transfer.html
    assert "払込番号: 123456789012\n1. " in store.text
    assert store.html.count("<li>") == 3


@pytest.mark.parametrize("state", ["paid", "cancelled"])
def test_nobody_is_told_how_to_pay_what_is_over(client: FlaskClient, state: str) -> None:
    order = waiting("bank_transfer", payment_status=state)

    assert "0034567" not in client.get(f"/orders/{order.token}").text
    assert "0034567" not in order_mail(order).text


def test_the_demo_shops_account_is_kept_with_the_order(shopper: FormShopper) -> None:
    shopper.put_in().answer("bank_transfer").press_confirm()

    page = shopper.get(shopper.last.location).text

    assert copied(page)[1:] == ["001", "1234567", "サクラショウテン(カ"]


def test_the_way_of_the_order_names_the_last_day_for_its_money(client: FlaskClient) -> None:
    order = waiting("bank_transfer")

    page = client.get(f"/orders/{order.token}").text

    assert '入金確認 <time datetime="2026-12-07">12月7日(月)まで</time>' in page
    assert "○ 入金確認 12月7日(月)まで" in order_mail(order).text
