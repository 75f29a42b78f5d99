"""What the text with a code says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.sms.code_message import LIMIT, code_text


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_the_japanese_text_says_shop_code_amount_and_time() -> None:
    text = code_text("さくら商店", "4821", "3,980円", 10, "shop.example", "ja")

    assert text == "【さくら商店】認証番号 4821 (3,980円のご注文) 10分有効\n@shop.example #4821"


def test_the_english_text_says_the_same() -> None:
    text = code_text("Sakura Shoten", "4821", "¥3,980", 10, "sakura.jp", "en")

    assert text == "[Sakura Shoten] Code 4821 (order ¥3,980) 10 min\n@sakura.jp #4821"


def test_the_english_text_is_cut_to_the_same_length() -> None:
    text = code_text("Sakura Shoten", "4821", "¥3,980", 10, "shop.example", "en")

    assert text == "[Sakura Shoten] Code 4821 (order ¥3,980) 10 min\n@shop.example #4821"


def test_another_language_gets_the_japanese_text() -> None:
    assert code_text("さくら", "4821", "1円", 10, "a.jp", "fr").startswith("【さくら】認証番号")


def test_a_long_shop_name_is_cut() -> None:
    text = code_text("さくら商店" * 5, "4821", "3,980円", 10, "shop.example", "ja")

    assert text.startswith(
        "【さくら商店さくら商店さくら商店さくら商…】認証番号 4821 (3,980円のご注文)"
    )
    assert units(text) == LIMIT


def test_the_amount_goes_before_the_shop_does() -> None:
    host = "a-rather-long-name.shop.example"

    text = code_text("さくら商店", "4821", "3,980円", 10, host, "ja")

    assert text == f"【さくら商店】認証番号 4821 10分有効\n@{host} #4821"


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_the_code_and_the_last_line_stay_whatever_the_host(locale: str) -> None:
    host = "long." * 20 + "example"

    text = code_text("さくら商店", "4821", "3,980円", 10, host, locale)

    assert text.split("\n")[0] in {"認証番号 4821", "Code 4821"}
    assert text.split("\n")[1] == f"@{host} #4821"


def test_a_character_of_two_units_is_never_cut_in_half() -> None:
    text = code_text("🌸" * 40, "4821", "3,980円", 10, "shop.example", "ja")

    assert text.startswith("【🌸")
    assert LIMIT - 1 <= units(text) <= LIMIT


def test_a_shop_name_cannot_break_the_lines() -> None:
    text = code_text("さくら\n@evil.example #1\n", "4821", "1円", 10, "a.jp", "ja")

    assert text.split("\n") == [
        "【さくら @evil.example #1】認証番号 4821 (1円のご注文) 10分有効",
        "@a.jp #4821",
    ]


@given(
    shop=st.text(),
    code=st.text("0123456789", min_size=4, max_size=8),
    amount=st.integers(0, 10**9).map(lambda yen: f"{yen:,}円"),
    minutes=st.integers(1, 60),
    host=st.text("abcdefghij-.", min_size=1, max_size=40),
    locale=st.sampled_from(["ja", "en"]),
)
def test_every_text_fits_one_part_and_ends_with_the_bound_line(
    shop: str, code: str, amount: str, minutes: int, host: str, locale: str
) -> None:
    text = code_text(shop, code, amount, minutes, host, locale)

    assert units(text) <= LIMIT
    assert text.endswith(f"\n@{host} #{code}")
    assert code in text.removesuffix(f"\n@{host} #{code}")
