"""The order form after a failed check: one state for each reason."""

from storefront.gallery.page import Page
from storefront.gallery.states import walks
from storefront.gallery.states.state import State
from storefront.gallery.visitor import Visitor

MOST_TEXTS = 3  # to one phone in ten minutes
LOCKS, FAILS_LATER, NO_SUCH, NO_SENDER = "0006", "0003", "0004", "0007"
NO_CREDIT, OVER_LIMIT, RUBBISH = "0021", "0022", "0025"
REPORTED = 3  # seconds until a text is reported undelivered


def _locked(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor, LOCKS)
    return walks.give_code(visitor, "9999")


def _too_many(visitor: Visitor) -> Page:
    """Numbers of the sandbox's own have no cap."""
    capped = visitor.customer.capped
    for _each in range(MOST_TEXTS):
        walks.to_code_entry(visitor.another(), tel=capped)
    return walks.to_code_entry(visitor, tel=capped)


def _undelivered(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor, FAILS_LATER)
    visitor.wait(REPORTED)
    return visitor.get("/checkout/sms")


def _unreached(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor, NO_SUCH)
    return visitor.get("/checkout/sms")


def _unanswered(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor, RUBBISH)
    for _each in range(4):
        visitor.wait(3)
        visitor.get("/checkout/confirm")
    return visitor.page


def _declined(visitor: Visitor) -> Page:
    walks.to_confirmation(visitor, "card")
    walks.confirm(visitor)
    return visitor.press("hosted-refuse")


def _retry_with_the_same(visitor: Visitor) -> Page:
    _unreached(visitor)
    return visitor.press("retry-number", sms_tel=visitor.tel)


def _choose_the_failed_method(visitor: Visitor) -> Page:
    walks.to_code_entry(visitor, NO_SENDER)
    return walks.answer(visitor, walks.SMARTPHONE, NO_SENDER)


FORM = "checkout.order_input"
STATES = (
    State("ng-locked", "NG: 入力回数の上限", FORM, _locked, reason="locked"),
    State("ng-too-many", "NG: 送信回数の上限", FORM, _too_many, reason="too-many"),
    State("ng-undelivered", "NG: SMSが届かない", FORM, _undelivered, reason="undelivered"),
    State(
        "ng-credit",
        "NG: 審査の結果",
        FORM,
        lambda one: walks.to_code_entry(one, NO_CREDIT),
        reason="credit",
    ),
    State(
        "ng-limit",
        "NG: 限度額",
        FORM,
        lambda one: walks.to_code_entry(one, OVER_LIMIT),
        reason="limit",
    ),
    State("ng-unanswered", "NG: 返事がない", FORM, _unanswered, reason="unanswered"),
    State("ng-declined", "NG: カードが断られた", FORM, _declined, reason="declined"),
    State(
        "ng-unavailable",
        "NG: SMSを送れない",
        FORM,
        lambda one: walks.to_code_entry(one, NO_SENDER),
        reason="unavailable",
    ),
    State(
        "ng-retry-refused",
        "NG: 同じ番号でもう一度",
        FORM,
        _retry_with_the_same,
        422,
        reason="undelivered",
    ),
    State(
        "ng-chosen-again",
        "NG: 使えない方法を選んだ",
        FORM,
        _choose_the_failed_method,
        422,
        reason="unavailable",
    ),
)
