"""The owner hears which orders their shoppers cancelled: in the audit log, and by mail."""

import sqlalchemy as sa
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.models import AuditEntry
from storefront.core.extensions import db, take_turn, transaction
from storefront.orders import owed_back
from storefront.orders.fulfilment import CANCELLED_BY_SHOPPER, OWNERS_MAIL
from storefront.orders.models import Order
from storefront.payments.status import PaymentState
from storefront.ports.mail import Message, message_id
from storefront.ports.registry import providers
from storefront.shop import emails, profile
from storefront.shop.emails import Letter
from storefront.web.i18n import absolute_url, price

SHOPPER = "shopper"  # as who did it: the log names no shopper
ACTION = f"order.{CANCELLED_BY_SHOPPER}"
LOCALE = "ja"  # of the owner's mails


def record(order_id: int) -> None:
    """Add the entry of one order, once however often the worker comes to it."""
    with transaction():
        take_turn("audit log")
        order = db.session.get_one(Order, order_id)
        mine = (AuditEntry.action == ACTION) & (AuditEntry.subject == order.number)
        if db.session.scalar(sa.select(AuditEntry.id).where(mine)) is None:
            after = {"status": order.status, "payment": order.payment_status, "yen": order.owed}
            audit.record(ACTION, order.number, {"status": "placed"}, after, SHOPPER)


def tell_owner(order_id: int) -> None:
    """Send the mail to the shop's own address; it names no person. Raises MailUnavailable."""
    order = db.session.get_one(Order, order_id)
    with force_locale(LOCALE):
        message = mail(order)
    db.session.commit()  # before the call: no transaction is open while we wait for a mail server
    providers().mail.send(message)


def mail(order: Order) -> Message:
    """The owner's mail, in the current language; the same Message-ID at every try."""
    shop, host = profile.shop(), current_app.config["SETTINGS"].host
    letter = Letter(
        _("ご注文がキャンセルされました"),
        [
            _("お客さまが、ご注文の画面からキャンセルしました。在庫は戻してあります。"),
            _money(order),
        ],
        [(_("金額"), price(order.owed))],
        absolute_url("admin.orders.show", LOCALE, number=order.number),
        _("注文のページを開く"),
    )
    subject = emails.subject_of(letter.title, order.number)
    mail_id = message_id(host, order.token, OWNERS_MAIL)
    return emails.of_letter(mail_id, shop.email, subject, letter, order=order)


def _money(order: Order) -> str:
    """What is still to be done about it."""
    if by_hand := owed_back.yen_of(order):
        return _(
            "%(yen)sのご返金が必要です。返金先をお客さまにうかがい、返金したら注文のページに記録してください。",
            yen=price(by_hand),
        )
    if order.payment_status == PaymentState.REFUNDED:
        return _("お支払い済みの%(yen)sは、決済会社がお返しします。", yen=price(order.received))
    return _("ご返金はありません。")
