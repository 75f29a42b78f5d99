"""What the page of a job shows: how far it is, and what became of each order."""

import sqlalchemy as sa
from flask import request, url_for
from flask.typing import ResponseReturnValue

from storefront.admin.orders import wording
from storefront.bulk import jobs
from storefront.bulk.models import BulkJob
from storefront.core.extensions import db
from storefront.web.rendering import page

ROWS = 100
RECENT = 20


def recent() -> ResponseReturnValue:
    """The jobs that were started last."""
    begun = sa.select(BulkJob).where(BulkJob.started_at.is_not(None))
    found = list(db.session.scalars(begun.order_by(BulkJob.id.desc()).limit(RECENT)))
    return page("admin/orders/jobs.html", jobs=found, actions=wording.action_names())


def show(job: BulkJob, *, is_refused: bool = False) -> ResponseReturnValue:
    """A job's progress and results, a page at a time."""
    after = request.args.get("after", 0, type=int)
    kind = "failed" if request.args.get("kind") == "failed" else ""
    results = jobs.results(job, max(after, 0), ROWS + 1, kind)
    last = results[ROWS - 1].position if len(results) > ROWS else None
    older = url_for(".job", job_id=job.id, after=last, kind=kind or None) if last else ""
    return page(
        "admin/orders/job.html",
        422 if is_refused else 200,
        job=job,
        progress=jobs.progress(job),
        results=results[:ROWS],
        older=older,
        newer=url_for(".job", job_id=job.id, kind=kind or None) if after else "",
        kind=kind,
        action=wording.action_names()[job.action],
        states=wording.results(),
        refusal=wording.refusal,
        is_running=job.started_at is not None and job.finished_at is None,
        old_token=is_refused,
        here=f"/admin/orders/jobs/{job.id}",
    )
