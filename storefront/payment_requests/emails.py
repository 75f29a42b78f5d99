"""The mails of the payment procedure: asked for, reminded of, overdue."""

from flask import current_app
from flask_babel import gettext as _

from storefront.core import clock
from storefront.orders.emails.content import values_of
from storefront.orders.models import Order, PaymentRequest
from storefront.payments.status import PaymentState
from storefront.shop import message_templates, profile
from storefront.shop.emails import Letter
from storefront.web.i18n import absolute_url, day, localized, price

OWING = {PaymentState.REQUESTED, PaymentState.OVERDUE}


def request(order: Order) -> Letter | None:
    return _letter(
        "request-mail",
        order,
        OWING,
        _("お支払い手続きのお願い"),
        _("商品のお届けが完了しました。次のページでお支払い方法を選び、お手続きください。"),
    )


def reminder(order: Order) -> Letter | None:
    if not is_still_near(order):
        return None
    return _letter(
        "reminder-mail",
        order,
        {PaymentState.REQUESTED},
        _("お支払い期限が近づいています"),
        _("お支払いの期限が近づいています。行き違いでお支払い済みの場合はご容赦ください。"),
    )


def is_still_near(order: Order) -> bool:
    """A worker that was away for days reminds of no day that has passed."""
    return order.request is not None and clock.today() <= order.request.due_on


def overdue(order: Order) -> Letter | None:
    return _letter(
        "overdue-mail",
        order,
        {PaymentState.OVERDUE},
        _("お支払い期限を過ぎています"),
        _(
            "お支払いの期限を過ぎましたが、まだお支払いを確認できていません。お早めにお手続きください。"
        ),
    )


def _letter(
    kind: str, order: Order, true_in: set[PaymentState], title: str, words: str
) -> Letter | None:
    """None where it has stopped being true, or there is nothing to pay by."""
    asked = order.request
    if asked is None or order.payment_status not in true_in:
        return None
    facts = [(_("ご請求金額"), price(order.owed)), (_("お支払い期限"), day(asked.due_on))]
    url, due = pay_url(order, asked), day(asked.due_on)
    own = message_templates.paragraphs(kind, {**values_of(order), "url": url, "due": due})
    return Letter(title, own or [words], facts, url, _("お支払い手続きへ"), _warning())


def _warning() -> list[str]:
    """What a forger would have to leave out."""
    shop, base = localized(profile.shop(), "name"), current_app.config["SETTINGS"].base_url
    return [
        _(
            "このメールは%(shop)sからお送りしています。暗証番号やカード番号をメールやSMSで"
            "お聞きすることはありません。",
            shop=shop,
        ),
        _("お支払いのリンクは、必ず当店のアドレス %(address)s で始まります。", address=f"{base}/"),
    ]


def pay_url(order: Order, asked: PaymentRequest) -> str:
    return absolute_url("collecting.pay", order.locale, token=asked.token)
