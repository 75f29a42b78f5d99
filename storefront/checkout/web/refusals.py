"""What the confirmation says when no check or payment could begin, and which methods it offers
then."""

from flask_babel import gettext as _

from storefront.checkout.card_attempts import TooManyDeclined, is_card
from storefront.checkout.holds import HeldByOthers
from storefront.checkout.journey import Journey
from storefront.checkout.order_limits import TooManyOrders
from storefront.payments.methods import checks_sms, needs_no_hold
from storefront.payments.models import PaymentMethod
from storefront.ports.payments import NO_ANSWER

REFUSALS = (HeldByOthers, TooManyOrders, TooManyDeclined, *NO_ANSWER)


def told(journey: Journey, why: Exception) -> tuple[list[str], list[PaymentMethod]]:
    """A heading and what to do about this error, with the methods that the shopper can use
    instead."""
    if isinstance(why, TooManyOrders):
        with_code = [one for one in journey.others if checks_sms(one)]
        return _too_many_orders(journey.shop.phone), with_code
    if isinstance(why, HeldByOthers):
        return _held_by_others(), [one for one in journey.others if needs_no_hold(one)]
    if isinstance(why, TooManyDeclined):
        return _too_many_declined(), [one for one in journey.others if not is_card(one)]
    return _provider_is_silent(), []


def _too_many_orders(phone: str) -> list[str]:
    """Whose orders they are is not said: whoever reads it may be somebody else."""
    return [
        _("このお支払い方法では、ご注文を確定できません"),
        _(
            "ご注文が続いているか、お支払いがお済みでないご注文があります。"
            "SMS認証のあるお支払い方法を選ぶか、お電話(%(phone)s)でご連絡ください",
            phone=phone,
        ),
    ]


def _held_by_others() -> list[str]:
    return [
        _("ただいま商品を確保できません。ご注文は確定していません"),
        _(
            "同じインターネット回線からのお手続きが重なっています。"
            "しばらくしてからもう一度お試しいただくか、SMS認証のないお支払い方法を選んでください"
        ),
    ]


def _too_many_declined() -> list[str]:
    return [
        _("ただいまカードでのお支払いを続けて試せません。ご注文は確定していません"),
        _("別のお支払い方法を選ぶか、1時間ほどおいてもう一度お試しください"),
    ]


def _provider_is_silent() -> list[str]:
    return [
        _("決済会社のページを開けませんでした。ご注文は確定していません"),
        _("時間をおいて試すか、別のお支払い方法を選んでください"),
    ]
