"""The menu at the side: one row a page, in the order of the day's work."""

from collections.abc import Iterable

from flask import current_app
from flask_babel import lazy_gettext as _l

from storefront.admin.menu_entry import SETTINGS, Entry
from storefront.admin.plugin import plugins

ENTRIES = (
    Entry("home", _l("ホーム"), "admin.home.show"),
    Entry("orders", _l("注文"), "admin.orders.listing"),
    Entry("products", _l("商品"), "admin.products.listing"),
    Entry("reports", _l("レポート"), "admin.reports.show", is_owners=True),
    Entry("shop", _l("店舗情報"), "admin.shop_settings.show", SETTINGS, True),
    Entry("methods", _l("お支払い方法"), "admin.payment_methods.listing", SETTINGS, True),
    Entry("delivery", _l("配送"), "admin.delivery.listing", SETTINGS, True),
    Entry("messages", _l("メール・SMSの文面"), "admin.messages.listing", SETTINGS, True),
    Entry("limits", _l("SMSと注文の上限"), "admin.limits.show", SETTINGS, True),
    Entry("privacy", _l("個人情報の保存期間と削除"), "admin.privacy.show", SETTINGS, True),
    Entry("people", _l("担当者"), "admin.people.show", SETTINGS, True),
    Entry("audit", _l("操作の記録"), "admin.audit_log.show", SETTINGS, True),
)


def entries(is_owner: bool) -> list[tuple[object, list[Entry]]]:
    """Each group's heading with its entries, as far as this person may open them."""
    groups: dict[str, tuple[object, list[Entry]]] = {}
    for entry in _open_to(is_owner):
        groups.setdefault(str(entry.group), (entry.group, []))[1].append(entry)
    return list(groups.values())


def _open_to(is_owner: bool) -> Iterable[Entry]:
    known = current_app.view_functions
    return (one for one in _all() if one.endpoint in known and (is_owner or not one.is_owners))


def _all() -> list[Entry]:
    """With those of providers, each after the row that it names."""
    found = list(ENTRIES)
    for plugin in plugins():
        areas = [one.area for one in found]
        found.insert(areas.index(plugin.after) + 1, plugin.entry)
    return found
