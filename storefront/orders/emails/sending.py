"""The mails about an order: the one that confirms it, and the letters that follow."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from storefront.catalogue.pictures import photographs, pictures
from storefront.core.extensions import db
from storefront.orders import receipt, wording
from storefront.orders.emails import content
from storefront.orders.models import Order
from storefront.orders.progress import progress_of
from storefront.orders.queries import delivery_facts, payment_facts
from storefront.payments.status import PaymentState
from storefront.ports.mail import Message, message_id
from storefront.ports.registry import providers
from storefront.shop import emails, message_templates
from storefront.shop.emails import Letter
from storefront.web.i18n import absolute_url

SHOWN = 2 * 64  # pixels of a picture, for screens that have two for one


def send_order_mail(order_id: int) -> None:
    """Send the order's confirmation in its language; raises MailUnavailable."""
    order = db.session.get_one(Order, order_id)
    if order.erased_at:  # there is nobody to write to
        return
    message = order_mail(order)
    db.session.commit()  # before the call: no transaction is open while we wait for a mail server
    providers().mail.send(message)


def send_letter(kind: str, write: Callable[[Order], Letter | None], order_id: int) -> None:
    """Send a mail about an order in its language; raises MailUnavailable.

    Nothing is sent where write returns None, since what the mail says is no longer true, or where
    the order's person is erased.
    """
    order = db.session.get_one(Order, order_id)
    with force_locale(order.locale):
        letter = None if order.erased_at else write(order)
        message = content.message(order, kind, letter) if letter else None
    db.session.commit()  # before the call: no transaction is open while we wait for a mail server
    if message is not None:
        providers().mail.send(message)


def _pictures(order: Order) -> dict[int, str]:
    """The address of each variant's picture, as far as mail programs can show it."""
    known = pictures.of_variants(line.variant_id for line in order.lines)
    found = {one: photographs.address(known[one].file, SHOWN) for one in known}
    return {one: address for one, address in found.items() if address}


def order_mail(order: Order) -> Message:
    is_awaited = order.payment_status == PaymentState.AWAITING
    context: dict[str, Any] = {
        "order": order,
        "answers": receipt.answers_of(order),
        "taxes": receipt.taxes_of(order),
        "progress": progress_of(order),
        "pictures": _pictures(order),
        "number": payment_facts.number_of(order) if is_awaited else "",
        "status_url": absolute_url("orders.status", order.locale, token=order.token),
    }
    with force_locale(order.locale):
        values = content.values_of(order)
        context["title"] = _("ご注文を承りました")
        context["intro"] = message_templates.paragraphs("order-intro", values)
        context["closing"] = message_templates.paragraphs("order-closing", values)
        context["steps"] = wording.steps(order)
        context["delivery"] = delivery_facts.delivery_of(order)
        context["account"] = payment_facts.account_of(order) if is_awaited else []
        context["at_the_store"] = wording.at_the_store()
        context["sender"] = payment_facts.sender_of(order)
        return emails.write(
            ("mail/order/body.txt", "mail/order/body.html"),
            message_id(current_app.config["SETTINGS"].host, order.token, "order-mail"),
            receipt.answers_of(order).email,
            emails.subject_of(context["title"], order.number),
            **context,
        )
