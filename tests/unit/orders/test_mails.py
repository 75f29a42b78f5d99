"""The mail that follows an order."""

import re
from datetime import date
from unicodedata import east_asian_width

import pytest
import sqlalchemy as sa

from storefront.catalogue.models import Picture
from storefront.core.extensions import db, transaction
from storefront.orders.emails.sending import order_mail, send_order_mail
from storefront.orders.models import OrderLine
from storefront.sandbox.phone import mailbox
from storefront.testing.specimen import HONOURED
from tests.factories import an_order, some_answers

pytestmark = pytest.mark.usefixtures("app")

NASTY = "<script>alert(1)</script>&\"'"


def columns(line: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in line)


def test_the_subject_names_shop_and_number_on_one_line() -> None:
    message = order_mail(an_order(number="7KQ2-M9XD"))

    assert message.subject == "【さくら商店】ご注文を承りました (7KQ2-M9XD)"


def test_it_goes_to_the_address_that_was_given() -> None:
    order = an_order(customer=some_answers(email="hanako@example.com"))

    assert order_mail(order).to == "hanako@example.com"


def test_both_parts_say_who_what_how_much_and_when() -> None:
    order = an_order(number="7KQ2-M9XD")
    message = order_mail(order)

    for part in (message.text, message.html):
        for words in (
            HONOURED,
            "7KQ2-M9XD",
            "萩焼の湯呑",
            "4,290円(税込)",
            "7月8日(水)〜7月11日(土)",
            "〒100-0005",
            "代金引換",
            "合計金額を配達員へお支払いください。",
            "03-0000-0000",
            order.token,
        ):
            assert words in part


def test_both_parts_name_the_last_day_to_pay() -> None:
    message = order_mail(an_order(payment_code="bank_transfer", pay_by=date(2026, 12, 7)))

    assert "お支払い期限: 12月7日(月)まで" in message.text
    assert "お支払い期限: <b>12月7日(月)まで</b>" in message.html


def test_both_parts_hold_the_legal_items_as_they_were_agreed_to() -> None:
    order = an_order()
    message = order_mail(order)

    for words in order.texts["law"].values():
        assert words in message.text
        assert words in message.html


def test_both_parts_name_the_tax_of_each_rate() -> None:
    tea = OrderLine(variant_id=1, sku="a", name="茶", option="", price=1080, quantity=1, tax=800)
    message = order_mail(an_order(lines=[tea], goods=1080, shipping=660, fee=0, total=1740))

    for part in (message.text, message.html):
        assert "8%対象※ 1,080円(うち消費税80円)" in part
        assert "10%対象 660円(うち消費税60円)" in part


def test_a_reduced_order_sums_to_what_is_charged() -> None:
    message = order_mail(an_order(reduced_to=3000))

    assert "減額: −1,290円(税込)\n合計: 3,000円(税込)\n" in message.text
    assert "<b>3,000円(税込)</b>" in message.html
    for part in (message.text, message.html):
        assert "10%対象 3,000円(うち消費税272円)" in part


def test_the_link_leads_to_the_configured_host_in_the_language_of_the_order() -> None:
    japanese, english = an_order(), an_order(locale="en")

    assert f"\nhttp://127.0.0.1:8000/orders/{japanese.token}\n" in order_mail(japanese).text
    assert f"\nhttp://127.0.0.1:8000/en/orders/{english.token}\n" in order_mail(english).text


def test_an_english_order_has_english_prices_and_no_honorific() -> None:
    text = order_mail(an_order(locale="en")).text

    assert "¥4,290 (tax incl.)" in text
    assert "山田 太郎\n" in text


def test_a_deferred_order_says_who_will_ask_for_the_money() -> None:
    later = an_order(payment_code="kuroneko_smartphone", payment_status="deferred")

    assert "差出人はさくら商店です。" in order_mail(later).text
    assert "ヤマト運輸" not in order_mail(an_order()).text


def test_what_the_shopper_typed_is_no_markup_in_the_html_part() -> None:
    message = order_mail(an_order(customer=some_answers(name=NASTY, building=NASTY, note=NASTY)))

    assert "<script" not in message.html
    assert message.html.count("&lt;script&gt;") >= 4
    assert NASTY in message.text


def test_the_html_part_is_light_and_loads_the_shops_own_pictures_alone() -> None:
    html = order_mail(an_order()).html

    [picture] = re.findall(r'<img src="([^"]*)" width="64" height="64" alt="">', html)
    assert re.fullmatch(r"http://127.0.0.1:8000/static/img/products/[\w.-]+\.jpg", picture)
    assert len(html.encode()) < 20_000
    assert not re.search(r"<link|<script|style=|url\(", html)
    assert '<meta name="color-scheme" content="light dark">' in html


def test_an_uploaded_picture_goes_along_as_a_jpeg() -> None:
    file = f"media/{'a' * 32}-1280"
    with transaction():
        db.session.execute(sa.update(Picture).values(file=file))

    assert f'src="http://127.0.0.1:8000/media/{"a" * 32}-320.jpg"' in order_mail(an_order()).html


def test_a_picture_that_mail_programs_do_not_show_is_left_out() -> None:
    with transaction():
        db.session.execute(sa.update(Picture).values(file="img/products/gone.svg"))

    assert 'width="64"' not in order_mail(an_order()).html


def test_english_is_cut_to_76_columns() -> None:
    order = an_order()
    law = dict.fromkeys(order.texts["law"], "You can cancel before we ship. " * 9)
    texts = {"law": law, "payment": "Cash on delivery", "instructions": law["cancel"]}
    text = order_mail(an_order(locale="en", texts=texts)).text

    too_wide = [line for line in text.splitlines() if columns(line) > 76]

    assert [line for line in too_wide if "://" not in line] == []


def test_each_japanese_sentence_has_its_own_line() -> None:
    order = an_order()
    texts = {**order.texts, "instructions": "お支払いはまだです。期限は14日です。\n口座: 普通"}
    text = order_mail(an_order(texts=texts)).text

    assert "\nお支払いはまだです。\n期限は14日です。\n口座: 普通\n" in text


def test_no_more_than_one_empty_line_in_a_row() -> None:
    assert "\n\n\n" not in order_mail(an_order(customer=some_answers(note="置き配で"))).text


def test_the_message_id_is_the_same_at_every_try() -> None:
    order, other = an_order(), an_order()

    assert order_mail(order).message_id == order_mail(order).message_id
    assert order_mail(order).message_id != order_mail(other).message_id


def test_a_mail_sent_twice_is_read_once() -> None:
    order = an_order(customer=some_answers(email="once@example.com"))

    send_order_mail(order.id)
    send_order_mail(order.id)

    assert len(mailbox.mails("once@example.com")) == 1
