"""Completion, status, receipt, the look-up, and the error pages."""

import re
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order, OrderEvent, OrderLine, Shipment
from storefront.outbox.models import OutboxRow
from storefront.payment_requests import lifecycle
from storefront.shop.models import Shop
from storefront.testing.form_shopper import FormShopper, field_value
from storefront.testing.specimen import HONOURED
from tests.conftest import MakeApp
from tests.factories import an_order, some_answers

KURONEKO = {"payment_code": "kuroneko_smartphone", "payment_status": "deferred"}


def test_id(name: str, page: str) -> str:
    """The words of the element with this test id."""
    found = re.search(rf'data-testid="{name}"[^>]*>([^<]*)<', page)
    assert found, f"no {name}"
    return found[1]


test_id.__test__ = False  # type: ignore[attr-defined]  # a helper, not a test


def complete(client: FlaskClient, order: Order, prefix: str = "") -> str:
    return client.get(f"{prefix}/orders/{order.token}/complete").text


def status(client: FlaskClient, order: Order, prefix: str = "") -> str:
    return client.get(f"{prefix}/orders/{order.token}").text


def receipt(client: FlaskClient, order: Order) -> str:
    return client.get(f"/orders/{order.token}/receipt").text


class TestCompletion:
    def test_it_is_the_last_step_and_its_heading_takes_the_focus(self, client: FlaskClient) -> None:
        page = complete(client, an_order())

        assert 'data-step="complete"' in page
        assert '<h1 tabindex="-1" data-focus>' in page

    def test_it_shows_number_name_and_address_of_the_mail(self, client: FlaskClient) -> None:
        page = complete(client, an_order(number="7KQ2-M9XD"))

        assert test_id("order-number", page) == "7KQ2-M9XD"
        assert HONOURED in page
        assert "taro@example.com に確認メールを送りました" in page

    def test_it_leads_to_the_status_and_the_receipt(self, client: FlaskClient) -> None:
        order = an_order()
        page = complete(client, order)

        assert f'href="/orders/{order.token}" data-testid="order-status-link"' in page
        assert f'href="/orders/{order.token}/receipt"' in page

    @pytest.mark.parametrize(("days", "code"), [(29, 200), (31, 303)])
    def test_after_a_month_it_gives_way_to_the_status(
        self, client: FlaskClient, days: int, code: int
    ) -> None:
        order = an_order(placed_at=clock.now() - timedelta(days=days))

        assert client.get(f"/orders/{order.token}/complete").status_code == code

    def test_it_says_who_will_write_about_a_deferred_payment(self, client: FlaskClient) -> None:
        page = complete(client, an_order(**KURONEKO))

        assert "差出人はさくら商店です。" in page
        assert "SMSは090-****-0000に届きます。" in page

    def test_it_names_the_last_day_to_pay(self, client: FlaskClient) -> None:
        waiting = an_order(payment_code="bank_transfer", pay_by=date(2026, 12, 7))

        assert test_id("pay-by", complete(client, waiting)) == "12月7日(月)まで"
        assert test_id("pay-by", status(client, waiting)) == "12月7日(月)まで"

    def test_an_english_page_has_no_honorific(self, client: FlaskClient) -> None:
        page = complete(client, an_order(locale="en"), "/en")

        assert HONOURED not in page
        assert "¥3,300 (tax incl.)" in page

    def test_what_the_shopper_typed_is_no_markup(self, client: FlaskClient) -> None:
        page = complete(client, an_order(customer=some_answers(name="<b>太郎</b>")))

        assert "<b>太郎" not in page
        assert "&lt;b&gt;太郎" in page


def shipped() -> Order:
    events = [OrderEvent(at=clock.now(), event=event) for event in ("placed", "shipped")]
    parcel = Shipment(carrier="yamato", slip="123456789013", shipped_at=clock.now())
    return an_order(status="shipped", events=events, shipments=[parcel])


def link_rows() -> list[str]:
    kinds = sa.select(OutboxRow.kind).where(OutboxRow.kind.startswith("link-"))
    return list(db.session.scalars(kinds.order_by(OutboxRow.id)))


