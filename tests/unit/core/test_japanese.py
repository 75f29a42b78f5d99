import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.core import japanese

SCRIPTS = (
    "aZé09ｱｶﾊﾞﾟﾞｰアカガハパーせんちゃ〇一丁目番号ゔ茶・〒-−～ 　\t\n\u200b\u3099\ufe0f\U000e0100가Σİ"
)
texts = st.text() | st.text(alphabet=SCRIPTS)


@given(texts)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    tidied = japanese.tidy(text)

    assert japanese.tidy(tidied) == tidied


@given(texts)
def test_tidy_text_has_no_space_at_an_end_and_never_two_together(text: str) -> None:
    tidied = japanese.tidy(text)

    assert tidied == tidied.strip()
    assert "  " not in tidied


def test_tidying_makes_one_ordinary_space_of_full_width_spaces_and_line_ends() -> None:
    assert japanese.tidy("　山田　 \t\r\n太郎　") == "山田 太郎"


def test_tidying_makes_full_width_kana_of_half_width_ones() -> None:
    assert japanese.tidy("ﾊﾟﾋﾞﾖﾝ･ｳﾞｪｰﾙ") == "パビヨン・ヴェール"


def test_tidying_composes_a_kana_and_its_mark() -> None:
    assert japanese.tidy("か\u3099カﾞ") == "がガ"


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\x00", "\x1b"])
def test_tidying_takes_out_what_nobody_sees(unseen: str) -> None:
    assert japanese.tidy(f"山{unseen}田") == "山田"


def test_tidying_gives_a_kanji_its_usual_form() -> None:
    assert japanese.tidy("葛\U000e0100城") == "葛城"


def test_tidying_keeps_full_width_letters_and_digits_as_typed() -> None:
    assert japanese.tidy("丸の内２－７－２") == "丸の内２－７－２"


def test_full_width_text_has_no_ascii() -> None:
    assert japanese.full_width("Sakura 101-2~") == "Ｓａｋｕｒａ　１０１－２～"


def test_full_width_text_has_no_half_width_kana() -> None:
    assert japanese.full_width("ｶﾞｰﾃﾞﾝ") == "ガーデン"


def test_a_wave_dash_becomes_the_one_that_windows_has() -> None:
    assert japanese.full_width("1〜2") == "１～２"


@given(texts)
def test_katakana_of_katakana_is_itself(text: str) -> None:
    once = japanese.katakana(text)

    assert japanese.katakana(once) == once


@pytest.mark.parametrize(
    "typed", ["やまだ　たろう", "ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ タロウ", "やまた\u3099 タロウ"]
)
def test_any_kana_become_katakana(typed: str) -> None:
    assert japanese.katakana(typed) == "ヤマダ タロウ"


@pytest.mark.parametrize("text", ["ヤマダ タロウ", "メアリー・アン", "ヴァン", "イスヾ"])
def test_names_of_katakana_are_katakana(text: str) -> None:
    assert japanese.is_katakana(text)


@pytest.mark.parametrize("text", ["", "やまだ", "ヤマダ1", "山田", "ﾔﾏﾀﾞ", "Yamada", "ヤマダ-"])
def test_anything_else_is_not_katakana(text: str) -> None:
    assert not japanese.is_katakana(text)


@pytest.mark.parametrize("name", ["髙橋", "山﨑", "草彅", "山田 Taro", "ｻﾞ･ﾊｳｽ", "丸の内2−7–2〜3"])
def test_a_label_printer_can_print(name: str) -> None:
    assert japanese.first_unprintable(name) is None


@pytest.mark.parametrize("character", ["🍵", "𠮷", "é", "\ud83c", "\x07", "\ue000", "☎", "\u200b"])
def test_a_label_printer_cannot_print(character: str) -> None:
    assert japanese.first_unprintable(f"山{character}田🎉") == character


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("𠮷田", "吉田"),
        ("髙橋 﨑", "髙橋 﨑"),
        ("Müller", "Muller"),
        ("Nguyễn Đức", "Nguyen Duc"),
        ("Søren Weiß", "Soren Weiss"),
        ("김", "김"),
    ],
)
def test_a_label_prints_what_is_near(name: str, printed: str) -> None:
    assert japanese.printable(name) == printed


