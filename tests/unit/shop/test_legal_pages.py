"""What the legal pages and the help page must say, in both languages."""

from html import unescape

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from storefront.core import placeholders
from storefront.core.extensions import db, transaction
from storefront.payments import methods
from storefront.payments.models import PaymentMethod
from storefront.shop import profile

PAGES = ("/legal/tokushoho", "/legal/privacy", "/legal/terms", "/legal/returns", "/help")
SELLERS = {"": "株式会社さくら商店", "/en": "Sakura Shoten K.K."}

every_page = pytest.mark.parametrize("page", PAGES)
in_both_languages = pytest.mark.parametrize("prefix", SELLERS)


@every_page
@in_both_languages
def test_every_page_names_the_seller(client: FlaskClient, prefix: str, page: str) -> None:
    answer = client.get(prefix + page)

    assert answer.status_code == 200
    assert SELLERS[prefix] in main_of(answer.text)


@every_page
@in_both_languages
def test_every_page_has_one_heading_and_its_date(
    client: FlaskClient, prefix: str, page: str
) -> None:
    text = client.get(prefix + page).text

    assert text.count("<h1") == 1
    assert '<time datetime="2026-11-01">' in main_of(text)


@pytest.mark.parametrize(
    ("prefix", "fees"),
    [
        (
            "",
            {
                "クロネコ代金後払いサービス(スマホタイプ)": "176円(税込)",
                "代金引換": "330円(税込)",
                "銀行振込(前払い)": "手数料なし",
            },
        ),
        (
            "/en",
            {
                "Kuroneko pay later (smartphone type)": "¥176 (tax incl.)",
                "Cash on delivery": "¥330 (tax incl.)",
            },
        ),
    ],
)
def test_tokushoho_lists_every_published_method_with_its_fee(
    client: FlaskClient, prefix: str, fees: dict[str, str]
) -> None:
    text = main_of(client.get(f"{prefix}/legal/tokushoho").text)

    for name, fee in fees.items():
        assert f"<dt>{name}</dt><dd>{fee}</dd>" in text


@in_both_languages
def test_tokushoho_says_of_every_method_when_to_pay(client: FlaskClient, prefix: str) -> None:
    text = main_of(client.get(f"{prefix}/legal/tokushoho").text)

    for method in methods.on_offer():
        words = method.payment_time_en if prefix else method.payment_time
        sender = "our shop" if prefix else "当店"
        gaps = {"fee": str(method.fee), "days": str(method.days_to_pay), "sender": sender}
        assert placeholders.fill(words, gaps) in text
    assert "{fee}" not in text


def test_a_fee_of_thousands_is_written_alike_in_both_places(client: FlaskClient) -> None:
    change_method("cod", fee=1100)

    text = main_of(client.get("/legal/tokushoho").text)

    assert "<dt>代金引換</dt><dd>1,100円(税込)</dd>" in text
    assert "代引手数料 1,100円(税込)" in text


@pytest.mark.parametrize("page", ["/legal/tokushoho", "/help"])
def test_a_method_taken_off_is_not_listed(client: FlaskClient, page: str) -> None:
    change_method("bank_transfer", published=False)

    assert "銀行振込(前払い)" not in main_of(client.get(page).text)


def test_yamato_gets_personal_data_only_for_the_method_that_needs_it(client: FlaskClient) -> None:
    assert "与信審査" in main_of(client.get("/legal/privacy").text)

    change_method("kuroneko_smartphone", published=False)

    assert "与信審査" not in main_of(client.get("/legal/privacy").text)


@pytest.mark.parametrize("page", ["/legal/tokushoho", "/help"])
@pytest.mark.parametrize(
    ("prefix", "fee", "free_from"),
    [("", "660円(税込)", "11,000円(税込)"), ("/en", "¥660 (tax incl.)", "¥11,000 (tax incl.)")],
)
def test_shipping_is_named_with_the_amount_that_makes_it_free(
    client: FlaskClient, page: str, prefix: str, fee: str, free_from: str
) -> None:
    text = main_of(client.get(prefix + page).text)

    assert fee in text
    assert free_from in text


def test_no_free_shipping_is_promised_where_there_is_none(client: FlaskClient) -> None:
    with transaction():
        profile.shop().deliveries[0].free_from = None

    assert "送料無料" not in main_of(client.get("/legal/tokushoho").text)


@pytest.mark.parametrize("page", ["/legal/tokushoho", "/legal/privacy", "/legal/returns", "/help"])
@in_both_languages
def test_a_shopper_can_call_and_write(client: FlaskClient, prefix: str, page: str) -> None:
    text = main_of(client.get(prefix + page).text)

    assert 'href="tel:03-0000-0000"' in text
    assert 'href="mailto:shop@example.com"' in text


@pytest.mark.parametrize("page", ["/legal/tokushoho", "/legal/returns", "/help"])
@in_both_languages
def test_the_terms_of_cancelling_are_the_shops_own(
    client: FlaskClient, prefix: str, page: str
) -> None:
    shop = profile.shop()

    terms = shop.cancel_terms_en if prefix else shop.cancel_terms

    assert terms in main_of(client.get(prefix + page).text)


@in_both_languages
def test_help_leads_to_the_order_in_the_same_language(client: FlaskClient, prefix: str) -> None:
    assert f'href="{prefix}/orders/find"' in main_of(client.get(f"{prefix}/help").text)


def test_help_knows_what_to_do_when_no_text_arrives(client: FlaskClient) -> None:
    text = main_of(client.get("/help").text)

    causes = ("電話番号", "機内モード", "保存容量", "海外", "数分", "別のお支払い方法")
    places = [text.index(cause, text.index("SMSの認証番号が届きません")) for cause in causes]
    assert places == sorted(places)


@pytest.mark.parametrize("cookie", ["session", "cart", "checkout"])
def test_privacy_names_each_cookie(client: FlaskClient, cookie: str) -> None:
    assert f"<code>{cookie}</code>" in client.get("/legal/privacy").text


def main_of(page: str) -> str:
    return unescape(page[page.index("<main") : page.index("</main>")])


def change_method(code: str, **values: object) -> None:
    with transaction():
        db.session.execute(
            sa.update(PaymentMethod).where(PaymentMethod.code == code).values(**values)
        )