class TestStatus:
    def test_order_and_payment_stand_in_words_and_as_states(self, client: FlaskClient) -> None:
        page = status(client, an_order())

        assert test_id("order-status", page) == "注文確定"
        assert 'data-testid="order-status" data-state="placed"' in page
        assert 'data-testid="payment-state" data-state="awaiting"' in page

    @pytest.mark.parametrize(
        ("code", "state", "words"),
        [
            ("cod", "awaiting", "お届け時にお支払い"),
            ("cod", "paid", "お支払い済み"),
            ("bank_transfer", "awaiting", "ご入金待ち"),
            ("bank_transfer", "paid", "お支払い済み"),
            ("bank_transfer", "refunded", "返金済み"),
            ("kuroneko_smartphone", "deferred", "お支払いは商品のお届け後"),
            ("kuroneko_smartphone", "requested", "お支払い待ち"),
            ("kuroneko_smartphone", "overdue", "お支払い期限を過ぎています"),
            ("kuroneko_smartphone", "cancelled", "お支払いは不要です"),
        ],
    )
    def test_the_payment_is_told_by_state_and_method(
        self, client: FlaskClient, code: str, state: str, words: str
    ) -> None:
        page = status(client, an_order(payment_code=code, payment_status=state))

        assert test_id("payment-state", page) == words

    @pytest.mark.parametrize(
        "state", ["preparing", "shipped", "delivered", "cancelled", "returned"]
    )
    def test_one_step_is_the_current_one(self, client: FlaskClient, state: str) -> None:
        events = [OrderEvent(at=clock.now(), event=event) for event in ("placed", state)]
        page = status(client, an_order(status=state, events=events))

        assert page.count("aria-current") == 1
        assert re.search(r'aria-current="true">(\w+)', page)[1] == test_id("order-status", page)  # type: ignore[index]

    @pytest.mark.parametrize("page", ["", "/complete"])
    def test_each_step_that_was_taken_is_dated(self, client: FlaskClient, page: str) -> None:
        text = client.get(f"/orders/{shipped().token}{page}").text

        steps = re.findall(r'<li class="(is-done)?"[^>]*>(\w+)( <time)?', text)
        assert steps == [
            ("is-done", "注文確定", " <time"),
            ("is-done", "出荷準備", ""),
            ("is-done", "発送", " <time"),
            ("", "お届け完了", ""),
        ]
        assert "送り状番号 123456789013" in text
        assert "pno=123456789013" in text

    def test_an_old_token_sends_no_link_and_gives_a_fresh_one(self, client: FlaskClient) -> None:
        order = an_order(**{**KURONEKO, "payment_status": "deferred", "status": "delivered"})
        lifecycle.issue(order.id)

        answer = client.post(f"/orders/{order.token}/link", data={"csrf_token": "old"})

        assert answer.status_code == 422
        assert 'data-testid="error-summary"' in answer.text
        assert field_value(answer.text, "csrf_token") not in {"", "old"}
        assert f'href="/en/orders/{order.token}" lang="en"' in answer.text
        assert link_rows() == []

    def test_a_press_sends_the_link_and_says_so(self, shopper: FormShopper) -> None:
        order = an_order(**{**KURONEKO, "payment_status": "deferred", "status": "delivered"})
        lifecycle.issue(order.id)
        shopper.get(f"/orders/{order.token}")

        for words in ("送りました。", "いまは送れません。"):
            shopper.post(f"/orders/{order.token}/link", {})
            assert shopper.last.status_code == 303
            assert words in shopper.get(shopper.last.location).text
        assert link_rows() == ["link-1-mail", "link-1-sms"]

    @pytest.mark.parametrize(("state", "is_shown"), [("awaiting", True), ("paid", False)])
    def test_how_to_pay_stands_there_until_it_is_paid(
        self, client: FlaskClient, state: str, is_shown: bool
    ) -> None:
        page = status(client, an_order(payment_code="bank_transfer", payment_status=state))

        assert ("合計金額を配達員へお支払いください。" in page) == is_shown

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ("placed", ["このご注文をキャンセルする"]),
            ("preparing", ["キャンセルを相談する"]),
            ("shipped", []),
            ("delivered", []),
        ],
    )
    def test_cancelling_is_offered_until_it_is_prepared_and_then_talked_over(
        self, client: FlaskClient, state: str, words: list[str]
    ) -> None:
        page = status(client, an_order(status=state))

        assert re.findall(r'data-testid="cancel-order">([^<]*)<', page) == words

    @pytest.mark.parametrize("page", ["", "/complete"])
    def test_phone_and_mail_take_the_orders_number_along(
        self, client: FlaskClient, page: str
    ) -> None:
        text = client.get(f"/orders/{an_order(number='7KQ2-M9XD').token}{page}").text

        assert 'href="tel:0300000000"' in text
        [subject] = re.findall(r'href="mailto:shop@example.com\?subject=([^"]*)"', text)
        assert unquote(subject) == "ご注文 7KQ2-M9XD について"

    @pytest.mark.parametrize("page", ["", "/complete"])
    def test_each_line_has_its_picture(self, client: FlaskClient, page: str) -> None:
        text = client.get(f"/orders/{an_order().token}{page}").text

        assert re.findall(r'class="items__picture"><img src="/static/img/products/([a-z]+)', text)

    def test_a_line_whose_goods_are_gone_has_a_blank_one(self, client: FlaskClient) -> None:
        lines = [
            OrderLine(
                variant_id=one, sku="a", name="茶", option="", price=100, quantity=1, tax=1000
            )
            for one in (1, 99_999)
        ]

        assert "img/no-picture" in status(client, an_order(lines=lines))

    def test_what_is_still_to_come_stands_under_the_way_of_the_order(
        self, client: FlaskClient
    ) -> None:
        page = status(client, an_order())

        assert "ご注文の流れ</h2>" in page
        assert "これまでの流れ" not in page
        assert page.count("これから") == 3


