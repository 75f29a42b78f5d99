"""A changed sentence keeps its English, marked to be looked at; nothing else borrows it."""

import shutil
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from storefront.design import english
from tools import words

# as somebody words a screen anew: a word, an ending, an order, half a sentence
SCREENS = """\
SMSを受け取る携帯電話番号
    SMSが届く携帯電話番号
ご利用いただける配送方法
    お選びいただける配送方法
このご注文をすべて取り消します。取り消したあとは、元に戻せません。
    ご注文をすべて取り消します。あとから元には戻せません。
買い物を続ける
    お買い物を続ける
キャンセルせずに戻る
    取り消さずに戻る
前回の入力を表示しています
    前回入力した内容を表示しています
住所と電話番号はご注文者と同じ
    ご注文者と同じ住所と電話番号
別のお支払い方法で続ける
    ほかのお支払い方法で続ける
お支払いのリンクをもう一度送る
    お支払いのリンクを再送する
認証番号の有効時間を過ぎました
    認証番号の有効期限が切れました
SMSに書かれている4つの数字です
    SMSで届いた4桁の数字です
ハイフンなしでも入力できます。配送の連絡に使います
    ハイフンは省けます。配送の連絡に使います
返品・交換について詳しく見る
    返品と交換について見る
(お届け先の都道府県で変わります)
    (お届け先の都道府県により異なります)
認証番号をもう一度送る
    認証番号を再送する
お届け先のお名前
    お届け先の氏名
認証番号を送れる回数の上限に達しました。別のお支払い方法を選んでください
    認証番号はこれ以上送れません。別のお支払い方法をお選びください
時間をおいて試すか、別のお支払い方法を選んでください
    しばらくしてから試すか、別のお支払い方法をお選びください
配送方法を選択してください
    配送方法をお選びください
お支払いが完了しませんでした
    お支払いを完了できませんでした
"""
LINES = [line.strip() for line in SCREENS.splitlines()]
RENAMES = dict(zip(LINES[::2], LINES[1::2], strict=True))


def catalogue(**english_of: str) -> Catalog:
    found = Catalog(locale="en", charset="utf-8")
    for japanese, text in english_of.items():
        found.add(japanese, text)
    return found


def read_by_shoppers(found: Catalog, japanese: str) -> str:
    return GNUTranslations(BytesIO(english.compiled(found))).gettext(japanese)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A copy of what the words stand in."""
    ignored = shutil.ignore_patterns("static", "__pycache__", "migrations", "*.sqlite3")
    return Path(shutil.copytree(words.SHOP, tmp_path / "storefront", ignore=ignored))


def rename(shop: Path, renames: dict[str, str]) -> set[str]:
    """Change the sentences in templates and code; gives those that were there."""
    seen = set()
    for path in [*shop.glob("templates/**/*.*"), *shop.rglob("*.py")]:
        source = text = path.read_text(encoding="utf-8")
        for before, after in renames.items():
            if f'"{before}"' in text:
                seen.add(before)
                text = text.replace(f'"{before}"', f'"{after}"')
        if text != source:
            path.write_text(text, encoding="utf-8")
    return seen


def test_twenty_renamed_sentences_lose_no_translation(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = english.read(shop / english.PLACE)
    assert len(RENAMES) == 20
    assert rename(shop, RENAMES) == RENAMES.keys()

    words.main(["--shop", str(shop)])

    after = english.read(shop / english.PLACE)
    for old, new in RENAMES.items():
        assert old not in after
        assert after[new].string == before[old].string
        assert after[new].fuzzy
        assert after[new].user_comments == [f"was: {old}"]
        assert read_by_shoppers(after, new) == before[old].string
    assert len(english.to_look_at(after)) == 20
    assert len(list(after)) == len(list(before))
    told = capsys.readouterr().out
    assert told.startswith("20 to be looked at")
    assert "without English" not in told
    unchanged = {one.id for one in before if one.id} - RENAMES.keys()
    assert all(after[one].string == before[one].string for one in unchanged)


def test_the_words_of_today_are_written_as_they_are(tmp_path: Path) -> None:
    path, kept = tmp_path / "messages.po", words.SHOP / english.PLACE

    english.write(path, english.read(kept))

    for suffix in (".po", ".mo"):
        assert path.with_suffix(suffix).read_bytes() == kept.with_suffix(suffix).read_bytes()


def test_the_mark_goes_with_its_note_once_somebody_has_looked() -> None:
    found = catalogue(カートへ戻る="Back to the cart")
    english.bring_up(found, {("カートに戻る",)})
    assert found["カートに戻る"].fuzzy

    found["カートに戻る"].flags.clear()
    english.bring_up(found, {("カートに戻る",)})

    assert found["カートに戻る"].string == "Back to the cart"
    assert found["カートに戻る"].user_comments == []


def test_a_sentence_that_is_changed_twice_remembers_the_first() -> None:
    found = catalogue(カートへ戻る="Back to the cart")

    for text in ("カートに戻る", "カートに戻ります"):
        english.bring_up(found, {(text,)})

    assert found["カートに戻ります"].user_comments == ["was: カートへ戻る"]


def test_a_new_sentence_borrows_nothing_from_one_that_is_still_said() -> None:
    found = catalogue(お支払い方法を選択してください="Choose how to pay")

    english.bring_up(found, {("お支払い方法を選択してください",), ("配送方法を選択してください",)})

    assert english.without_english(found) == ["配送方法を選択してください"]


def test_a_new_sentence_takes_nothing_from_an_unlike_one_that_went() -> None:
    found = catalogue(領収書を見る="View receipt")

    english.bring_up(found, {("お届け先の都道府県",)})

    assert english.without_english(found) == ["お届け先の都道府県"]
    assert english.to_look_at(found) == []


def test_of_several_the_most_alike_is_meant() -> None:
    found = catalogue(
        配送方法を選択してください="Delivery?", 支払い方法を選択してください="Payment?"
    )

    english.bring_up(found, {("配送方法をお選びください",), ("支払い方法をお選びください",)})

    assert found["配送方法をお選びください"].string == "Delivery?"
    assert found["支払い方法をお選びください"].string == "Payment?"


def test_english_whose_gaps_are_filled_no_more_is_kept_but_not_shown() -> None:
    found = Catalog(locale="en", charset="utf-8")
    found.add("%(day)sまでにお支払いください", "Pay by %(day)s")

    english.bring_up(found, {("%(due)sまでにお支払いください",)})

    changed = "%(due)sまでにお支払いください"
    assert found[changed].string == "Pay by %(day)s"
    assert read_by_shoppers(found, changed) == changed


def test_a_sentence_that_becomes_plural_keeps_its_english() -> None:
    found = catalogue(あと数回入力できます="You have more tries")

    english.bring_up(found, {("あと%(num)s回入力できます", "あと%(num)s回入力できます")})

    assert found["あと%(num)s回入力できます"].string == ("You have more tries",) * 2
