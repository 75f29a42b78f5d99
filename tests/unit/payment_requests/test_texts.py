"""The text that asks for a payment: one part, the link whole, the shop named where it fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.payment_requests.sms_texts import Facts, payment_text
from storefront.sms.code_message import LIMIT, units

URL = "https://shop.example.jp/pay/" + "x" * 22


def text(**changes: str) -> str:
    values = {
        "shop": "さくら商店",
        "number": "7KQ2-M9XD",
        "amount": "4,136円",
        "day": "12月9日(水)",
        "short": "12/9",
        "url": URL,
    }
    about, locale = changes.pop("about", "request"), changes.pop("locale", "ja")
    return payment_text(about, Facts(**{**values, **changes}), locale)


def test_it_names_shop_order_and_amount_before_the_link() -> None:
    assert text() == f"【さくら商店】M9XD 4,136円\n{URL}"


def test_a_short_link_leaves_room_for_the_last_day() -> None:
    assert text(url="https://s.jp/pay/abc") == (
        "【さくら商店】ご注文M9XD 4,136円のお支払い 12月9日(水)まで\nhttps://s.jp/pay/abc"
    )


@pytest.mark.parametrize(
    ("about", "words"), [("reminder", "お支払い期限"), ("overdue", "期限を過ぎました")]
)
def test_a_reminder_says_what_it_is(about: str, words: str) -> None:
    assert words in text(about=about, url="https://s.jp/pay/abc")


def test_english_is_english() -> None:
    assert text(locale="en", shop="Sakura", amount="¥4,136", day="Wed, 9 Dec").isascii() is False
    assert "M9XD" in text(locale="en", shop="Sakura", amount="¥4,136", day="Wed, 9 Dec")


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_no_two_kinds_read_alike_even_where_there_is_no_room(locale: str) -> None:
    words = {text(about=about, locale=locale) for about in ("request", "reminder", "overdue")}

    assert len(words) == 3


@given(
    st.sampled_from(["request", "reminder", "overdue"]),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60),
    st.integers(1, 999_999),
    st.from_regex(r"https://[a-z0-9.]{4,25}/(en/)?pay/[A-Za-z0-9_-]{22}", fullmatch=True),
    st.sampled_from(["ja", "en"]),
)
def test_it_fits_one_text_and_the_link_is_whole(
    about: str, shop: str, yen: int, url: str, locale: str
) -> None:
    words = text(about=about, shop=shop, amount=f"{yen:,}円", url=url, locale=locale)

    assert units(words) <= max(LIMIT, units(url))
    assert words.endswith(url)
