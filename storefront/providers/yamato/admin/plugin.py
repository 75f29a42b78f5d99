"""Yamato on the owner's side: the settings' page, its row of the menu, the report of fees."""

from flask import request
from flask_babel import lazy_gettext as _l

from storefront.admin.menu_entry import SETTINGS, Entry
from storefront.admin.plugin import AdminPlugin
from storefront.admin.reports import periods
from storefront.admin.reports.report import Report
from storefront.admin.reports.tables import Part
from storefront.payments.methods import KURONEKO
from storefront.providers.yamato.admin import fees_report, routes, wording
from storefront.providers.yamato.fees.rates import Invoice


def _fees() -> list[Part]:
    paper = Invoice.LETTER if request.args.get("paper") == "letter" else Invoice.POSTCARD
    try:
        return fees_report.parts(periods.month_of(request.args), paper)
    except LookupError:
        return []


REPORTS = {
    "fees": Report(_l("ヤマトの料金プラン"), _l("4つのプランの比較と、変わり目"), "month", _fees)
}
ENTRY = Entry("yamato", _l("ヤマトグループサービス設定"), "admin.yamato.show", SETTINGS, True)
PLUGIN = AdminPlugin(
    KURONEKO,
    routes,
    ENTRY,
    after="methods",
    reports=REPORTS,
    request_names=wording.request_names,
    opening_items=wording.opening_items,
    cautions=wording.cautions,
    code_note=wording.code_note,
)
