"""What the page of one order shows."""

from typing import Any

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import me
from storefront.admin.forms import AdminForm
from storefront.admin.orders import actions, timeline, wording
from storefront.admin.orders.access import may_show
from storefront.admin.orders.actions import ACTIONS
from storefront.admin.orders.forms import NoteForm
from storefront.core.extensions import db
from storefront.orders import owed_back, receipt
from storefront.orders.emails import content
from storefront.orders.models import Order
from storefront.orders.provider_calls import is_of_another_contract
from storefront.orders.queries import delivery_facts
from storefront.payments.models import PaymentMethod
from storefront.payments.status import PaymentState
from storefront.ports.registry import providers
from storefront.web.i18n import localized
from storefront.web.rendering import errors_of, has_old_token, page


def show(
    order: Order, form: AdminForm | None = None, code: str = "", refused: str = ""
) -> ResponseReturnValue:
    """The order's page; with form it is 422 and shows what was typed into the form of that code,
    and why it was refused."""
    names = method_names()
    is_another = is_of_another_contract(order)
    parcel = order.shipments[0] if order.shipments else None
    return page(
        "admin/orders/show.html",
        200 if form is None else 422,
        order=order,
        answers=receipt.answers_of(order),
        taxes=receipt.taxes_of(order),
        delivery=delivery_facts.delivery_of(order),
        parcel=parcel,
        carrier=content.carrier_of(parcel) if parcel else "",
        tracking=content.tracking_url(parcel) if parcel else "",
        status_words=wording.statuses(),
        payment_words=wording.payments(),
        standing_words=wording.standings(),
        tone=wording.tone,
        method=names.get(order.payment_code, order.payment_code),
        entries=timeline.of(order, names),
        is_of_another_contract=is_another,
        contract=wording.contract(order.contract),
        provider=wording.provider(order.payment_code),
        calls=[call for one in providers().plugins for call in one.calls(order.checkout_id)],
        give_back_by_hand=owed_back.yen_of(order),
        given_back=owed_back.sent_of(order),
        is_unpaid_prepayment=actions.is_unpaid_prepayment(order),
        masked_email=audit.masked_email(receipt.answers_of(order).email),
        is_shown=may_show(order, request.args.get("shown", "")),
        note=form if isinstance(form, NoteForm) else NoteForm(None, note=order.staff_note),
        old_token=form is not None and has_old_token(form),
        here=f"/admin/orders/{order.number}",
        **_forms(order, form, code, refused, is_another),
    )


def _forms(
    order: Order, form: AdminForm | None, code: str, refused: str, is_another: bool
) -> dict[str, Any]:
    """Those for what may be done now; one that was refused stands there, whatever may be done."""
    codes = actions.open_to(order, is_of_another_contract=is_another)
    if form is not None and code in ACTIONS and code not in codes:
        codes.append(code)
    return {
        "forms": {one: form if one == code and form else _empty(order, one) for one in codes},
        "money_back": {one for one in codes if actions.gives_money_back(order, one)},
        "is_owner": me().is_owner,
        "refused": {code: refused} if refused else {},
        "errors": errors_of(form) if form is not None else [],
    }


def _empty(order: Order, code: str) -> AdminForm:
    action = ACTIONS[code]
    return action.form(None, **action.filled(order))


def method_names() -> dict[str, str]:
    """Names of all payment methods by code, unpublished ones too, as older orders were placed by
    them."""
    methods = db.session.scalars(sa.select(PaymentMethod).order_by(PaymentMethod.position))
    return {one.code: localized(one, "name") for one in methods}


def done(code: str, order: Order) -> str:
    """The sentence that says what an action has done."""
    if code == "paid" and order.payment_status != PaymentState.PAID:
        return _("終わった注文への入金を記録しました。お客様に返金してください")
    if code == "given-back":
        return _("返金したことを記録しました")
    if order.erased_at:
        return _("登録しました。個人情報は削除済みのため、お客様へのお知らせは送りません")
    return {
        "paid": _("入金を確認しました。お客様にメールでお知らせします"),
        "prepare": _("出荷準備にしました"),
        "ship": _("発送しました。お客様にメールでお知らせします"),
        "change-slip": _("送り状番号を変更しました。お客様にメールでお知らせします"),
        "withdraw": _("送り状を取り消しました"),
        "deliver": _("お届け完了にしました"),
        "link": _("支払いリンクをもう一度送ります"),
        "refresh": _("状態を更新しました"),
        "close": _("入金済みにしました"),
        "reduce": _("請求金額を変更しました。お客様にメールでお知らせします"),
        "reissue": _("請求書の再発行を依頼しました"),
        "cancel": _("キャンセルしました。お客様にメールでお知らせします"),
        "return": _("返品にしました。お客様にメールでお知らせします"),
        "refund": _("返金にしました。お客様にメールでお知らせします"),
    }[code]
