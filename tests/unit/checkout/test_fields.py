from typing import Any

import pytest
from flask import Flask

from storefront.checkout.forms import email_suggestions
from storefront.checkout.forms.forms import CodeForm, OrderForm
from storefront.testing.form_shopper import ADDRESS

DAYS = {"2026-12-24": "12月24日(木)"}
METHODS = {"cod": "代金引換"}
GONE = "このお支払い方法は、ただいまご利用いただけません。別の方法を選んでください"
SHIP = {
    "ship_to": "other",
    "ship_name": "山田 花子",
    "ship_postal_code": "5300001",
    "ship_prefecture": "大阪府",
    "ship_city": "大阪市北区",
    "ship_street": "梅田1-1",
    "ship_tel": "0612345678",
}


def sent(app: Flask, language: str = "", **changes: Any) -> OrderForm:
    """The order form, as it judges what was typed."""
    data = {**ADDRESS, "payment": "cod", **changes}
    with app.test_request_context(
        "/checkout", method="POST", data=data, environ_overrides={"SCRIPT_NAME": language}
    ):
        form = OrderForm(meta={"csrf": False})
        form.offer_choices(DAYS, METHODS)
        form.validate()
        for field in form:
            field.errors = tuple(map(str, field.errors))
        return form


def errors(form: OrderForm) -> dict[str, str]:
    return {field.name: field.errors[0] for field in form if field.errors}


def test_a_usual_order_has_no_errors(app: Flask) -> None:
    assert errors(sent(app)) == {}


def test_an_order_to_another_address_has_no_errors(app: Flask) -> None:
    assert errors(sent(app, **SHIP)) == {}


LONG = "市区町村は25文字以内で入力してください(現在26文字)"
EMAIL = "メールアドレスを「name@example.com」の形で入力してください"
TEL = "電話番号は0から始まる10桁か11桁の数字で入力してください"
MOBILE = "060・070・080・090から始まる11桁の番号を入力してください"
KANA = "フリガナはカタカナで入力してください(ひらがなは自動で変換されます)"
DIGITS = "郵便番号は7桁の数字で入力してください"

WRONG = [
    ("name", "", "お名前を入力してください"),
    ("name", " 　 ", "お名前を入力してください"),
    ("name", "\u200b", "お名前を入力してください"),
    ("name", "あ" * 61, "お名前は60文字以内で入力してください(現在61文字)"),
    ("name", "様", "お名前を入力してください"),
    ("name", "山田😀", "お名前に使えない文字「😀」があります。別の文字で入力してください"),
    ("name_kana", "山田", KANA),
    ("name_kana", "Yamada", KANA),
    ("postal_code", "", "郵便番号を入力してください"),
    ("postal_code", "100-000", DIGITS),
    ("postal_code", "100-00055", DIGITS),
    ("postal_code", "abcdefg", DIGITS),
    ("postal_code", "١٠٠٠٠٠٥", DIGITS),
    ("prefecture", "", "都道府県を選択してください"),
    ("prefecture", "Tokyo", "都道府県を選択してください"),
    ("city", "", "市区町村を入力してください"),
    ("city", "あ" * 26, LONG),
    ("city", "千代田区😀", "使えない文字「😀」があります。別の文字で入力してください"),
    ("street", "", "町名・番地を入力してください"),
    ("street", "1" * 51, "50文字以内で入力してください(現在51文字)"),
    ("building", "あ" * 51, "50文字以内で入力してください(現在51文字)"),
    ("building", "😀", "使えない文字「😀」があります。別の文字で入力してください"),
    ("tel", "", "電話番号を入力してください"),
    ("tel", "12345", TEL),
    ("tel", "090-1234-567", TEL),
    ("tel", "090-1234-56789", TEL),
    ("tel", "+1 202 555 0123", TEL),
    ("tel", "おうち", TEL),
    ("email", "", "メールアドレスを入力してください"),
    ("email", "taro", EMAIL),
    ("email", "taro@", EMAIL),
    ("email", "taro@example", EMAIL),
    ("email", "taro@exa mple.com", EMAIL),
    ("email", "taro@example.com, hana@example.com", EMAIL),
    ("email", "太郎@example.com", EMAIL),
    ("email", "t" * 65 + "@example.com", EMAIL),
    ("email", "taro@" + "a" * 60 + ".example" * 24 + ".com", EMAIL),
    ("email", "taro..y@example.com", EMAIL),
    ("email", ".taro@docomo.ne.jp", EMAIL),
    ("email", "taro..y@docomo.ne.jp.example.com", EMAIL),
    ("company", "あ" * 26, "25文字以内で入力してください(現在26文字)"),
    ("company", "さくら😀", "使えない文字「😀」があります。別の文字で入力してください"),
    ("sms_tel", "03-1234-5678", MOBILE),
    ("sms_tel", "050-1234-5678", MOBILE),
    ("sms_tel", "090-1234-567", MOBILE),
    (
        "delivery_date",
        "2026-12-01",
        "お選びの日は指定できなくなりました。別の日を選んでください",
    ),
    ("delivery_date", "x", "お選びの日は指定できなくなりました。別の日を選んでください"),
    ("delivery_time", "0000x", "お届け時間帯を選択してください"),
    ("payment", "", "お支払い方法を選択してください"),
    ("payment", "barter", GONE),
    ("note", "あ" * 501, "備考は500文字以内で入力してください(現在501文字)"),
]


