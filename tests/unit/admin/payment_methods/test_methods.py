"""店舗設定 > お支払い方法: what the owner types, what is refused, and what shoppers then see."""

import io
import struct
import zlib
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image

from storefront.admin.auth.models import AuditEntry
from storefront.core.extensions import db, transaction
from storefront.payments import method_settings, methods
from storefront.payments.models import PaymentMethod
from storefront.payments.requirements import Service, Stage
from storefront.ports.codes import CodeRules
from storefront.providers.yamato.account import account
from storefront.testing.form_shopper import FormShopper
from storefront.testing.specimen import NAME
from tests.unit.admin.conftest import Keeper

LIST = "/admin/settings/payment-methods"
COD = f"{LIST}/cod"


def method(code: str = "cod") -> PaymentMethod:
    db.session.rollback()
    found = db.session.scalars(sa.select(PaymentMethod).where(PaymentMethod.code == code))
    return found.one()


def actions() -> list[str]:
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_the_list_shows_each_method_with_its_fee_limit_and_state(owner: Keeper) -> None:
    page = owner.get(LIST).text

    for words in (
        "クロネコ代金後払いサービス(スマホタイプ)",
        "176円",
        "〜55,000円",
        "公開中",
        "編集",
    ):
        assert words in page


def test_without_a_method_on_offer_the_list_says_that_no_order_can_come(owner: Keeper) -> None:
    with transaction():
        db.session.execute(sa.update(PaymentMethod).values(published=False))
    registered = owner.get(LIST).text
    with transaction():
        db.session.execute(sa.delete(PaymentMethod))

    assert "お支払い方法が未登録です。登録するまで注文を受けられません" in owner.get(LIST).text
    assert "注文を受けられるお支払い方法がありません。" in registered
    assert "未登録です" not in registered


def test_a_second_single_kind_is_refused_with_its_reason(owner: Keeper) -> None:
    answer = owner.send(LIST, LIST, type="kuroneko_smartphone")

    assert answer.status_code == 422
    assert "登録済み" in answer.text
    assert "1つだけ登録できる" in answer.text


def test_no_kind_chosen_is_told(owner: Keeper) -> None:
    assert "追加する種類を選択してください" in owner.send(LIST, LIST, type="").text


def test_a_new_method_begins_with_the_words_of_its_kind(owner: Keeper) -> None:
    method_settings.remove("kuroneko_payslip", lambda _code: False)
    page = owner.get(f"{LIST}/new?type=kuroneko_payslip").text

    assert 'value="クロネコ代金後払いサービス(払込票タイプ)"' in page
    assert "*必須" in page


