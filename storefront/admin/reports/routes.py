"""The reports' pages, and each part of one as a file."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only
from storefront.admin.reports import (
    funnel_report,
    periods,
    sales_report,
    texts_report,
    unpaid_report,
)
from storefront.admin.reports.report import Report
from storefront.admin.reports.tables import Part
from storefront.catalogue.csv import export
from storefront.catalogue.csv.encoding import BOMS, Encoding
from storefront.core import clock
from storefront.web.rendering import page

bp = Blueprint("reports", __name__, url_prefix="/reports")

MONTHS = 24
PROVIDERS_REPORTS = "providers_reports"  # the extension that holds them by their names


def _span_parts(of: Callable[..., list[Part]]) -> Callable[[], list[Part]]:
    return lambda: of(periods.span_of(request.args))


REPORTS = {
    "sales": Report(
        _l("売上"),
        _l("日・月・お支払い方法・商品ごと"),
        "days",
        _span_parts(sales_report.parts),
    ),
    "funnel": Report(
        _l("購入手続き"),
        _l("どこで、なぜやめたか。別の方法で完了したか"),
        "days",
        _span_parts(funnel_report.parts),
    ),
    "texts": Report(
        _l("SMS"),
        _l("通数・費用・到着までの時間・入力率"),
        "days",
        _span_parts(texts_report.parts),
    ),
    "unpaid": Report(_l("未入金"), _l("注文からの日数ごと"), "", unpaid_report.parts),
}


def _all() -> Mapping[str, Report]:
    """With those of providers."""
    added: Mapping[str, Report] = current_app.extensions[PROVIDERS_REPORTS]
    return {**REPORTS, **added}


@bp.get("")
@owner_only
def show() -> ResponseReturnValue:
    return page("admin/reports/show.html", reports=_all())


@bp.get("/<name>")
@owner_only
def report(name: str) -> ResponseReturnValue:
    """One report with its charts and tables."""
    one = _all().get(name) or abort(404)
    return page(
        "admin/reports/report.html",
        name=name,
        report=one,
        parts=one.parts(),
        span=periods.span_of(request.args),
        month=f"{periods.month_of(request.args):%Y-%m}",
        months=[(one, one) for one in periods.months_back(MONTHS)],
        paper=request.args.get("paper", ""),
        asked={key: value for key, value in request.args.items() if key in ASKED},
        today=clock.today(),
        here=url_for(".report", name=name),
    )


ASKED = ("from", "to", "month", "paper")


@bp.get("/<name>/<part>.csv")
@owner_only
def file(name: str, part: str) -> ResponseReturnValue:
    """A table of a report as CSV."""
    one = _all().get(name) or abort(404)
    found = next((each for each in one.parts() if each.name == part), None) or abort(404)
    audit.record("reports.export", f"{name}/{part}")
    body = BOMS[Encoding.UTF8] + export.table(found.lines(), Encoding.UTF8)
    saved_as = f"{name}-{part}-{clock.today():%Y%m%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{saved_as}"'}
    return Response(body, content_type="text/csv; charset=utf-8", headers=headers)
