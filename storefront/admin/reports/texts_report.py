"""Text messages: how many, how fast, what they cost, and how many codes come back."""

from flask_babel import gettext as _

from storefront.admin.reports import charts
from storefront.admin.reports.tables import Column, Part
from storefront.core.calendar import Span
from storefront.ports.plugin import Place
from storefront.ports.registry import providers
from storefront.shop import profile
from storefront.verification import statistics
from storefront.verification.statistics import Texts
from storefront.web.i18n import sentences


def parts(span: Span) -> list[Part]:
    """Tables of texts and of codes entered, by the beginning of the phone number."""
    texts = statistics.by_prefix(span)
    return [_sent(texts, profile.shop().yen_per_text), _entered(texts)]


def _sent(texts: list[Texts], yen_each: int) -> Part:
    rows = [
        (
            _prefix(one),
            one.texts,
            one.paid_texts * yen_each,
            one.delivered,
            one.failed,
            one.unreported,
            one.median,
            one.nine_tenths,
        )
        for one in texts
    ]
    return Part(
        "prefix",
        _("電話番号の先頭ごと"),
        [
            Column(_("先頭")),
            Column(_("送信"), "count"),
            Column(_("費用"), "yen"),
            Column(_("到着"), "count"),
            Column(_("不達・送信不可"), "count"),
            Column(_("到着の報告なし"), "count"),
            Column(_("到着までの中央値"), "seconds"),
            Column(_("10通中9通が到着するまで"), "seconds"),
        ],
        rows,
        charts.bars(_("送ったSMSの数"), [(row[0], row[1]) for row in rows], _count),
        has_total=True,
        note=sentences(
            [
                _("費用は「SMSと注文の上限」で登録した1通の料金で計算しています。"),
                *providers().notes(Place.CODE_COSTS),
            ]
        ),
    )


def _entered(texts: list[Texts]) -> Part:
    rows = [
        (_prefix(one), one.codes, one.entered, one.entered / one.codes)
        for one in texts
        if one.codes
    ]
    return Part(
        "codes",
        _("認証番号の入力"),
        [
            Column(_("先頭")),
            Column(_("認証番号"), "count"),
            Column(_("入力された番号"), "count"),
            Column(_("入力率"), "share"),
        ],
        rows,
        charts.bars(
            _("送った認証番号のうち、正しく入力された割合"),
            [(name, round(100 * share)) for name, _sent, _entered, share in rows],
            "{}%".format,
            whole=100,
        ),
    )


def _prefix(one: Texts) -> str:
    return one.prefix or _("不明")


def _count(texts: int) -> str:
    return _("SMS %(n)s通", n=f"{texts:,}")