def test_registering_puts_the_method_on_the_order_form(owner: Keeper, shopper: FormShopper) -> None:
    made = owner.send(f"{LIST}/new?type=cod", f"{LIST}/new?type=cod", name="着払い", published="1")
    assert made.status_code == 303

    shopper.put_in()
    page = shopper.get("/checkout").text
    assert "着払い" in page
    assert 'data-testid="payment-cod-2"' in page
    assert actions() == ["payment-method.register"]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "お支払い方法名を入力してください"),
        ("name", "あ" * 51, "50文字以内"),
        ("payment_time", "", "特定商取引法の表示に必要です。支払時期を入力してください"),
        ("fee", "", "数字で入力してください"),
        ("fee", "-1", "数字で入力してください"),
        ("fee", "百円", "数字で入力してください"),
        ("maximum", "100", "上限は下限以上の金額で入力してください"),
        ("published", "", "公開か非公開かを選択してください"),
        ("position", "0", "1から999までの数字"),
    ],
)
def test_a_wrong_field_is_told_beside_it_and_nothing_typed_is_lost(
    owner: Keeper, field: str, typed: str, sentence: str
) -> None:
    fields = {"minimum": "500", "name_en": "Kept words", field: typed}
    answer = owner.send(COD, COD, **fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept words" in answer.text
    assert method().name_en != "Kept words"


def test_yamatos_limit_cannot_be_raised(owner: Keeper) -> None:
    there = f"{LIST}/kuroneko_smartphone"

    assert "上限は55,000円です" in owner.send(there, there, maximum="55001").text
    assert owner.send(there, there, maximum="55,000").status_code == 303


def test_the_smartphone_type_always_checks_the_phone(owner: Keeper) -> None:
    there = f"{LIST}/kuroneko_smartphone"
    owner.send(there, there, sms_check="0")

    assert method("kuroneko_smartphone").sms_check


def test_full_width_digits_are_digits(owner: Keeper) -> None:
    owner.send(COD, COD, fee="４４０")

    assert method().fee == 440


def test_publishing_before_the_screening_says_what_is_missing(owner: Keeper) -> None:
    account.set_stage(Service.WEB_COLLECT, Stage.RUNNING)
    owner.send(LIST, f"{LIST}/card/unpublish")

    answer = owner.send(LIST, f"{LIST}/card/publish")
    assert answer.status_code == 422
    assert "クロネコ web コレクトの審査が完了していません" in answer.text
    assert not method("card").published


def test_a_method_may_be_registered_before_the_screening(owner: Keeper) -> None:
    method_settings.remove("card", lambda _code: False)
    account.set_stage(Service.WEB_COLLECT, Stage.BEFORE)
    there = f"{LIST}/new?type=card"

    assert owner.send(there, there, published="1").status_code == 422
    assert owner.send(there, there, published="0").status_code == 303
    assert not method("card").published


def test_who_is_in_the_checkout_is_counted_before_a_method_goes(
    owner: Keeper, shopper: FormShopper
) -> None:
    shopper.put_in().answer("cod")

    asked = owner.send(LIST, f"{LIST}/cod/unpublish")
    assert asked.status_code == 422
    assert "いま1人のお客さま" in asked.text
    assert method().published
    assert owner.post(f"{LIST}/cod/unpublish", {"confirmed": "1"}).status_code == 303
    assert not method().published


def test_a_shopper_whose_method_goes_is_told_why_and_keeps_everything(
    owner: Keeper, shopper: FormShopper
) -> None:
    shopper.put_in().answer("cod")
    owner.post(f"{LIST}/cod/unpublish", {"confirmed": "1"})

    shopper.get("/checkout/confirm")
    page = shopper.get("/checkout").text
    assert "ただいまご利用いただけなくなりました" in page
    assert NAME in page


def test_a_shopper_whose_fee_changes_is_told_before_ordering(
    owner: Keeper, shopper: FormShopper
) -> None:
    shopper.put_in().answer("cod")
    shopper.get("/checkout/confirm")
    key = shopper.last.text.partition('name="confirmation_key" value="')[2].partition('"')[0]
    assert owner.send(COD, COD, fee="440").status_code == 422  # somebody is at it
    assert owner.send(COD, COD, fee="440", confirmed="1").status_code == 303

    answer = shopper.press_confirm(key)
    assert answer.status_code == 422
    assert "手数料が330円(税込)から440円(税込)に変わりました" in answer.text


def test_the_preview_shows_what_stands_in_the_form_and_stores_nothing(owner: Keeper) -> None:
    fields = {"name": "試しの名前", "fee": "999", "payment_time": "手数料は{fee}円です。"}
    page = owner.get(COD)
    assert page.status_code == 200
    answer = owner.post(f"{COD}/preview", {**fields, "published": "1", "position": "1"})

    preview = answer.text.partition('id="preview"')[2].partition("</section>")[0]
    assert "試しの名前" in preview
    assert "手数料は999円です。" in preview
    assert method().name == "代金引換"


def a_picture(kind: str = "PNG", size: tuple[int, int] = (500, 100)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return io.BytesIO(out.getvalue())


def test_a_logo_is_drawn_anew_and_shown_to_shoppers(owner: Keeper, shopper: FormShopper) -> None:
    assert owner.send(COD, COD, logo=(a_picture(), "logo.png")).status_code == 303

    shopper.put_in()
    page = shopper.get("/checkout").text
    address = page.partition('class="method__logo" src="')[2].partition('"')[0]
    picture = shopper.get(address)
    assert picture.mimetype == "image/png"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ((io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "x.svg"), "PNG画像を選んで"),
        ((io.BytesIO(b"\x89PNG" + b"x" * 200_000), "x.png"), "100KB以内"),
        ((io.BytesIO(b"MZ not a picture"), "x.png"), "PNG画像を選んで"),
    ],
)
def test_what_is_no_good_logo_is_refused_in_words(
    owner: Keeper, file: tuple[io.BytesIO, str], sentence: str
) -> None:
    answer = owner.send(COD, COD, logo=file)

    assert answer.status_code == 422
    assert sentence in answer.text


