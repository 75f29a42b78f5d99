"""The text that asks for a payment: it says who, what, how much and until when, and then where."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.payment_requests.lifecycle import new_token
from storefront.payment_requests.sms_texts import Facts, payment_text
from storefront.sms.segments import size_of

ABOUT, LOCALES = ("request", "reminder", "overdue"), ("ja", "en")
HOST = "shop.sakura-shoten.example.com"  # 30 characters
SHOP = {"ja": "さくら商店", "en": "Sakura Shoten"}
LONG = {"ja": "京都宇治のお茶とうつわと手しごとの店さくら商店オンライン本店", "en": "Sakura " * 8}
AMOUNT, DAY = {"ja": "4,136円", "en": "¥4,136"}, {"ja": "12月9日(水)", "en": "Wed, 9 Dec"}
PAYMENT = {"ja": "お支払い", "en": "payment"}


def url(locale: str, host: str = HOST) -> str:
    return f"https://{host}{'/en' if locale == 'en' else ''}/p/{'x' * 22}"


def text(about: str = "request", locale: str = "ja", own: str = "", **changes: str) -> str:
    values = {
        "shop": SHOP[locale],
        "number": "7KQ2-M9XD",
        "amount": AMOUNT[locale],
        "day": DAY[locale],
        "url": url(locale),
    }
    return payment_text(about, Facts(**{**values, **changes}), locale, own)


@pytest.mark.parametrize(
    ("about", "locale", "said"),
    [
        ("request", "ja", "【さくら商店】ご注文M9XDのお支払いのご案内 4,136円 12月9日(水)まで"),
        ("request", "en", "[Sakura Shoten] Payment for order M9XD: ¥4,136 by Wed, 9 Dec"),
        (
            "overdue",
            "ja",
            "【さくら商店】ご注文M9XDのお支払い期限を過ぎています 4,136円 期限12月9日(水)",
        ),
        (
            "overdue",
            "en",
            "[Sakura Shoten] Payment overdue for order M9XD: ¥4,136, due Wed, 9 Dec",
        ),
        (
            "reminder",
            "ja",
            "【さくら商店】ご注文M9XDのお支払い期限が近づいています 4,136円 12月9日(水)まで",
        ),
        (
            "reminder",
            "en",
            "[Sakura Shoten] Payment reminder for order M9XD: ¥4,136 by Wed, 9 Dec",
        ),
    ],
)
def test_every_text_says_its_five_facts_behind_a_domain_of_30_characters(
    about: str, locale: str, said: str
) -> None:
    assert len(HOST) == 30
    assert text(about, locale) == f"{said}\n{url(locale)}"


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("amount", [1, 999_999])
def test_a_long_name_keeps_its_beginning_and_the_text_two_parts(
    about: str, locale: str, amount: int
) -> None:
    yen = f"¥{amount:,}" if locale == "en" else f"{amount:,}円"
    words = text(about, locale, shop=LONG[locale], amount=yen)

    assert LONG[locale][:15] in words
    assert size_of(words).parts <= 2
    assert yen in words


def test_english_fits_one_part_of_160_characters() -> None:
    assert all(size_of(text(about, "en")).parts == 1 for about in ABOUT)


@given(
    st.sampled_from(ABOUT),
    st.sampled_from(LOCALES),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "S")), min_size=1, max_size=60),
    st.integers(1, 999_999),
    st.from_regex(r"[a-z0-9.]{4,30}", fullmatch=True),
)
def test_whatever_the_shop_is_called_two_parts_hold_name_payment_and_link(
    about: str, locale: str, shop: str, yen: int, host: str
) -> None:
    words = text(about, locale, shop=shop, amount=f"{yen:,}円", url=url(locale, host))

    assert size_of(words).parts <= 2
    assert words.endswith(f"\n{url(locale, host)}")
    assert shop[0] in words
    assert PAYMENT[locale] in words.replace("Payment", "payment")
    assert f"{yen:,}" in words


@pytest.mark.parametrize("locale", LOCALES)
def test_a_domain_without_room_for_anything_still_leaves_name_and_payment(locale: str) -> None:
    words = text(locale=locale, shop=LONG[locale], url=url(locale, "a" * 200))

    assert LONG[locale][:3] in words
    assert PAYMENT[locale] in words.replace("Payment", "payment")


@pytest.mark.parametrize(
    ("locale", "own", "said"),
    [
        ("ja", "【{shop}】お支払い {amount}", "【さくら商店】お支払い 4,136円"),
        ("ja", "お支払い {amount}", "【さくら商店】お支払い 4,136円"),
        ("ja", "{amount} {due}", "【さくら商店】お支払いのご案内: 4,136円 12月9日(水)"),
        ("en", "Please pay {amount}", "[Sakura Shoten] Please pay ¥4,136"),
        ("en", "{shop}: {amount}", "Payment: Sakura Shoten: ¥4,136"),
    ],
)
def test_words_of_the_owner_gain_what_they_lack(locale: str, own: str, said: str) -> None:
    assert text(locale=locale, own=own) == f"{said}\n{url(locale)}"


def test_a_link_ends_in_22_letters_and_digits_which_phones_take_as_a_whole() -> None:
    tokens = {new_token() for _ in range(50)}

    assert len(tokens) == 50
    assert all(re.fullmatch("[A-Za-z0-9]{22}", token) for token in tokens)
