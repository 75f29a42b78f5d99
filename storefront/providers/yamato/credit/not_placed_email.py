"""The mail that tells a shopper who has left that Yamato refused and there is no order."""

from datetime import timedelta

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from storefront.catalogue import stock
from storefront.checkout.models import Checkout
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.details import OrderDetails
from storefront.ports.mail import Message, message_id
from storefront.ports.registry import providers
from storefront.providers.yamato.models import CreditAttempt
from storefront.shop import emails
from storefront.shop.emails import Letter
from storefront.verification.models import Challenge
from storefront.web.i18n import absolute_url

GONE = timedelta(minutes=5)  # a page that is open asks more often than that


def send_not_placed(attempt_id: int) -> None:
    """Tell a shopper who has left that there is no order; raises MailUnavailable.

    Sends nothing where an order was placed or the shopper's page is still open. The pieces that
    were held for the checkout are given back.
    """
    attempt = db.session.get(CreditAttempt, attempt_id)
    checkout = db.session.get(Checkout, attempt.checkout_id) if attempt else None
    if attempt is None or checkout is None or not checkout.answered or checkout.order_token:
        return
    if checkout.touched_at > clock.now() - GONE:
        return
    with transaction():
        stock.release(checkout.cart_id)
    challenge = db.session.get(Challenge, attempt.challenge_id)
    message = mail(checkout, challenge.locale if challenge else "ja")
    db.session.commit()  # before the call: no transaction is open while we wait for a mail server
    providers().mail.send(message)


def mail(checkout: Checkout, locale: str) -> Message:
    """The mail of a checkout that has answers; the same Message-ID at every try."""
    answers = OrderDetails.load(checkout.answered or {})
    host = current_app.config["SETTINGS"].host
    with force_locale(locale):
        letter = Letter(
            _("ご注文は成立していません"),
            [
                _("お支払い方法の確認が完了しなかったため、ご注文は成立していません。"),
                _("カートの商品は残っています。別のお支払い方法でご注文いただけます。"),
            ],
            url=absolute_url("cart.show", locale),
            go=_("カートへ戻る"),
        )
        subject = emails.subject_of(letter.title)
        mail_id = message_id(host, checkout.id, "not-placed")
        return emails.of_letter(mail_id, answers.email, subject, letter, answers=answers)