def a_huge_png() -> io.BytesIO:
    """40,000 by 40,000 pixels by its own word, and only a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + end

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 6, 0, 0, 0))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", b"") + chunk(b"IEND", b""))


def test_a_small_file_of_a_huge_picture_is_refused_unread(owner: Keeper) -> None:
    answer = owner.send(COD, COD, logo=(a_huge_png(), "logo.png"))

    assert answer.status_code == 422
    assert "画像が大きすぎます" in answer.text


def test_what_the_owner_sets_of_codes_is_what_they_are_judged_by(owner: Keeper) -> None:
    owner.send(COD, COD, sms_check="1", sms_tries="2", sms_sends="4", sms_wait="45")

    assert methods.code_rules(method()) == CodeRules(2, 4, timedelta(seconds=45))


def test_with_one_try_the_first_wrong_code_leads_to_other_methods(
    owner: Keeper, shopper: FormShopper
) -> None:
    owner.send(COD, COD, sms_check="1", sms_tries="1")
    shopper.to_sms(payment="cod")

    assert shopper.guess("9999").status_code == 303
    assert 'data-testid="ng-banner"' in shopper.get("/checkout").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [("sms_tries", "6"), ("sms_tries", "0"), ("sms_sends", "6"), ("sms_wait", "29")],
)
def test_looser_codes_than_allowed_are_refused(owner: Keeper, field: str, typed: str) -> None:
    before = getattr(method(), field)

    assert owner.send(COD, COD, **{field: typed}).status_code == 422
    assert getattr(method(), field) == before


def test_a_method_with_orders_is_not_deleted(owner: Keeper, shopper: FormShopper) -> None:
    shopper.put_in().answer("cod").press_confirm()

    answer = owner.post(f"{LIST}/cod/delete", {"confirmed": "1"})
    assert answer.status_code == 303
    assert "削除できません" in owner.get(LIST).text
    assert method()


def test_the_order_after_a_failure_is_the_banners_order(app: Flask, owner: Keeper) -> None:
    page = owner.get(f"{LIST}/after-failure")

    assert page.status_code == 200
    assert "SMS認証ができなかったとき" in page.text


TRANSFER = f"{LIST}/bank_transfer"


def test_the_shops_account_is_typed_in_fields_of_its_own(owner: Keeper) -> None:
    typed = {
        "account_branch_number": "００２",
        "account_number": "００３-4567",
        "account_holder": "さくらｼｮｳﾃﾝ（ｶ",
        "account_kind": "current",
    }

    answer = owner.send(TRANSFER, TRANSFER, **typed)

    assert answer.status_code == 303, answer.text
    kept = method("bank_transfer").account
    assert [kept[part] for part in ("branch_number", "number", "holder", "kind", "bank")] == [
        "002",
        "0034567",
        "サクラショウテン(カ",
        "current",
        "みほん銀行",
    ]


@pytest.mark.parametrize(
    ("field", "typed", "fault"),
    [
        ("account_bank", "", "銀行名を入力してください"),
        ("account_branch_number", "12", "支店番号は3桁の数字で入力してください"),
        ("account_number", "123456", "口座番号は7桁の数字で入力してください"),
        ("account_holder", "桜商店", "口座名義はカタカナで入力してください"),
    ],
)
def test_an_account_is_named_whole(owner: Keeper, field: str, typed: str, fault: str) -> None:
    answer = owner.send(TRANSFER, TRANSFER, **{field: typed})

    assert answer.status_code == 422
    assert fault in answer.text


def test_a_method_without_any_account_is_not_published(owner: Keeper) -> None:
    nothing = dict.fromkeys(
        (f"account_{part}" for part in ("bank", "branch", "branch_number", "number", "holder")), ""
    )

    answer = owner.send(TRANSFER, TRANSFER, **nothing, published="1")

    assert answer.status_code == 422
    assert "振込先の口座がありません。" in answer.text
