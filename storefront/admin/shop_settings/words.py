"""What the items of the law are called, and where each is filled in."""

from flask import current_app, url_for
from flask_babel import gettext as _

from storefront.admin.plugin import plugins


def items() -> dict[str, str]:
    """Names of the items that shop_opening asks for, with those that the providers' plugins add."""
    return {
        "seller": _("販売業者"),
        "manager": _("運営統括責任者"),
        "address": _("所在地"),
        "phone": _("電話番号"),
        "email": _("メールアドレス"),
        "hours": _("受付時間"),
        "goods": _("商品と数量(公開中の商品)"),
        "price": _("販売価格"),
        "shipping": _("送料(公開中の配送方法)"),
        "payment": _("お支払い方法と手数料"),
        "payment_time": _("お支払いの時期"),
        "delivery_time": _("商品の引渡時期"),
        "cancel_terms": _("キャンセル・返品"),
        "period": _("申込期間"),
        "limits": _("数量の制限・特別な販売条件"),
        "environment": _("動作環境"),
        "demo_account": _("見本のお店の口座(お支払い方法)"),
        "demo_invoice_number": _("見本のお店の登録番号(店舗情報)"),
        **{code: words for one in plugins() for code, words in one.opening_items().items()},
    }


def places() -> dict[str, str]:
    """The address of the field that fills an item in; empty for an item that the shop says by
    itself."""
    methods = _of("admin.payment_methods.listing")
    delivery, products = _of("admin.delivery.listing"), _of("admin.products.listing")
    profile = url_for("admin.shop_settings.show")
    fields = ("seller", "manager", "address", "phone", "email", "hours", "cancel_terms")
    return {
        **{name: f"{profile}#{name}" for name in fields},
        **dict.fromkeys(("goods", "price"), products),
        **dict.fromkeys(("shipping", "delivery_time"), delivery),
        **dict.fromkeys(("payment", "payment_time", "demo_account"), methods),
        "demo_invoice_number": f"{profile}#invoice_number",
        **{code: url_for(one.entry.endpoint) for one in plugins() for code in one.opening_items()},
    }


def _of(endpoint: str) -> str:
    return url_for(endpoint) if endpoint in current_app.view_functions else ""
