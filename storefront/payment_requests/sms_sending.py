"""Sends the texts that ask for payment after delivery; one that is no longer true is not sent."""

from flask_babel import force_locale

from storefront.core import clock, phones
from storefront.core.extensions import db, transaction
from storefront.orders import receipt
from storefront.orders.models import Order
from storefront.payment_requests import emails
from storefront.payment_requests.sms_texts import Facts, payment_text
from storefront.payments.status import PaymentState
from storefront.ports.registry import providers
from storefront.ports.sms import NumberRefused, SmsUnknown
from storefront.shop import message_templates, profile
from storefront.sms import statistics
from storefront.sms.segments import size_of
from storefront.sms.statistics import Fate, Purpose, Way
from storefront.verification.sending import OWN
from storefront.web.i18n import absolute_url, day, localized, yen

VALID_FOR = 4 * 3600  # seconds: a text later than that is better left to the mail
PATIENCE = 10.0
TRUE_IN = {
    "request": {PaymentState.REQUESTED, PaymentState.OVERDUE},
    "reminder": {PaymentState.REQUESTED},
    "overdue": {PaymentState.OVERDUE},
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
        statistics.add([(way, 0, 0, size_of(said).parts)])


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
    if about == "reminder" and not emails.is_still_near(order):
        return ""
    with force_locale(order.locale):
        facts = Facts(
            localized(profile.shop(), "name"),
            order.number,
            yen(order.owed),
            day(asked.due_on),
            absolute_url("collecting.short", order.locale, token=asked.token),
        )
    return payment_text(
        about, facts, order.locale, message_templates.own(f"{about}-sms", order.locale)
    )