@pytest.mark.parametrize(("name", "typed", "message"), WRONG)
def test_a_wrong_entry_says_how_to_cure_it(app: Flask, name: str, typed: str, message: str) -> None:
    assert errors(sent(app, **{name: typed})) == {name: message}


SHIPPED = [
    (f"ship_{name}", typed, message)
    for name, typed, message in WRONG
    if name in {"name", "company", "postal_code", "prefecture", "city", "street", "building", "tel"}
]


@pytest.mark.parametrize(("name", "typed", "message"), SHIPPED)
def test_another_address_is_judged_like_the_first(
    app: Flask, name: str, typed: str, message: str
) -> None:
    assert errors(sent(app, **{**SHIP, name: typed})) == {name: message}


def test_another_address_that_nobody_wants_is_not_judged(app: Flask) -> None:
    assert errors(sent(app, **{**SHIP, "ship_to": "same", "ship_name": "", "ship_tel": "x"})) == {}


MISSING = ["name", "postal_code", "prefecture", "city", "street", "tel", "email", "payment"]


def test_an_empty_form_names_every_required_field_and_no_other(app: Flask) -> None:
    with app.test_request_context("/checkout", method="POST", data={"x": "y"}):
        form = OrderForm(meta={"csrf": False})
        form.offer_choices(DAYS, METHODS)
        form.validate()

    assert [field.name for field in form if field.errors] == MISSING


RIGHT = [
    ("name", "山田　太郎", "山田 太郎"),
    ("name", "  山田   太郎  ", "山田 太郎"),
    ("name", "ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ タロウ"),
    ("name", "が".encode().decode().replace("が", "か\u3099"), "が"),
    ("name", "髙﨑", "髙﨑"),
    ("name", "あ" * 60, "あ" * 60),
    ("name", "𠮷田 Müller Nguyễn", "𠮷田 Müller Nguyễn"),
    ("name", "김철수", "김철수"),
    ("name", "㈱さくら♪", "㈱さくら♪"),
    ("name", "山田 太郎 様", "山田 太郎"),
    ("name", "山田さん　様", "山田"),
    ("name", "さくら商店御中", "さくら商店"),
    ("name", "お花屋さん", "お花屋さん"),
    ("company", "", ""),
    ("company", "株式会社さくら 御中", "株式会社さくら"),
    ("company", "a" * 25, "a" * 25),
    ("name_kana", "やまだ たろう", "ヤマダ タロウ"),
    ("name_kana", "ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ タロウ"),
    ("name_kana", "", ""),
    ("postal_code", "〒100-0005", "1000005"),
    ("postal_code", "１００－０００５", "1000005"),
    ("postal_code", "100ー0005", "1000005"),
    ("postal_code", " 100 0005 ", "1000005"),
    ("city", "あ" * 25, "あ" * 25),
    ("street", "丸の内二丁目", "丸の内二丁目"),
    ("street", "大字上野 番地なし", "大字上野 番地なし"),
    ("street", "丸の内", "丸の内"),
    ("city", "𠮷野町", "𠮷野町"),
    ("building", "ｻｸﾗﾏﾝｼｮﾝ101", "サクラマンション101"),
    ("tel", "０９０－１２３４－５６７８", "09012345678"),
    ("tel", "+81 90 1234 5678", "09012345678"),
    ("tel", "(03) 1234-5678", "0312345678"),
    ("tel", "090ー1234ー5678", "09012345678"),
    ("sms_tel", "070 1234 5678", "07012345678"),
    ("sms_tel", "060-1234-5678", "06012345678"),
    ("sms_tel", "", ""),
    ("email", " Taro@EXAMPLE.com ", "Taro@example.com"),
    ("email", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ", "taro@example.com"),
    ("email", "t" * 64 + "@example.com", "t" * 64 + "@example.com"),
    ("email", "　taro@example.com\u200b", "taro@example.com"),
    ("email", "taro..y.@docomo.ne.jp", "taro..y.@docomo.ne.jp"),
    ("email", "Ｔａｒｏ．＠Ｅｚｗｅｂ．ｎｅ．ｊｐ", "Taro.@ezweb.ne.jp"),
    ("email", "a..b@t.ezweb.ne.jp", "a..b@t.ezweb.ne.jp"),
    ("delivery_date", "2026-12-24", "2026-12-24"),
    ("delivery_date", "", ""),
    ("delivery_time", "1921", "1921"),
    ("note", "一行目\r\n二行目\r\n", "一行目\n二行目"),
    ("note", "あ" * 500, "あ" * 500),
]


@pytest.mark.parametrize(("name", "typed", "kept"), RIGHT)
def test_a_right_entry_is_kept_in_its_usual_form(
    app: Flask, name: str, typed: str, kept: str
) -> None:
    form = sent(app, **{name: typed})

    assert (form.answers()[name], errors(form)) == (kept, {})


def test_a_company_needs_nobody_named(app: Flask) -> None:
    assert errors(sent(app, name="", company="株式会社さくら")) == {}


def test_a_company_that_receives_needs_nobody_named(app: Flask) -> None:
    assert errors(sent(app, **{**SHIP, "ship_name": "", "ship_company": "さくら商店"})) == {}


def test_the_senders_name_is_judged_where_a_parcel_goes_to_another(app: Flask) -> None:
    long = "あ" * 21

    assert errors(sent(app, **{**SHIP, "gift_sender": long})) == {
        "gift_sender": "20文字以内で入力してください(現在21文字)"
    }
    assert errors(sent(app, gift_sender=long)) == {}
    assert sent(app, **{**SHIP, "gift_sender": "山田家一同 様"}).answers()["gift_sender"] == (
        "山田家一同"
    )


def test_the_method_must_be_one_on_offer(app: Flask) -> None:
    form = sent(app, payment="bank_transfer")

    assert errors(form) == {"payment": GONE}


def test_where_to_ship_must_be_one_of_two(app: Flask) -> None:
    assert list(errors(sent(app, ship_to="moon"))) == ["ship_to"]


def test_of_a_field_that_is_sent_twice_the_first_counts(app: Flask) -> None:
    form = sent(app, name=["山田 太郎", "鈴木 花子"])

    assert form.answers()["name"] == "山田 太郎"


def test_errors_read_english_under_en(app: Flask) -> None:
    assert errors(sent(app, "/en", name="")) == {"name": "Enter your full name"}


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("taro@gmial.com", "taro@gmail.com"),
        ("taro@gmail.co", "taro@gmail.com"),
        ("taro@docomo.ne.jo", "taro@docomo.ne.jp"),
        ("taro@yahoo.co.jp", None),
        ("taro@example.com", None),
        ("taro", None),
        ("", None),
    ],
)
def test_a_slip_in_a_well_known_domain_is_noticed(typed: str, suggested: str | None) -> None:
    assert email_suggestions.suggest(typed) == suggested