class TestReceipt:
    def test_it_names_issuer_registration_date_number_and_recipient(
        self, client: FlaskClient
    ) -> None:
        page = receipt(client, an_order(number="7KQ2-M9XD"))

        for words in ("株式会社さくら商店", "T9999999999999", "7KQ2-M9XD", HONOURED):
            assert words in page
        assert f"{clock.today():%Y年}" in page

    @pytest.mark.parametrize(("number", "times"), [("T9999999999999", 1), ("", 0)])
    def test_only_a_registered_shop_calls_a_paper_a_qualified_invoice(
        self, client: FlaskClient, number: str, times: int
    ) -> None:
        with transaction():
            db.session.execute(sa.update(Shop).values(invoice_number=number))
        order = an_order()

        pages = (complete(client, order), status(client, order), receipt(client, order))
        assert [page.count("適格簡易請求書") for page in pages] == [times] * 3

    def test_it_is_made_out_to_whom_the_shopper_types(self, shopper: FormShopper) -> None:
        order = an_order()
        address = f"/orders/{order.token}/receipt"

        answer = shopper.post(address, {"receipt_name": " 株式会社 みほん　総務部 "})
        page = shopper.get(address).text

        assert (answer.status_code, answer.location) == (303, address)
        assert test_id("receipt-name", page) == "株式会社 みほん 総務部 様"
        assert HONOURED not in page
        assert 'value="株式会社 みほん 総務部"' in page
        shopper.post(address, {"receipt_name": ""})
        assert HONOURED in shopper.get(address).text

    def test_a_name_that_is_too_long_is_told_and_stays(self, shopper: FormShopper) -> None:
        order = an_order()

        answer = shopper.post(f"/orders/{order.token}/receipt", {"receipt_name": "社" * 61})

        assert answer.status_code == 422
        assert "宛名は60文字以内で入力してください" in answer.text
        assert f'value="{"社" * 61}"' in answer.text
        db.session.refresh(order)
        assert order.receipt_name is None

    def test_it_marks_the_reduced_rate_and_sums_up_each_rate(self, client: FlaskClient) -> None:
        tea = OrderLine(
            variant_id=1, sku="a", name="茶", option="", price=1080, quantity=2, tax=800
        )
        page = receipt(client, an_order(lines=[tea], goods=2160, shipping=660, fee=0, total=2820))

        assert "8%対象※ 2,160円(うち消費税160円)" in page
        assert "10%対象 660円(うち消費税60円)" in page
        assert "※は軽減税率8%の対象です。" in page

    def test_a_reduced_order_sums_to_what_is_charged(self, client: FlaskClient) -> None:
        page = receipt(client, an_order(reduced_to=3000))

        assert re.findall(r"[^>]*合計[^<]*<[^>]*data-yen=\"(\d+)\"", page) == ["3000"]
        assert '<td>減額</td><td class="paper__yen">−1,290円</td>' in page
        assert "<b>3,000円</b>" in page
        assert "10%対象 3,000円(うち消費税272円)" in page

    @pytest.mark.parametrize("page", ["", "/complete"])
    def test_every_page_of_a_reduced_order_sums_to_what_is_charged(
        self, client: FlaskClient, page: str
    ) -> None:
        text = client.get(f"/orders/{an_order(reduced_to=3000).token}{page}").text

        assert 'data-yen="3000"' in text
        assert "減額" in text
        assert 'data-yen="4290"' not in text

    def test_it_is_a_receipt_once_the_order_is_paid(self, client: FlaskClient) -> None:
        events = [OrderEvent(at=clock.now(), event=event) for event in ("placed", "paid")]
        page = receipt(client, an_order(payment_status="paid", events=events))

        assert "<h1>領収書" in page
        assert "上記の金額を領収いたしました。" in page
        assert "お支払い日" in page

    @pytest.mark.parametrize(
        "state", ["awaiting", "deferred", "requested", "overdue", "cancelled", "refunded"]
    )
    def test_it_is_no_receipt_while_the_shop_has_no_money(
        self, client: FlaskClient, state: str
    ) -> None:
        page = receipt(client, an_order(payment_status=state))

        assert "<h1>納品・ご請求明細" in page
        assert "この明細は領収書ではありません。" in page
        assert "領収いたしました" not in page


