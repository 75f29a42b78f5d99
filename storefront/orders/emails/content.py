"""Mails about an order that need no template of their own: words, facts and one link."""

from flask import current_app
from flask_babel import gettext as _

from storefront.core.japanese import without_honorific
from storefront.orders import receipt, wording
from storefront.orders.fulfilment import CANCELLED_BY_SHOPPER
from storefront.orders.models import Order, Shipment
from storefront.orders.progress import progress_of
from storefront.orders.queries import delivery_facts
from storefront.orders.status import OrderStatus
from storefront.ports.mail import Message, message_id
from storefront.ports.payments import Carrier
from storefront.shop import emails, message_templates, profile
from storefront.shop.emails import Letter
from storefront.web.i18n import absolute_url, full_day, localized, moment, price

TRACKING = "https://member.kms.kuronekoyamato.co.jp/parcel/detail?pno="  # Yamato's own page


def message(order: Order, kind: str, letter: Letter) -> Message:
    """The mail to send; the same letter has the same Message-ID at every try."""
    answers = receipt.answers_of(order)
    host = current_app.config["SETTINGS"].host
    return emails.of_letter(
        message_id(host, order.token, kind, letter.version),
        answers.email,
        emails.subject_of(letter.title, order.number),
        letter,
        answers=answers,
        order=order,
        progress=progress_of(order),
        steps=wording.steps(order),
    )


def values_of(order: Order) -> dict[str, str]:
    """The values that the owner's own wordings may name, in the current language."""
    return {
        "shop": localized(profile.shop(), "name"),
        "order": order.number,
        "amount": price(order.owed),
        "name": without_honorific(receipt.answers_of(order).customer.addressee),
        "url": status_url(order),
    }


def status_url(order: Order) -> str:
    return absolute_url("orders.status", order.locale, token=order.token)


def carrier_of(parcel: Shipment) -> str:
    return _("ヤマト運輸") if parcel.carrier == Carrier.YAMATO else _("その他の運送会社")


def tracking_url(parcel: Shipment) -> str:
    """Empty for a carrier whose page the shop does not know."""
    return f"{TRACKING}{parcel.slip}" if parcel.carrier == Carrier.YAMATO else ""


def shipped(order: Order) -> Letter | None:
    if not order.shipments:
        return None
    parcel = order.shipments[0]
    tracking = tracking_url(parcel)
    facts = [
        (_("発送日時"), moment(parcel.shipped_at)),
        (_("運送会社"), carrier_of(parcel)),
        (_("送り状番号"), parcel.slip),
    ]
    if tracking:
        facts.append((_("荷物の追跡"), tracking))
    return Letter(
        _("商品を発送しました"),
        message_templates.paragraphs("shipped-mail", {**values_of(order), "slip": parcel.slip})
        or [_("ご注文の商品を発送しました。到着までもうしばらくお待ちください。")],
        facts,
        status_url(order),
        _("注文状況を見る"),
        version=parcel.slip,
    )


def cancelled(order: Order) -> Letter | None:
    if order.status != "cancelled":
        return None
    if any(one.event == CANCELLED_BY_SHOPPER for one in order.events):
        return _cancelled_by_shopper(order)
    free = _("ご注文を取り消しました。お支払いは不要です。")
    if any(one.event == "lapsed" for one in order.events):
        free = _(
            "お支払いの期限までにご入金を確認できなかったため、ご注文を取り消しました。"
            "行き違いでお支払い済みの場合は、ご入金を確認してご返金します。"
        )
    back = _("ご注文を取り消しました。お支払い済みの代金はご返金します。")
    return _called_off(order, _("ご注文を取り消しました"), free, back)


def _cancelled_by_shopper(order: Order) -> Letter:
    free = _("画面からのお申し出により、ご注文をキャンセルしました。お支払いは不要です。")
    back = _(
        "画面からのお申し出により、ご注文をキャンセルしました。お支払い済みの代金はご返金します。"
    )
    return _called_off(order, _("ご注文のキャンセルを承りました"), free, back)