@given(texts)
def test_what_a_label_can_print_stays_as_it_is(text: str) -> None:
    fits = "".join(char for char in text if japanese.first_unprintable(char) is None)

    assert japanese.printable(fits) == fits


@pytest.mark.parametrize("character", ["😀", "☎", "\x07", "\ue000", "\ud83c", "\u20e3", "©"])
def test_no_name_is_written_with_pictographs(character: str) -> None:
    assert japanese.first_unwritable(f"山{character}田🎉") == character


@pytest.mark.parametrize("name", ["𠮷田", "Müller", "Nguyễn", "김철수", "Иван", "O’Brien", "㈱♪"])
def test_names_of_any_script_are_written(name: str) -> None:
    assert japanese.first_unwritable(name) is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("山田 太郎 様", "山田 太郎"),
        ("山田太郎様", "山田太郎"),
        ("山田さん", "山田"),
        ("さくら商店　御中", "さくら商店"),
        ("山田 様 御中 ", "山田"),
        ("様田 太郎", "様田 太郎"),
        ("お花屋さん", "お花屋さん"),
        ("ウォン・サン", "ウォン・サン"),
    ],
)
def test_an_honorific_behind_a_name_is_taken_off(typed: str, name: str) -> None:
    assert japanese.without_honorific(typed) == name


@pytest.mark.parametrize("typed", ["ｔａｒｏ＠ｅｘ．ｊｐ", "　taro@ex.jp ", "taro\u200b@ex.jp"])
def test_half_width_text_is_what_a_machine_reads(typed: str) -> None:
    assert japanese.half_width(typed) == "taro@ex.jp"


@pytest.mark.parametrize("dash", "-‐‑–—−ー－ｰ―")
def test_digits_lose_any_dash(dash: str) -> None:
    assert japanese.digits(f"100{dash}0005") == "1000005"


@pytest.mark.parametrize(
    "typed", ["〒１００ー０００５", " 100 0005\u200b", "(100)　0005", "【100】0005"]
)
def test_digits_lose_what_stands_around_them(typed: str) -> None:
    assert japanese.digits(typed) == "1000005"


def test_digits_keep_what_is_no_digit_for_the_caller_to_judge() -> None:
    assert japanese.digits("+81 90-ABCD") == "+8190ABCD"


def test_digits_keep_leading_zeros() -> None:
    assert japanese.digits("００４２") == "0042"


@given(texts)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = japanese.fold(text)

    assert japanese.fold(folded) == folded


@pytest.mark.parametrize(
    "typed", ["ｾﾝﾁｬ", "せんちゃ", "センチャ", "セン・チャ", "せん　ちゃ", "「センチャ」"]
)
def test_spellings_of_sencha_fold_to_the_same(typed: str) -> None:
    assert japanese.fold(typed) == "せんちゃ"


def test_folding_keeps_the_long_vowel_and_loses_the_hyphen() -> None:
    assert japanese.fold("ティー-Bag １００ｇ") == "てぃーbag100g"


def test_grams_are_all_pieces_of_one_and_two_characters() -> None:
    assert japanese.grams("せんちゃ") == {"せ", "ん", "ち", "ゃ", "せん", "んち", "ちゃ"}


def test_nothing_has_no_grams() -> None:
    assert japanese.grams("") == set()


@pytest.mark.parametrize(
    "street",
    [
        "丸の内2-7-2",
        "丸の内２",
        "丸の内二丁目",
        "丸の内二−七−二",
        "本町十五番地",
        "五号",
        "字西無番地",
        "番地なし",
        "字西番地ナシ",
        "字西番地ﾅｼ",
        "番外地",
    ],
)
def test_a_street_with_a_block_number(street: str) -> None:
    assert japanese.has_block_number(street)


@pytest.mark.parametrize("street", ["", "丸の内", "三田", "一番町", "四谷", "千駄木"])
def test_a_street_without_a_block_number(street: str) -> None:
    assert not japanese.has_block_number(street)
