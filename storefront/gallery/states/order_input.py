"""States of the order form, but for failed checks."""

from storefront.gallery.page import Page
from storefront.gallery.states import long, walks
from storefront.gallery.states.state import State
from storefront.gallery.visitor import Visitor

SEVERAL_TOWNS, SEVERAL_CITIES = "028-8405", "700-0941"
IDLE, AWAY = 3_700, 400  # seconds
WRONG = {
    "name": "🌸",
    "name_kana": "yamada",
    "postal_code": "999-9999",
    "city": "",
    "company": "あ" * 26,
    "street": "1" * 51,
    "building": "",
    "tel": "12345",
    "email": "taro",
    "ship_to": "other",
    "delivery_date": "2000-01-01",
    "delivery_time": "0000",
    "note": "あ" * 501,
}


def _filled(visitor: Visitor) -> Page:
    walks.to_confirmation(visitor, walks.COD)
    return visitor.get("/checkout?edit=payment")


def _every_field_wrong(visitor: Visitor) -> Page:
    walks.to_order_input(visitor)
    return visitor.press("review-order", **WRONG)


def _empty(visitor: Visitor) -> Page:
    walks.to_order_input(visitor)
    return visitor.press("review-order")


def _old_token(visitor: Visitor) -> Page:
    walks.to_order_input(visitor)
    return walks.with_old_token(visitor, "review-order", **walks.CONTACT)


def _several_towns(visitor: Visitor) -> Page:
    walks.to_order_input(visitor)
    return walks.look_up_address(visitor, SEVERAL_TOWNS)


def _several_cities(visitor: Visitor) -> Page:
    walks.to_order_input(visitor)
    return walks.answer(visitor, walks.COD, postal_code=SEVERAL_CITIES, prefecture="", city="")


def _contradiction(visitor: Visitor) -> Page:
    return walks.to_confirmation(visitor, walks.COD, postal_code="605-0862")


def _elsewhere(visitor: Visitor) -> Page:
    walks.to_confirmation(visitor, walks.COD, **walks.ELSEWHERE)
    return visitor.get("/checkout?edit=delivery")


def _no_mobile(visitor: Visitor) -> Page:
    return walks.to_confirmation(visitor, tel=walks.LAND_LINE)


def _long_address(visitor: Visitor) -> Page:
    return walks.to_confirmation(visitor, **long.PLACE)


def _only_others_take_it(visitor: Visitor) -> Page:
    return walks.to_confirmation(visitor, name="𠮷田 Müller")


def _present(visitor: Visitor) -> Page:
    walks.to_confirmation(visitor, walks.COD, **walks.ELSEWHERE, **walks.PRESENT)
    return visitor.get("/checkout?edit=delivery")


def _over_limit(visitor: Visitor) -> Page:
    walks.to_order_input(visitor, "tsumugi")
    return walks.answer(visitor, walks.SMARTPHONE)


def _switching(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor)
    return visitor.press("sms-other-method")


def _delivery_methods(visitor: Visitor) -> Page:
    visitor.owner.also_deliver_by_letter()
    return walks.to_order_input(visitor)


def _no_delivery_method(visitor: Visitor) -> Page:
    visitor.owner.also_deliver_by_letter()
    walks.to_order_input(visitor)
    return walks.answer(visitor, walks.COD)


def _saved(visitor: Visitor) -> Page:
    walks.to_confirmation(visitor, walks.COD, save_details="y")
    return visitor.get("/checkout")


def _after(visitor: Visitor, seconds: int) -> Page:
    walks.to_confirmation(visitor, walks.COD)
    visitor.wait(seconds)
    return visitor.get("/checkout")


FORM = "checkout.order_input"
STATES = (
    State("input", "注文情報", FORM, walks.to_order_input),
    State("input-filled", "注文情報: 入力済み", FORM, _filled),
    State("input-empty", "注文情報: 未入力のまま送信", FORM, _empty, 422),
    State("input-wrong", "注文情報: すべての欄に誤り", FORM, _every_field_wrong, 422),
    State("input-old-token", "注文情報: 時間がたった画面", FORM, _old_token, 422),
    State("input-towns", "注文情報: 郵便番号に町名がいくつもある", FORM, _several_towns),
    State("input-cities", "注文情報: 郵便番号に市区町村がいくつもある", FORM, _several_cities, 422),
    State("input-prefecture", "注文情報: 郵便番号と違う都道府県", FORM, _contradiction, 422),
    State("input-elsewhere", "注文情報: 別の住所に届ける", FORM, _elsewhere),
    State("input-no-mobile", "注文情報: 携帯電話でない番号", FORM, _no_mobile, 422),
    State("input-long-address", "注文情報: 住所が長すぎる", FORM, _long_address, 422),
    State(
        "input-other-method", "注文情報: この方法では使えない文字", FORM, _only_others_take_it, 422
    ),
    State("input-present", "注文情報: 会社名と贈り主", FORM, _present),
    State("input-over-limit", "注文情報: 利用上限を超える金額", FORM, _over_limit, 422),
    State("input-switch", "注文情報: 別のお支払い方法を選ぶ", FORM, _switching),
    State("input-saved", "注文情報: 保存した情報を入力", FORM, _saved),
    State("input-idle", "注文情報: 長く操作がなかった", FORM, lambda one: _after(one, IDLE)),
    State("input-away", "注文情報: 前回の入力を表示", FORM, lambda one: _after(one, AWAY)),
    State("input-delivery", "注文情報: 配送方法を選ぶ", FORM, _delivery_methods),
    State("input-no-delivery", "注文情報: 配送方法が未選択", FORM, _no_delivery_method, 422),
    State("input-long", "注文情報: 長い名前と住所", FORM, long.order_input),
)
