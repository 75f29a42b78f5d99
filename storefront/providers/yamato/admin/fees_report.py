"""What a month of Kuroneko orders costs under each of Yamato's plans."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from storefront.admin.reports import charts
from storefront.admin.reports.tables import Column, Part
from storefront.providers.yamato.fees import fees, monthly
from storefront.providers.yamato.fees.rates import Invoice, Plan, tariff_on
from storefront.web.i18n import yen

DRAWN_TO, POINTS = 6_000_000, 2  # yen of a month's turnover, beyond the last break-even


def parts(month: date, payslip: Invoice) -> list[Part]:
    """Tables of the month's fees under each plan, in yen; raises LookupError for a month before the
    first tariff."""
    found, plans = monthly.month_of(month, payslip), tariff_on(month).plans
    best = fees.cheapest(found.costs)
    rows = [
        (
            _("プラン%(plan)s", plan=one.plan),
            one.monthly,
            one.invoices,
            one.settlement,
            one.tax,
            one.total,
            _("いちばん安い") if one.plan == best.plan else None,
        )
        for one in found.costs
    ]
    named = [(str(row[0]), int(row[5])) for row in rows]
    return [
        Part(
            "plans",
            _("プランごとの費用"),
            [
                Column(_("プラン")),
                Column(_("月額"), "yen"),
                Column(_("請求手数料"), "yen"),
                Column(_("決済手数料"), "yen"),
                Column(_("消費税"), "yen"),
                Column(_("合計(税込)"), "yen"),
                Column(_("判定")),
            ],
            rows,
            charts.bars(_("プランごとの費用(税込)"), named, yen),
            note=_(
                "ご注文%(n)s件、ご利用額%(yen)s。この月はプラン%(plan)sがいちばん安くなります。",
                n=sum(found.orders.values()),
                yen=yen(found.turnover),
                plan=best.plan,
            ),
        ),
        _break_evens(plans),
    ]


def _break_evens(plans: Mapping[str, Plan]) -> Part:
    points = [fees.BreakEven(0, list(plans)[-1]), *fees.break_evens(plans)]
    lines = {
        _("プラン%(plan)s", plan=name): [
            (0.0, float(plan.monthly)),
            (float(DRAWN_TO), plan.monthly + DRAWN_TO * plan.rate / 10_000),
        ]
        for name, plan in plans.items()
    }
    along = [yen(DRAWN_TO * nth // POINTS) for nth in range(POINTS)]
    about = _(
        "月のご利用額と、月額・決済手数料の合計(税別、請求手数料は同じ)。"
        "縦の線で分けた上の文字が、いちばん安いプランです"
    )
    zones = [(one.turnover, one.plan) for one in points]
    return Part(
        "break-even",
        _("安いプランが変わるところ"),
        [Column(_("月のご利用額(これ以上)"), "yen"), Column(_("いちばん安いプラン"))],
        [(one.turnover, _("プラン%(plan)s", plan=one.plan)) for one in points],
        charts.lines(about, lines, yen, along, zones),
    )
