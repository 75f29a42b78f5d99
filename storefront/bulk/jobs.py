"""Jobs for many orders: made, started, and done by the worker a few orders at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from storefront.bulk import action_errors
from storefront.bulk.actions import ACTIONS
from storefront.bulk.models import BulkJob, BulkResult
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.outbox import outbox
from storefront.ports.payments import Carrier, GatewayUnavailable, TrackedParcel

SLICE = 8  # orders for one row of the outbox: a slow provider's answers fit into its lease
LEASE = timedelta(minutes=2)  # of one order, by a worker that may have died over it
MOST = 5000


@dataclass(frozen=True)
class Progress:
    """How many orders there are, and of those how many are done, failed and waiting."""

    total: int
    done: int
    failed: int

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.failed


def draft(
    action: str, made_by: int, slips: Iterable[tuple[int, str]], carrier: str = ""
) -> BulkJob:
    """A job for these orders, each with its tracking number where it has one; not yet begun."""
    job = BulkJob(action=action, made_by=made_by, made_at=clock.now(), carrier=carrier or "yamato")
    with transaction(of=f"bulk drafts {made_by}"):
        _forget_drafts(made_by)
        db.session.add(job)
        db.session.flush()
        lines = [
            {"job_id": job.id, "position": position, "order_id": order_id, "slip": slip}
            for position, (order_id, slip) in enumerate(slips, 1)
        ]
        db.session.execute(sa.insert(BulkResult), lines)
    return job


def _forget_drafts(made_by: int) -> None:
    """Of the same person, which were left."""
    drafts = sa.select(BulkJob.id).where(BulkJob.made_by == made_by, BulkJob.started_at.is_(None))
    db.session.execute(sa.delete(BulkResult).where(BulkResult.job_id.in_(drafts)))
    left = sa.delete(BulkJob).where(BulkJob.made_by == made_by, BulkJob.started_at.is_(None))
    db.session.execute(left)


def start(job: BulkJob) -> bool:
    """False where it was started before."""
    fresh = (BulkJob.id == job.id) & BulkJob.started_at.is_(None)
    begin = sa.update(BulkJob).where(fresh).values(started_at=clock.now())
    with transaction(of=f"bulk drafts {job.made_by}"):
        begun = db.session.scalar(begin.returning(BulkJob)) is not None
        if begun:
            outbox.add("bulk-job", job.id)
    outbox.wake_worker()
    return begun


def find(job_id: int) -> BulkJob | None:
    return db.session.get(BulkJob, job_id)


def progress(job: BulkJob) -> Progress:
    mine = sa.select(BulkResult.state, sa.func.count()).where(BulkResult.job_id == job.id)
    counted = db.session.execute(mine.group_by(BulkResult.state))
    counts: dict[str, int] = {row[0]: row[1] for row in counted}
    return Progress(sum(counts.values()), counts.get("done", 0), counts.get("failed", 0))


def results(job: BulkJob, after: int = 0, size: int = 100, state: str = "") -> list[BulkResult]:
    """A page of them with their orders, in the order in which they were given."""
    query = sa.select(BulkResult).where(BulkResult.job_id == job.id, BulkResult.position > after)
    query = query.where(BulkResult.state == state) if state else query
    query = query.options(joinedload(BulkResult.order)).order_by(BulkResult.position)
    return list(db.session.scalars(query.limit(size)))


def work(job_id: int) -> None:
    """Some orders of a started job; the rest follows in another row, so that mails get between."""
    job = db.session.get_one(BulkJob, job_id)
    positions = _next(job_id)
    for position in positions:
        if _claim(job_id, position):
            _do(job, position)
            outbox.still_here()
    with transaction():
        done = progress(job)
        if not done.waiting:
            job.finished_at = clock.now()
        elif positions:
            outbox.add("bulk-job", job_id, tag=str(done.total - done.waiting))
    if done.waiting and not positions:
        raise GatewayUnavailable("Another worker is at it, or has died over it")
    outbox.wake_worker()


def _free() -> sa.ColumnElement[bool]:
    died = (BulkResult.state == "running") & (BulkResult.at < clock.now() - LEASE)
    return (BulkResult.state == "waiting") | died


def _next(job_id: int) -> list[int]:
    query = sa.select(BulkResult.position).where(BulkResult.job_id == job_id, _free())
    return list(db.session.scalars(query.order_by(BulkResult.position).limit(SLICE)))


def _claim(job_id: int, position: int) -> bool:
    mine = (BulkResult.job_id == job_id) & (BulkResult.position == position) & _free()
    claim = sa.update(BulkResult).where(mine).values(state="running", at=clock.now())
    with transaction():
        return db.session.scalar(claim.returning(BulkResult.position)) is not None


def _do(job: BulkJob, position: int) -> None:
    result = db.session.get_one(BulkResult, (job.id, position))
    order = db.session.get_one(Order, result.order_id)
    slip = TrackedParcel(Carrier(job.carrier), result.slip, clock.today())
    brought: list[Any] = []
    reason = action_errors.attempt(lambda: brought.extend(ACTIONS[job.action](order, slip) or []))
    with transaction():
        result.state, result.reason = ("failed", reason) if reason else ("done", "")
        result.at, result.brought = clock.now(), brought or None