def code_sent(app: Flask, typed: Any) -> CodeForm:
    with app.test_request_context("/checkout/sms", method="POST", data={"code": typed}):
        form = CodeForm(meta={"csrf": False})
        form.validate()
        form.code.errors = tuple(map(str, form.code.errors))
        return form


@pytest.mark.parametrize(
    "typed", ["1234", "１２３４", " 12 34 ", "1-2-3-4", "12ー34", "12\u200b34", "1234\n"]
)
def test_any_usual_way_to_write_a_code_is_understood(app: Flask, typed: str) -> None:
    form = code_sent(app, typed)

    assert (form.digits, form.code.errors) == ("1234", ())


@pytest.mark.parametrize("typed", ["0000", "0042"])
def test_leading_zeros_of_a_code_stay(app: Flask, typed: str) -> None:
    form = code_sent(app, typed)

    assert (form.digits, form.code.errors) == (typed, ())


@pytest.mark.parametrize("typed", ["", "   ", "-"])
def test_an_empty_code_is_asked_for(app: Flask, typed: str) -> None:
    form = code_sent(app, typed)

    assert form.code.errors == ("SMSに届いた4桁の認証番号を入力してください",)


@pytest.mark.parametrize("typed", ["123", "12345", "12a4", "一二三四", "١٢٣٤", "12.4", "1234;"])
def test_what_is_not_four_digits_is_no_code(app: Flask, typed: str) -> None:
    form = code_sent(app, typed)

    assert form.code.errors == ("認証番号は4桁の数字です",)


def test_a_code_keeps_what_was_typed(app: Flask) -> None:
    form = code_sent(app, "１２-３４")

    assert form.code.data == "１２-３４"


@pytest.mark.parametrize("name", ["name", "company", "city", "street", "building"])
@pytest.mark.parametrize("prefix", ["", "ship_"])
@pytest.mark.parametrize("link", ["http://a.jp", "HTTPS：／／A.JP", "www.a.jp", "ＷＷＷ．a.jp"])
def test_no_link_is_mailed_in_the_shops_name(app: Flask, name: str, prefix: str, link: str) -> None:
    field = f"{prefix}{name}"

    found = errors(sent(app, **{**SHIP, field: f"{link} 1"}))

    assert found == {field: "URLは入力できません。「://」や「www.」を取り除いてください"}


def test_a_note_may_hold_a_link(app: Flask) -> None:
    assert errors(sent(app, note="https://example.com のとおり")) == {}
