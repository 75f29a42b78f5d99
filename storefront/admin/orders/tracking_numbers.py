"""Tracking numbers for several orders: typed beside each, or from a file."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from storefront.admin.auth.gate import me
from storefront.admin.orders import bp, bulk_jobs, wording
from storefront.admin.orders.forms import (
    MOST_TICKED,
    FileForm,
    PressForm,
    slip_problem,
    slip_typed,
)
from storefront.bulk import jobs, tracking_file
from storefront.bulk.tracking_file import Row, Unreadable
from storefront.orders.models import Order
from storefront.orders.queries import listing
from storefront.ports.payments import Carrier
from storefront.web.rendering import errors_of, has_old_token, page

MOST_SHOWN = 200  # faulty rows of a file


@bp.get("/ship")
def ship() -> ResponseReturnValue:
    """The page on which tracking numbers of several orders are typed."""
    orders = _orders(request.args.getlist("n"))
    return _ship_page(orders, {}, {}) if orders else redirect(url_for(".listing"), 303)


@bp.post("/ship")
def ship_these() -> ResponseReturnValue:
    """An order whose number is left empty stays behind; one wrong number keeps all of them."""
    orders = _orders(request.form.getlist("n"))
    carrier = Carrier(request.form["carrier"]) if _has_carrier() else Carrier.YAMATO
    typed = {one.number: slip_typed(request.form.get(f"slip-{one.number}")) for one in orders}
    given = {number: slip for number, slip in typed.items() if slip}
    form = PressForm()
    faults = {number: slip_problem(slip, carrier) for number, slip in given.items()}
    faults = {number: fault for number, fault in faults.items() if fault}
    if not form.validate() or faults or not given:
        return _ship_page(orders, typed, faults, form, is_empty=not given, carrier=carrier)
    going = [one for one in orders if one.number in given]
    slips = [(one.id, given[one.number]) for one in going]
    return bulk_jobs.start(jobs.draft("ship", me().id, slips, carrier), going)


def _has_carrier() -> bool:
    return request.form.get("carrier") in tuple(Carrier)


def _orders(numbers: list[str]) -> list[Order]:
    """In the order in which they were ticked."""
    found = listing.by_numbers(numbers[:MOST_TICKED])
    return [found[number] for number in dict.fromkeys(numbers) if number in found]


def _ship_page(
    orders: list[Order],
    typed: dict[str, str],
    faults: dict[str, str],
    form: PressForm | None = None,
    *,
    is_empty: bool = False,
    carrier: str = Carrier.YAMATO,
) -> ResponseReturnValue:
    old_token = form is not None and has_old_token(form)
    return page(
        "admin/orders/ship.html",
        200 if form is None else 422,
        orders=orders,
        typed=typed,
        faults=faults,
        errors=[(f"slip-{number}", f"{number}: {fault}") for number, fault in faults.items()],
        carrier=carrier,
        is_empty=is_empty and form is not None and not old_token,
        old_token=old_token,
        status_words=wording.statuses(),
        here="/admin/orders/ship",
    )


@bp.get("/slips")
def slip_file_page() -> ResponseReturnValue:
    """The page on which a file of tracking numbers is uploaded."""
    return _file_page(FileForm(None), [])


@bp.post("/slips")
def read_slips() -> ResponseReturnValue:
    """Rows with faults are shown and nothing is kept; a whole file becomes a job to look at."""
    form = FileForm()
    if not form.validate():
        return _file_page(form, [], 422)
    sent = request.files.get("slips")
    try:
        rows = tracking_file.read(sent.read(tracking_file.MOST_BYTES + 1)) if sent else []
    except Unreadable as why:
        form.refuse(str(why))
        return _file_page(form, [], 422)
    if not rows:
        form.refuse("missing")
    if not rows or any(row.fault for row in rows):
        return _file_page(form, rows, 422)
    slips = [(row.order.id, row.slip) for row in rows if row.order]
    job = jobs.draft("ship", me().id, slips)
    return redirect(url_for(".job", job_id=job.id), 303)


def _file_page(form: FileForm, rows: list[Row], status: int = 200) -> ResponseReturnValue:
    faulty = [row for row in rows if row.fault]
    return page(
        "admin/orders/slips.html",
        status,
        form=form,
        errors=errors_of(form),
        old_token=has_old_token(form),
        total=len(rows),
        faulty=faulty[:MOST_SHOWN],
        faults=len(faulty),
        words=wording.slip_faults(),
        most=tracking_file.MOST_ROWS,
        here="/admin/orders/slips",
    )
