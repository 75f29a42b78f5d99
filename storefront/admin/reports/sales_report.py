"""What was sold, by day, month, method and product."""

from collections.abc import Sequence

from flask_babel import gettext as _

from storefront.admin.orders.detail_screen import method_names
from storefront.admin.reports import charts
from storefront.admin.reports.tables import Cell, Column, Part
from storefront.core.calendar import Span
from storefront.reports import sales
from storefront.reports.sales import Goods, Services, Sold
from storefront.web.i18n import yen

DRAWN = 10  # products in the chart; the table has them all
MOST = 500  # products


def parts(span: Span) -> list[Part]:
    """Tables of sales by day, month, payment method and product, in yen."""
    return [_by_day(span), _by_month(span), _by_method(span), _by_product(span)]


def _by_day(span: Span) -> Part:
    sold = sales.by_day(span)
    named = [(f"{int(one.key[5:7])}/{int(one.key[8:])}", one.yen) for one in sold]
    chart = charts.columns(_("日ごとの売上"), named, yen)
    return _part("day", _("日ごと"), _("日"), [(one.key, one) for one in sold], chart)


def _by_month(span: Span) -> Part:
    sold = sales.by_month(span)
    chart = charts.columns(_("月ごとの売上"), [(one.key, one.yen) for one in sold], yen)
    return _part("month", _("月ごと"), _("月"), [(one.key, one) for one in sold], chart)


def _by_method(span: Span) -> Part:
    names = method_names()
    sold = [(names.get(one.key, one.key), one) for one in sales.by_method(span)]
    chart = charts.bars(_("お支払い方法ごとの売上"), [(name, one.yen) for name, one in sold], yen)
    return _part("method", _("お支払い方法ごと"), _("お支払い方法"), sold, chart)


def _by_product(span: Span) -> Part:
    goods = sales.by_product(span)
    named = [(one.name, one.yen) for one in goods[:DRAWN]]
    return Part(
        "product",
        _("商品ごと"),
        [
            Column(_("商品名")),
            Column("SKU"),
            Column(_("点数"), "count"),
            Column(_("売上(税込)"), "yen"),
        ],
        [*_rows(goods), *_besides(sales.services(span))],
        charts.bars(_("売上の多い商品"), named, yen),
        has_total=True,
    )


def _rows(goods: list[Goods]) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [(one.name, one.sku, one.pieces, one.yen) for one in goods[:MOST]]
    rest = goods[MOST:]
    if rest:
        pieces, total = sum(one.pieces for one in rest), sum(one.yen for one in rest)
        rows.append((_("そのほかの商品"), None, pieces, total))
    return rows


def _besides(services: Services) -> list[Sequence[Cell]]:
    """What an order is charged besides its goods, so that the parts of the report agree."""
    sums = [
        (_("送料"), services.shipping),
        (_("手数料"), services.fees),
        (_("減額"), -services.taken_off),
    ]
    return [(name, None, None, yen) for name, yen in sums if yen]


def _part(
    name: str, title: str, first: str, sold: list[tuple[str, Sold]], chart: charts.Chart
) -> Part:
    rows = [(words, one.orders, one.yen, one.lost) for words, one in sold]
    return Part(
        name,
        title,
        [
            Column(first),
            Column(_("注文"), "count"),
            Column(_("売上(税込)"), "yen"),
            Column(_("取消・返品"), "count"),
        ],
        rows,
        chart,
        has_total=True,
    )
