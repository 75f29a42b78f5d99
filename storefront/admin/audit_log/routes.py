"""The audit log, newest first, a page at a time."""

import sqlalchemy as sa
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from storefront.admin.auth import audit, audit_end
from storefront.admin.auth.gate import owner_only
from storefront.admin.auth.models import AuditEntry
from storefront.core.extensions import db
from storefront.ports.mail import comparable
from storefront.web.rendering import page

bp = Blueprint("audit_log", __name__, url_prefix="/audit")

ROWS = 50


@bp.get("")
@owner_only
def show() -> ResponseReturnValue:
    """A page of entries, filtered by person and action."""
    who, action = request.args.get("who", "").strip(), request.args.get("action", "").strip()
    entries = sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(ROWS + 1)
    if who:
        entries = entries.where(AuditEntry.who == comparable(who))
    if action:
        entries = entries.where(AuditEntry.action.startswith(action, autoescape=True))
    before = request.args.get("before", type=int)
    if before:
        entries = entries.where(AuditEntry.id < before)
    found = list(db.session.scalars(entries))
    return page(
        "admin/audit_log/show.html",
        entries=found[:ROWS],
        older=found[ROWS - 1].id if len(found) > ROWS else None,
        who=who,
        action=action,
        is_first=not before,
    )


@bp.get("/check")
@owner_only
def check() -> ResponseReturnValue:
    """Whether an entry was changed or removed since it was written."""
    return page(
        "admin/audit_log/check.html",
        broken=audit.first_broken(),
        gone=audit_end.first_gone(),
        is_noted=bool(audit_end.noted()),
        end=audit_end.now(),
    )
