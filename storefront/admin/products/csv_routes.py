"""All products as a table: out, and in again once every row was found good."""

from typing import Any

from flask import (
    Response,
    abort,
    current_app,
    flash,
    redirect,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only
from storefront.admin.forms import AdminForm
from storefront.admin.held_requests.screen import require_fresh_token
from storefront.admin.products import bp
from storefront.catalogue.csv import export as csv_export
from storefront.catalogue.csv import import_job
from storefront.catalogue.csv.encoding import BOMS, Encoding
from storefront.catalogue.csv.import_job import ImportState
from storefront.catalogue.models import ProductImport
from storefront.core import clock
from storefront.web.i18n import locale
from storefront.web.rendering import has_old_token, page

MOST_BYTES = 20 * 1024 * 1024
LATEST = 10
SHOWN = 100  # faults on the page; the file has all that are kept


@bp.get("/sheet")
@owner_only
def sheet() -> ResponseReturnValue:
    return _page()


@bp.get("/sheet.csv")
@owner_only
def export() -> ResponseReturnValue:
    """All products as CSV."""
    wanted = request.args.get("encoding", "")
    encoding = Encoding.CP932 if wanted == Encoding.CP932 else Encoding.UTF8
    audit.record("products.export", after={"encoding": str(encoding)})
    body = stream_with_context(csv_export.written(encoding, locale()))
    return _file(body, f"products-{clock.today():%Y%m%d}.csv", encoding)


@bp.post("/sheet")
@owner_only
def upload() -> ResponseReturnValue:
    """Keep a file and have it checked. The limit of a request's size is raised before the form is
    read."""
    request.max_content_length = MOST_BYTES
    form = AdminForm()
    if not form.validate():
        return _page(422, old_token=has_old_token(form))
    sent = request.files.get("file")
    content = sent.read() if sent else b""
    if sent is None or not content:
        return _page(422, errors=[("file", _("CSVのファイルを選んでください"))])
    one = import_job.start(content, sent.filename or "", locale())
    audit.record("products.import.check", one.file, after={"import": one.id})
    return redirect(url_for("admin.products.sheet_import", import_id=one.id), 303)


@bp.get("/imports/<int:import_id>")
@owner_only
def sheet_import(import_id: int) -> ResponseReturnValue:
    """An import's progress, faults and counts."""
    one = _import(import_id)
    state = ImportState(one.state)
    return page(
        "admin/products/import.html",
        one=one,
        state=state,
        is_working=state.is_working,
        faults=one.faults[:SHOWN],
        fault_count=one.changes.get("faults", len(one.faults)),
    )


@bp.post("/imports/<int:import_id>")
@owner_only
def approve(import_id: int) -> ResponseReturnValue:
    """Have a checked import written."""
    require_fresh_token()
    one = _import(import_id)
    if import_job.approve(one.id):
        audit.record("products.import", one.file, after={"import": one.id, **one.changes})
        flash(_("取り込みを始めました"))
    return redirect(url_for("admin.products.sheet_import", import_id=one.id), 303)


@bp.get("/imports/<int:import_id>/faults.csv")
@owner_only
def faults(import_id: int) -> ResponseReturnValue:
    """An import's faults as CSV."""
    one = _import(import_id)
    titles = [_("行"), _("列"), _("値"), _("誤り"), _("直し方")]
    names = ("row", "column", "value", "what", "todo")
    rows = [titles, *([str(fault[name]) for name in names] for fault in one.faults)]
    body = BOMS[Encoding.UTF8] + csv_export.table(rows, Encoding.UTF8)
    return _file(body, f"faults-{one.id}.csv", Encoding.UTF8)


def _import(import_id: int) -> ProductImport:
    return import_job.find(import_id) or abort(404)


def _file(body: Any, name: str, encoding: Encoding) -> Response:
    charset = "Shift_JIS" if encoding is Encoding.CP932 else "utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response: Response = current_app.response_class(
        body, content_type=f"text/csv; charset={charset}", headers=headers
    )
    return response


def _page(
    status: int = 200, errors: list[tuple[str, str]] | None = None, old_token: bool = False
) -> ResponseReturnValue:
    return page(
        "admin/products/sheet.html",
        status,
        errors=errors or [],
        old_token=old_token,
        latest=import_job.latest(LATEST),
    )