@pytest.mark.parametrize("page", ["/complete", "", "/receipt"])
class TestEveryOrderPage:
    def test_it_is_kept_by_nobody_and_listed_nowhere(self, client: FlaskClient, page: str) -> None:
        answer = client.get(f"/orders/{an_order().token}{page}")

        assert answer.headers["Cache-Control"] == "no-store"
        assert '<meta name="robots" content="noindex">' in answer.text

    def test_it_has_one_heading_and_no_inline_code(self, client: FlaskClient, page: str) -> None:
        text = client.get(f"/orders/{an_order().token}{page}").text

        assert text.count("<h1") == 1
        assert not re.search(r"<script(?! src)|<style| style=| on\w+=", text)

    def test_another_token_is_not_found(self, client: FlaskClient, page: str) -> None:
        assert client.get(f"/orders/{'x' * 43}{page}").status_code == 404


class TestLookUp:
    @pytest.fixture
    def order(self, client: FlaskClient) -> Order:
        return an_order(number="7KQ2-M9XD")

    def test_the_right_pair_leads_to_the_order(self, shopper: FormShopper, order: Order) -> None:
        shopper.post("/orders/find", {"number": "7kq2m9xd", "email": "TARO@example.com"})

        assert shopper.last.status_code == 303
        assert shopper.last.location == f"/orders/{order.token}"

    @pytest.mark.usefixtures("order")
    def test_every_wrong_pair_is_told_the_same(self, shopper: FormShopper) -> None:
        told = set()
        for number, email in (
            ("7KQ2-M9XD", "hanako@example.com"),
            ("7KQ2-M9XE", "taro@example.com"),
            ("7KQ2-M9XE", "hanako@example.com"),
        ):
            answer = shopper.post("/orders/find", {"number": number, "email": email})
            told.add((answer.status_code, re.sub(r'value="[^"]*"', "", answer.text)))

        ((code, page),) = told
        assert code == 422
        assert "注文番号かメールアドレスが違います" in page

    def test_what_was_typed_stays(self, shopper: FormShopper) -> None:
        answer = shopper.post("/orders/find", {"number": "ABC", "email": "taro@example.com"})

        assert 'value="ABC"' in answer.text
        assert 'value="taro@example.com"' in answer.text

    def test_an_empty_form_names_both_fields(self, shopper: FormShopper) -> None:
        answer = shopper.post("/orders/find", {"number": " ", "email": ""})

        assert answer.status_code == 422
        assert '<a href="#number">注文番号を入力してください</a>' in answer.text
        assert '<a href="#email">メールアドレスを入力してください</a>' in answer.text

    @pytest.mark.usefixtures("order")
    def test_an_old_token_opens_nothing(self, client: FlaskClient) -> None:
        pair = {"number": "7KQ2-M9XD", "email": "taro@example.com", "csrf_token": "old"}
        answer = client.post("/orders/find", data=pair)

        assert answer.status_code == 422
        assert "error-summary" in answer.text

    def test_htmx_gets_the_screen_alone(self, client: FlaskClient) -> None:
        page = client.get("/orders/find", headers={"HX-Request": "true"}).text

        assert "<html" not in page
        assert '<main id="main"' in page

    def test_trying_many_pairs_is_stopped(self, make_app: MakeApp) -> None:
        client = make_app(limits="real").test_client()
        codes = [client.post("/orders/find").status_code for _ in range(21)]

        assert codes == [422] * 20 + [429]


class TestErrors:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_a_page_that_is_not_there_offers_search_and_home(
        self, client: FlaskClient, prefix: str
    ) -> None:
        answer = client.get(f"{prefix}/nowhere")

        assert answer.status_code == 404
        assert answer.text.count("<h1") == 1
        assert f'action="{prefix}/search"' in answer.text
        assert f'href="{prefix}/"' in answer.text

    def test_a_page_that_only_takes_posts_is_not_offered_in_the_other_language(
        self, client: FlaskClient
    ) -> None:
        answer = client.get("/cart/items")

        assert answer.status_code == 405
        assert re.search(r'href="([^"]*)"[^>]*data-testid="language"', answer.text)[1] == "/en/"  # type: ignore[index]

    def test_a_flood_is_told_when_to_come_back(self, make_app: MakeApp) -> None:
        client = make_app(limits="real").test_client()
        for _ in range(20):
            client.post("/orders/find")

        answer = client.post("/orders/find")

        assert "操作が続いたため、少しお待ちください" in answer.text
        assert int(answer.headers["Retry-After"]) > 0

    def test_without_its_database_the_shop_still_says_so_in_words(
        self, client: FlaskClient
    ) -> None:
        with transaction():
            db.session.execute(sa.text("ALTER TABLE shop RENAME TO lost"))

        answer = client.get("/")

        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert "<h1>ただいま接続が混み合っています</h1>" in answer.text
        assert "カートは保存されています" in answer.text
