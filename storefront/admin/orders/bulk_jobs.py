"""One action for the ticked orders: begun here, done by the worker, followed on its page."""

from collections.abc import Iterable

import sqlalchemy as sa
from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import me
from storefront.admin.orders import bp, job_screen
from storefront.admin.orders.forms import PressForm
from storefront.bulk import jobs
from storefront.bulk.models import BulkJob, BulkResult
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.orders.queries import listing

AT_ONCE = ("deliver", "refresh", "link", "slip")
PAGES = {"ship": "admin.orders.ship", "print": "admin.orders.notes"}


def begin(do: str, numbers: list[str], person_id: int) -> ResponseReturnValue:
    """Lead to where the action goes on: to a page that asks for more, or to a job that begins at
    once."""
    if do in PAGES:
        return redirect(url_for(PAGES[do], n=numbers), 303)
    if do not in AT_ONCE:
        abort(404)
    found = listing.by_numbers(numbers)
    orders = [found[number] for number in dict.fromkeys(numbers) if number in found]
    if not orders:
        return redirect(url_for(".listing"), 303)
    return start(jobs.draft(do, person_id, [(order.id, "") for order in orders]), orders)


def start(job: BulkJob, orders: Iterable[Order] = ()) -> ResponseReturnValue:
    """Have the worker do the job, note it in the audit log, and lead to its page."""
    jobs.start(job)
    numbers = [order.number for order in orders]
    audit.record(f"orders.{job.action}", f"job {job.id}", after={"orders": numbers})
    return redirect(url_for(".job", job_id=job.id), 303)


@bp.get("/jobs")
def job_list() -> ResponseReturnValue:
    return job_screen.recent()


@bp.get("/jobs/<int:job_id>")
def job(job_id: int) -> ResponseReturnValue:
    return job_screen.show(_find(job_id))


@bp.post("/jobs/<int:job_id>/start")
def start_job(job_id: int) -> ResponseReturnValue:
    """Start a job that was shown as a draft."""
    found = _find(job_id)
    if not PressForm().validate():
        return job_screen.show(found, is_refused=True)
    orders = sa.select(Order).join(BulkResult).where(BulkResult.job_id == found.id)
    return start(found, db.session.scalars(orders.options(*listing.SHORT)))


@bp.post("/jobs/<int:job_id>/again")
def again(job_id: int) -> ResponseReturnValue:
    """Make a new job of the orders that the former one failed for."""
    found = _find(job_id)
    if not PressForm().validate():
        return job_screen.show(found, is_refused=True)
    failed = jobs.results(found, size=jobs.MOST, state="failed")
    if not failed:
        flash(_("もう一度行う注文はありません"))
        return redirect(url_for(".job", job_id=found.id), 303)
    slips = [(one.order_id, one.slip) for one in failed]
    new = jobs.draft(found.action, me().id, slips, found.carrier)
    return start(new, [one.order for one in failed])


def _find(job_id: int) -> BulkJob:
    return jobs.find(job_id) or abort(404)
