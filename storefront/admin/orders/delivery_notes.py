"""Delivery notes to print, one a sheet, with what goes on a payslip that lies in the parcel."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload

from storefront.admin.auth import audit
from storefront.admin.auth.gate import me
from storefront.admin.orders import bp, bulk_jobs, wording
from storefront.admin.orders.forms import MOST_TICKED, PressForm
from storefront.bulk import action_errors, jobs
from storefront.bulk.actions import slip_data
from storefront.bulk.models import BulkJob
from storefront.core.extensions import db
from storefront.orders import receipt
from storefront.orders.models import Order
from storefront.ports.registry import providers
from storefront.shop import profile
from storefront.web.rendering import page

Brought = dict[int, list[Any]]  # an order's id to what its provider wants printed


@bp.get("/notes")
def notes() -> ResponseReturnValue:
    """One order's slip is asked for at once; those of several are fetched by the worker first."""
    orders = _orders(request.args.getlist("n"))
    job = jobs.find(request.args.get("job", 0, type=int))
    brought = _brought(job) if job else {}
    bundled = [one for one in _bundled(orders) if one.id not in brought]
    problem = ""
    if len(bundled) == 1 and len(orders) == 1:
        brought, problem = _fetch(bundled[0])
        bundled = []
    return _sheets(orders, brought, bundled if not job else [], problem)


@bp.post("/notes")
def fetch_slips() -> ResponseReturnValue:
    """A job that brings what goes on the slips, whose page leads back to the sheets."""
    orders = _orders(request.form.getlist("n"))
    if not PressForm().validate():
        return _sheets(orders, {}, _bundled(orders), is_refused=True)
    bundled = _bundled(orders)
    job = jobs.draft("slip", me().id, [(one.id, "") for one in bundled])
    return bulk_jobs.start(job, bundled)


def _orders(numbers: list[str]) -> list[Order]:
    query = sa.select(Order).where(Order.number.in_(numbers[:MOST_TICKED]))
    query = query.options(selectinload(Order.lines)).order_by(Order.placed_at, Order.id)
    return list(db.session.scalars(query)) or abort(404)


def _bundled(orders: Iterable[Order]) -> list[Order]:
    """Whose payslip goes with the goods, as it was agreed with the provider."""
    numbers = {one.payment_reference for one in orders if one.payment_reference}
    if not numbers:
        return []
    found = {number for one in providers().plugins for number in one.bundled(numbers)}
    return [one for one in orders if one.payment_reference in found]


def _brought(job: BulkJob) -> Brought:
    return {one.order_id: one.brought for one in jobs.results(job, size=jobs.MOST) if one.brought}


def _fetch(order: Order) -> tuple[Brought, str]:
    brought: list[Any] = []
    refused = action_errors.attempt(lambda: brought.extend(slip_data(order)))
    return {order.id: brought}, wording.refusal(refused, order.payment_code)


def _sheets(
    orders: list[Order],
    brought: Brought,
    unfetched: list[Order],
    problem: str = "",
    *,
    is_refused: bool = False,
) -> ResponseReturnValue:
    """They show whole addresses, so it is written down who has printed whose."""
    numbers = [order.number for order in orders]
    audit.record("order.print", numbers[0], after={"orders": numbers})
    return page(
        "admin/orders/notes.html",
        422 if is_refused else 200,
        sheets=[(order, receipt.answers_of(order), receipt.taxes_of(order)) for order in orders],
        brought=brought,
        unfetched=unfetched,
        problem=problem,
        provider=wording.providers_of(unfetched),
        shop=profile.shop(),
        old_token=is_refused,
        here="/admin/orders",
    )
