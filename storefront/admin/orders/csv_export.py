"""Orders as a CSV file, for an owner who has just shown once more who it is."""

from collections.abc import Iterator

from flask import Response, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only, proven
from storefront.admin.orders import bp
from storefront.admin.orders.filters import Narrowed, narrowed
from storefront.core import clock
from storefront.orders.queries import csv_export, listing
from storefront.web.rendering import page

ENCODINGS = ("utf-8", "cp932")


@bp.get("/export")
@owner_only
@proven
def export_page() -> ResponseReturnValue:
    """How many orders the file would hold."""
    asked = narrowed(request.args)
    return page(
        "admin/orders/export.html",
        asked=asked.asked,
        count=listing.count(asked.wanted),
        most=listing.MOST_COUNTED,
    )


@bp.get("/export.csv")
@owner_only
@proven
def export_file() -> ResponseReturnValue:
    """The orders of the filter as CSV, in UTF-8 or Shift_JIS, written in pieces."""
    asked = narrowed(request.args)
    encoding = request.args.get("encoding", "")
    encoding = encoding if encoding in ENCODINGS else ENCODINGS[0]
    kept = {name: value for name, value in asked.asked.items() if name != "q"}
    audit.record("orders.export", after={**kept, "searched": bool(asked.typed)})
    name = f"orders-{clock.today():%Y%m%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    body = stream_with_context(csv_export.encoded(_lines(asked), encoding))
    charset = "utf-8" if encoding == "utf-8" else "Shift_JIS"
    return Response(body, content_type=f"text/csv; charset={charset}", headers=headers)


def _lines(asked: Narrowed) -> Iterator[list[object]]:
    yield [
        _("注文番号"),
        _("注文日時"),
        _("状態"),
        _("支払い方法"),
        _("決済状態"),
        _("お名前"),
        _("フリガナ"),
        _("電話番号"),
        _("メールアドレス"),
        _("郵便番号"),
        _("住所"),
        _("お届け先のお名前"),
        _("お届け先の郵便番号"),
        _("お届け先の住所"),
        _("お届け先の電話番号"),
        _("送り状番号"),
        _("商品コード"),
        _("商品名"),
        _("種類"),
        _("単価(税込)"),
        _("数量"),
        _("税率(パーセント)"),
        _("小計(税込)"),
        _("送料"),
        _("手数料"),
        _("減額"),
        _("請求金額"),
        _("会社名・団体名"),
        _("お届け先の会社名・団体名"),
        _("贈り主"),
        _("送り状の会社・部門名"),
        _("送り状のお届け先名"),
        _("送り状の敬称"),
        _("送り状のご依頼主名"),
        _("売上(税込、注文ごとに1回)"),
    ]
    yield from csv_export.lines(asked.wanted)
