"""Sending what the payment procedure has to say; each message looks first whether it is true."""

from flask_babel import force_locale

from storefront import clock, phones
from storefront.collecting import letters
from storefront.collecting.texts import Facts, payment_text
from storefront.extensions import db, transaction
from storefront.i18n import day, localized, yen
from storefront.orders import receipt
from storefront.orders.models import Order
from storefront.payments.moves import State
from storefront.providers import providers
from storefront.shop import profile, wordings
from storefront.sms import NumberRefused, SmsUnknown, counts
from storefront.sms.counts import Fate, Purpose, Way
from storefront.verification.sending import OWN

VALID_FOR = 4 * 3600  # seconds: a text later than that is better left to the mail
PATIENCE = 10.0
TRUE_IN = {
    "request": {State.REQUESTED, State.OVERDUE},
    "reminder": {State.REQUESTED},
    "overdue": {State.OVERDUE},
}


def text(about: str, order_id: int) -> None:
    """Raises SmsUnavailable; a number that no text reaches has had the mail."""
    order = db.session.get_one(Order, order_id)
    said, phone = words(about, order), receipt.answers_of(order).phone
    db.session.commit()  # before the call: no transaction is open while we wait for a sender
    if order.erased_at or not said or not phones.is_mobile(phone):
        return
    fate = _sent(phone, said)
    with transaction():
        way = Way(clock.today(), Purpose.PAYMENT, OWN, phone[:3], fate)
        counts.add([(way, 0, 0, 1)])


def _sent(phone: str, told: str) -> Fate:
    """Refused or not heard of, it is not tried again: a second text would not reach the number
    either, or would be one too many."""
    try:
        providers().sms.send(phones.e164(phone), told, VALID_FOR, PATIENCE)
    except NumberRefused:
        return Fate.REFUSED
    except SmsUnknown:
        pass
    return Fate.UNREPORTED


def words(about: str, order: Order) -> str:
    """In the order's language; empty where it is no longer true."""
    asked = order.request
    if asked is None or order.payment_status not in TRUE_IN[about]:
        return ""
    if about == "reminder" and not letters.is_still_near(order):
        return ""
    with force_locale(order.locale):
        facts = Facts(
            localized(profile.shop(), "name"),
            order.number,
            yen(order.owed),
            day(asked.due_on),
            f"{asked.due_on.month}/{asked.due_on.day}",
            letters.pay_url(order, asked),
        )
    return payment_text(about, facts, order.locale, wordings.own(f"{about}-sms", order.locale))