def not_cancelled(order: Order) -> Letter | None:
    """How a cancellation ended that was waiting for the provider's answer."""
    if order.status == "cancelled":
        return None
    words = _(
        "キャンセルのお申し出を承りましたが、お手続きができませんでした。ご注文は元のままです。"
        "キャンセルをご希望のときは、お手数ですがご連絡ください。"
    )
    return Letter(
        _("ご注文をキャンセルできませんでした"), [words], [], status_url(order), _("注文状況を見る")
    )


def returned(order: Order) -> Letter | None:
    if order.status != "returned":
        return None
    free = _("お送りした商品が当店に戻りました。お支払いは不要です。")
    back = _("お送りした商品が当店に戻りました。お支払い済みの代金はご返金します。")
    return _called_off(order, _("返品を承りました"), free, back)


def refunded(order: Order) -> Letter | None:
    """Where the order itself was called off, its own letter says so."""
    if order.payment_status != "refunded" or order.status in {"cancelled", "returned"}:
        return None
    words = _("お支払い済みの代金をご返金します。")
    return _called_off(order, _("ご返金のお知らせ"), words, words)


def _called_off(order: Order, title: str, free: str, back: str) -> Letter:
    is_back = order.payment_status == "refunded"
    words = [back, wording.way_back(order)] if is_back else [free]
    facts = [(_("金額"), price(order.received if is_back else order.owed))]
    return Letter(title, words, facts, status_url(order), _("注文状況を見る"))


def reduced(order: Order) -> Letter | None:
    if order.reduced_to is None or order.payment_status in {"cancelled", "refunded"}:
        return None
    facts = [
        (_("変更前の金額"), price(order.total)),
        (_("変更後の金額"), price(order.owed)),
    ]
    return Letter(
        _("ご請求金額を変更しました"),
        [_("ご請求金額を次のとおり変更しました。お支払い方法と期限は変わりません。")],
        facts,
        status_url(order),
        _("注文状況を見る"),
        version=str(order.owed),
    )


def paid(order: Order) -> Letter | None:
    if order.payment_status != "paid":
        return None
    thanks = [_("お支払いを確認しました。ありがとうございました。")]
    return Letter(
        _("お支払いを確認しました"),
        thanks + ([over] if (over := over_words(order)) else []),
        _paid_facts(order),
        absolute_url("orders.show_receipt", order.locale, token=order.token),
        _("領収書を見る"),
    )


def _paid_facts(order: Order) -> list[tuple[str, str]]:
    came = order.deposit
    facts = [(_("お支払い金額"), price(order.received)), *_what_follows(order)]
    if came:
        return [*facts, (_("ご入金日"), full_day(came.received_on))]
    return facts + [
        (_("お支払い日"), moment(one.at)) for one in order.events if one.event == "paid"
    ]


def _what_follows(order: Order) -> list[tuple[str, str]]:
    """When a parcel comes that has waited for its money."""
    waited = order.kind.waits and order.status in {OrderStatus.PLACED, OrderStatus.PREPARING}
    return [(_("お届け予定"), delivery_facts.expected(order))] if waited else []


def over_words(order: Order) -> str:
    """A sentence on a difference between what was charged and what came; empty without one."""
    over = order.deposit.over if order.deposit else 0
    if over > 0:
        return _(
            "ご請求金額より%(yen)s多くお振込みいただきました。差額については、当店からご連絡します。",
            yen=price(over),
        )
    if over < 0:
        return _(
            "ご請求金額より%(yen)s少ないお振込みでしたが、お支払い済みとして承りました。",
            yen=price(-over),
        )
    return ""


def late_money(order: Order) -> Letter | None:
    """The mail about money that came after the order's end; None where none came."""
    if not order.came_late:
        return None
    words = _(
        "このご注文は終了しているため、お振込みいただいた代金をご返金します。"
        "ご返金先の口座をうかがうため、当店からご連絡します。"
    )
    return Letter(
        _("お振込みいただいた代金をご返金します"),
        [words],
        [(_("ご返金する金額"), price(order.came_late))],
        status_url(order),
        _("注文状況を見る"),
        version=str(order.came_late),
    )
