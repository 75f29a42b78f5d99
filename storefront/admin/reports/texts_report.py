"""Text messages: how many, how fast, what they cost, and how many codes come back."""

from flask_babel import gettext as _

from storefront.admin.reports import charts
from storefront.admin.reports.tables import Column, Part
from storefront.days import Span
from storefront.shop import profile
from storefront.verification import counting


def parts(span: Span) -> list[Part]:
    texts, each = counting.by_prefix(span), profile.shop().yen_per_text
    rows = [
        (
            one.prefix or _("不明"),
            one.texts,
            one.paid_texts * each,
            one.delivered,
            one.failed,
            one.median,
            one.nine_tenths,
            one.codes,
            one.entered,
            one.entered / one.codes if one.codes else None,
        )
        for one in texts
    ]
    return [
        Part(
            "prefix",
            _("電話番号の先頭ごと"),
            [
                Column(_("先頭")),
                Column(_("送信"), "count"),
                Column(_("費用"), "yen"),
                Column(_("到着"), "count"),
                Column(_("不達"), "count"),
                Column(_("到着までの中央値"), "seconds"),
                Column(_("90%%が到着するまで") % {}, "seconds"),
                Column(_("認証番号"), "count"),
                Column(_("入力された"), "count"),
                Column(_("入力率"), "share"),
            ],
            rows,
            charts.bars(_("送ったSMSの数"), [(str(row[0]), int(row[1])) for row in rows], _("通")),
            has_total=True,
            note=_(
                "費用は「SMSの上限」で登録した1通の料金で計算しています。"
                "ヤマトが送る認証番号は、お店の費用に含みません。"
            ),
        )
    ]
