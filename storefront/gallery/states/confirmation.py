"""States of the confirmation."""

import re

from storefront.gallery.page import Page
from storefront.gallery.states import long, walks
from storefront.gallery.states.state import State
from storefront.gallery.visitor import Visitor

DAY = re.compile(r'<option value="(\d{4}-\d\d-\d\d)"')


def _everything_asked(visitor: Visitor) -> Page:
    days = DAY.findall(walks.to_order_input(visitor).html)
    tel = visitor.customer.number(walks.USUAL)
    wishes = {"delivery_date": days[0], "delivery_time": "1820", "note": "玄関先に置いてください"}
    return walks.answer(visitor, walks.SMARTPHONE, sms_tel=tel, **wishes, **walks.ELSEWHERE)


def _dearer(visitor: Visitor) -> Page:
    walks.to_confirmation(visitor)
    visitor.owner.price("yunomi", 3_520)
    return walks.confirm(visitor)


def _sold_out(visitor: Visitor) -> Page:
    """Somebody else was faster, and another thing is left."""
    visitor.owner.stock("matcha-bowl", 1)
    walks.put_in(visitor, "matcha-bowl")
    walks.to_confirmation(visitor)
    visitor.owner.stock("matcha-bowl", 0)
    return walks.confirm(visitor)


def _all_sold_out(visitor: Visitor) -> Page:
    walks.to_confirmation(visitor)
    visitor.owner.stock("yunomi", 0)
    return walks.confirm(visitor)


def _old_key(visitor: Visitor) -> Page:
    walks.to_confirmation(visitor, walks.COD)
    return visitor.press("confirm-submit", confirmation_key="old")


def _old_token(visitor: Visitor) -> Page:
    walks.to_confirmation(visitor)
    return walks.with_old_token(visitor, "confirm-submit")


def _code_under_way(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor)
    return visitor.get("/checkout/confirm")


def _back_from_hosted(visitor: Visitor) -> Page:
    walks.to_confirmation(visitor, "card")
    walks.confirm(visitor)
    return visitor.press("hosted-leave")


RUBBISH, WAIVED = "0025", "0020"  # endings
CONFIRM = "checkout.confirm"
STATES = (
    State("confirm", "内容確認: 代金後払い", CONFIRM, walks.to_confirmation),
    State("confirm-cod", "内容確認: 代引", CONFIRM, lambda v: walks.to_confirmation(v, walks.COD)),
    State(
        "confirm-transfer",
        "内容確認: 振込",
        CONFIRM,
        lambda v: walks.to_confirmation(v, walks.TRANSFER),
    ),
    State("confirm-card", "内容確認: カード", CONFIRM, lambda v: walks.to_confirmation(v, "card")),
    State("confirm-unpaid", "内容確認: 支払わずに戻った", CONFIRM, _back_from_hosted),
    State(
        "confirm-unknown",
        "内容確認: 結果を確認中",
        CONFIRM,
        lambda visitor: walks.to_code_entry(visitor, RUBBISH),
        state="unknown",
    ),
    State(
        "confirm-waived",
        "内容確認: SMS認証は不要",
        CONFIRM,
        lambda visitor: walks.to_code_entry(visitor, WAIVED),
    ),
    State(
        "confirm-new-code",
        "内容確認: 一覧にない郵便番号",
        CONFIRM,
        lambda v: walks.to_confirmation(v, walks.COD, postal_code="100-0099"),
    ),
    State(
        "confirm-other-city",
        "内容確認: 郵便番号と違う市区町村",
        CONFIRM,
        lambda v: walks.to_confirmation(v, walks.COD, postal_code="160-0022"),
    ),
    State("confirm-wishes", "内容確認: 日時・備考・別の住所", CONFIRM, _everything_asked),
    State("confirm-under-way", "内容確認: SMS認証の手続き中", CONFIRM, _code_under_way),
    State("confirm-price", "内容確認: 価格が変わった", CONFIRM, _dearer, 422),
    State("confirm-sold-out", "内容確認: 一部が売り切れた", CONFIRM, _sold_out, 422),
    State("confirm-all-sold-out", "内容確認: すべて売り切れた", CONFIRM, _all_sold_out, 422),
    State("confirm-old-key", "内容確認: 古い確認画面", CONFIRM, _old_key, 422),
    State("confirm-old-token", "内容確認: 時間がたった画面", CONFIRM, _old_token, 422),
    State("confirm-long", "内容確認: 長い名前と住所", CONFIRM, long.confirmation),
)
