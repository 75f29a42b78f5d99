"""Every mail of the shop, as it goes out: in both languages, light and dark, and sent to whoever
looks at it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from flask import abort, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from wtforms import StringField
from wtforms.validators import ValidationError

from storefront.admin.forms import line
from storefront.admin.orders import shopper_cancellations
from storefront.core.extensions import csrf
from storefront.design import bp
from storefront.design.mail_orders import (
    PRESENT,
    OrderLife,
    asked,
    given_back,
    late,
    numbered,
    on_paper,
    order,
    parcel,
    reduced,
    transferred,
)
from storefront.orders import fulfilment
from storefront.orders.emails import content, sending
from storefront.orders.models import Order
from storefront.payment_requests import emails as asking
from storefront.ports.mail import MailUnavailable, Message, is_address, read_address
from storefront.ports.registry import providers
from storefront.shop import sample_messages
from storefront.shop.emails import Letter
from storefront.web.forms import ShopForm
from storefront.web.i18n import plain_url_for
from storefront.web.rendering import errors_of, has_old_token, page

LANGUAGES = ("ja", "en")
SCHEMES = {"light": "not all", "dark": "all"}
IN_THE_DARK = "(prefers-color-scheme: dark)"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
HOME = "/"  # where the language link leads: these pages have no language
SMARTPHONE, TRANSFER, STORE = "kuroneko_smartphone", "bank_transfer", "cvs"
DELIVERED = ("preparing", "shipped", "delivered")
ON_ITS_WAY = OrderLife(SMARTPHONE, "shipped", "", DELIVERED[:2], parcel)
REQUESTED = OrderLife(SMARTPHONE, "delivered", "requested", (*DELIVERED, "requested"), asked)
OVERDUE = OrderLife(SMARTPHONE, "delivered", "overdue", (*DELIVERED, "requested", "overdue"), late)
BY_SHOPPER = fulfilment.CANCELLED_BY_SHOPPER


@dataclass(frozen=True)
class MailKind:
    """One mail: row is the kind of the outbox row that sends it, write gives it in a language."""

    slug: str
    title: str
    row: str
    write: Callable[[str], Message]


def _of_order(write: Callable[[Order], Message], life: OrderLife, language: str) -> Message:
    with on_paper(), force_locale(language):
        message = write(order(life, language))
    return message


def _confirmation(slug: str, title: str, life: OrderLife) -> MailKind:
    return MailKind(slug, title, "order-mail", partial(_of_order, sending.order_mail, life))


def _letter(
    title: str, row: str, write: Callable[[Order], Letter | None], life: OrderLife, ending: str = ""
) -> MailKind:
    def message(made: Order) -> Message:
        letter = write(made)
        return content.message(made, row, letter) if letter else abort(404)

    return MailKind(f"{row}{ending}", title, row, partial(_of_order, message, life))


CONFIRMATIONS = (
    _confirmation(
        "order-mail", "ご注文の確認: 代金後払い (Order: pay later)", OrderLife(SMARTPHONE)
    ),
    _confirmation(
        "order-mail-payslip", "ご注文の確認: 払込票 (Order: payslip)", OrderLife("kuroneko_payslip")
    ),
    _confirmation("order-mail-cod", "ご注文の確認: 代引 (Order: on delivery)", OrderLife("cod")),
    _confirmation(
        "order-mail-transfer", "ご注文の確認: 振込 (Order: transfer)", OrderLife(TRANSFER)
    ),
    _confirmation(
        "order-mail-card",
        "ご注文の確認: カード (Order: card)",
        OrderLife("card", "placed", "paid", ("paid",)),
    ),
    _confirmation(
        "order-mail-cvs", "ご注文の確認: コンビニ (Order: store)", OrderLife(STORE, also=numbered)
    ),
    _confirmation(
        "order-mail-present",
        "ご注文の確認: 会社から、長い名前と住所へ (Order: a present, long words)",
        OrderLife("cod", answers=PRESENT),
    ),
)
LETTERS = (
    _letter("発送しました (Shipped)", "shipped-mail", content.shipped, ON_ITS_WAY),
    _letter("お支払いのお願い (Payment asked)", "request-mail", asking.request, REQUESTED),
    _letter("期限のお知らせ (Reminder)", "reminder-mail", asking.reminder, REQUESTED),
    _letter("期限を過ぎました (Overdue)", "overdue-mail", asking.overdue, OVERDUE),
    _letter("期限を過ぎました: お店から (Overdue, pressed)", "press-mail", asking.overdue, OVERDUE),
    _letter(
        "お支払いを確認しました (Paid)",
        "paid-mail",
        content.paid,
        replace(REQUESTED, payment_status="paid", events=(*REQUESTED.events, "paid")),
    ),
    _letter(
        "お支払いを確認しました: 多いお振込み (Paid, too much)",
        "paid-mail",
        content.paid,
        OrderLife(TRANSFER, "placed", "paid", ("paid",), partial(transferred, over=100)),
        "-over",
    ),
    _letter(
        "金額を変更しました (Reduced)",
        "reduced-mail",
        content.reduced,
        OrderLife("cod", also=reduced),
    ),
    _letter(
        "取り消しました (Cancelled)",
        "cancelled-mail",
        content.cancelled,
        OrderLife("cod", "cancelled", "cancelled", ("cancelled",)),
    ),
    _letter(
        "取り消しました: お客さまから (Cancelled by the shopper)",
        "cancelled-mail",
        content.cancelled,
        OrderLife("cod", "cancelled", "cancelled", (BY_SHOPPER,)),
        "-by-shopper",
    ),
    _letter(
        "取り消しました: 入金なし (Cancelled, never paid)",
        "cancelled-mail",
        content.cancelled,
        OrderLife(TRANSFER, "cancelled", "cancelled", ("lapsed",)),
        "-lapsed",
    ),
    _letter(
        "取り消せませんでした (Not cancelled)",
        "not-cancelled-mail",
        content.not_cancelled,
        OrderLife(),
    ),
    _letter(
        "返品を承りました (Returned)",
        "returned-mail",
        content.returned,
        OrderLife(TRANSFER, "returned", "refunded", ("paid", *DELIVERED, "returned"), given_back),
    ),
    _letter(
        "返金のお知らせ (Refunded)",
        "refunded-mail",
        content.refunded,
        OrderLife("card", "delivered", "refunded", ("paid", *DELIVERED)),
    ),
    _letter(
        "遅れたお振込み (Late money)",
        "late-money-mail",
        content.late_money,
        OrderLife(
            TRANSFER, "cancelled", "cancelled", ("lapsed",), partial(transferred, is_late=True)
        ),
    ),
)
TO_THE_OWNER = (
    MailKind(
        fulfilment.OWNERS_MAIL,
        "お店へ: キャンセルされました (To the owner: cancelled)",
        fulfilment.OWNERS_MAIL,
        partial(
            _of_order,
            shopper_cancellations.mail,
            OrderLife(TRANSFER, "cancelled", "refunded", ("paid", BY_SHOPPER), given_back),
        ),
    ),
)
OWN = (*CONFIRMATIONS, *LETTERS, *TO_THE_OWNER)


class MailSampleForm(ShopForm):
    """Who gets a mail, and in which language."""

    to = StringField(filters=[line], default="taro@example.com")
    lang = StringField(default=LANGUAGES[0])

    def validate_to(self, field: StringField) -> None:
        """Require a mail address."""
        if not is_address(read_address(field.data or "")):
            raise ValidationError("メールアドレスを入力してください (A mail address)")


def kinds() -> Mapping[str, MailKind]:
    """All mails by their slug, those of the providers last."""
    of_providers = [
        MailKind(row, f"{one.service}: {row}", row, write)
        for one in providers().plugins
        for row, write in one.emails.items()
    ]
    return {one.slug: one for one in (*OWN, *of_providers)}


@bp.get("/mails", endpoint="mails")
def list_mails() -> ResponseReturnValue:
    """Every mail, to be looked at."""
    return page("design/mails.html", kinds=list(kinds().values()), here=HOME)


@bp.get("/mails/<kind>")
def show_mail(kind: str) -> ResponseReturnValue:
    """One mail: subject, pictures of its HTML part, text part."""
    return _shown(_found(kind), MailSampleForm(formdata=None))


@bp.get("/mails/<kind>/html")
def show_mail_part(kind: str) -> ResponseReturnValue:
    """The HTML part alone, as a mail program shows it; scheme=light or dark is shown so whatever
    the browser likes better."""
    message = _found(kind).write(_language(request.args.get("lang")))
    here = f"{current_app.config['SETTINGS'].base_url}/"
    html = _in_scheme(message.html, request.args.get("scheme", ""))
    return html.replace(f'"{here}', '"/'), 200, {"Content-Security-Policy": POLICY}


@bp.post("/mails/<kind>")
@csrf.exempt  # the form checks its own token, to keep what was typed
def send_mail(kind: str) -> ResponseReturnValue:
    """Send the mail as a sample, whose Message-ID is its own."""
    found, form = _found(kind), MailSampleForm()
    if not form.validate():
        return _shown(found, form, 422)
    language, to = _language(form.lang.data), read_address(str(form.to.data))
    sample = f"<sample-{secrets.token_hex(8)}@{current_app.config['SETTINGS'].host}>"
    try:
        sample_messages.send_mail(replace(found.write(language), to=to, message_id=sample))
    except MailUnavailable:
        form.to.errors = ("メールを送れませんでした (The mail server did not take it)",)
        return _shown(found, form, 422)
    return redirect(plain_url_for(".show_mail", kind=kind, lang=language, sent=1), 303)


def _shown(kind: MailKind, form: MailSampleForm, status: int = 200) -> ResponseReturnValue:
    language = _language(request.values.get("lang"))
    return page(
        "design/mail.html",
        status,
        kind=kind,
        lang=language,
        message=kind.write(language),
        form=form,
        errors=errors_of(form),
        old_token=has_old_token(form),
        sent="sent" in request.args,
        is_sandbox_mail=_is_sandbox(),
        slugs=list(kinds()),
        here=HOME,
    )


def _is_sandbox() -> bool:
    """Whether mails go to the sandbox's mailbox."""
    url: str = current_app.config["SETTINGS"].mail_url.get_secret_value()
    return url.startswith("sandbox")


def _found(kind: str) -> MailKind:
    return kinds().get(kind) or abort(404)


def _language(asked_for: str | None) -> str:
    return asked_for if asked_for in LANGUAGES else LANGUAGES[0]


def _in_scheme(html: str, scheme: str) -> str:
    """The mail as in a program that is light or dark."""
    if scheme not in SCHEMES:
        return html
    html = html.replace(f"@media {IN_THE_DARK}", f"@media {SCHEMES[scheme]}")
    return html.replace("<style>", f"<style>:root {{ color-scheme: {scheme} }}", 1)
