"""States of the code's screen."""

from storefront.gallery.page import Page
from storefront.gallery.states import walks
from storefront.gallery.states.state import State
from storefront.gallery.visitor import Visitor

LIFETIME = 180  # seconds
WAITS = (30, 60)  # seconds before the second and the third text
SLOW = 20  # seconds after which the screen offers other ways, too
NO_TEXT = "0023"  # a number's ending


def _give(visitor: Visitor, *codes: str) -> Page:
    walks.to_code_entry(visitor)
    for code in codes:
        walks.give_code(visitor, code)
    return visitor.page


def _slow(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor)
    visitor.wait(SLOW + 1)
    return visitor.get("/checkout/sms")


def _expired(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor)
    visitor.wait(LIFETIME + 1)
    return visitor.get("/checkout/sms")


def _expired_given(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor)
    visitor.wait(LIFETIME + 1)
    return walks.give_code(visitor, "1234")


def _resent(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor)
    return walks.resend(visitor, WAITS[0])


def _too_early(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor)
    return walks.resend(visitor, 0)


def _no_texts_left(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor)
    for seconds in WAITS:
        walks.resend(visitor, seconds)
    return visitor.page


def _resend_refused(visitor: Visitor) -> Page:
    """By the button of a page from before the last text."""
    walks.to_code_entry(visitor)
    form = visitor.page.form("sms-resend")
    for seconds in WAITS:
        walks.resend(visitor, seconds)
    visitor.wait(WAITS[1])
    return visitor.send(form)


def _old_token(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor)
    return walks.with_old_token(visitor, "sms-submit", code="1234")


SMS = "checkout.sms"
STATES = (
    State("sms", "認証番号", SMS, walks.to_code_entry),
    State("sms-slow", "認証番号: 20秒たっても届かない", SMS, _slow),
    State("sms-empty", "認証番号: 未入力", SMS, lambda one: _give(one, ""), 422),
    State("sms-malformed", "認証番号: 4桁の数字でない", SMS, lambda one: _give(one, "12"), 422),
    State(
        "sms-wrong",
        "認証番号: 違う(あと2回)",
        SMS,
        lambda one: _give(one, "9999"),
        422,
        state="wrong",
    ),
    State(
        "sms-wrong-2",
        "認証番号: 違う(あと1回)",
        SMS,
        lambda v: _give(v, "9999", "8888"),
        422,
        state="wrong",
    ),
    State("sms-expired", "認証番号: 期限切れ", SMS, _expired, state="expired"),
    State(
        "sms-expired-given",
        "認証番号: 期限切れの番号を入力",
        SMS,
        _expired_given,
        422,
        state="expired",
    ),
    State("sms-resent", "認証番号: 新しい番号を送信", SMS, _resent),
    State("sms-too-early", "認証番号: 再送が早すぎる", SMS, _too_early, 422),
    State("sms-no-texts-left", "認証番号: 再送の上限", SMS, _no_texts_left),
    State("sms-resend-refused", "認証番号: 上限後の再送", SMS, _resend_refused, 422),
    State(
        "sms-unknown",
        "認証番号: 送れたか不明",
        SMS,
        lambda v: walks.to_code_entry(v, NO_TEXT),
        state="unknown",
    ),
    State("sms-old-token", "認証番号: 時間がたった画面", SMS, _old_token, 422),
)
