"""One action for many orders: a result for each, whoever dies meanwhile."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.bulk import jobs
from storefront.bulk.models import BulkJob, BulkResult
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.outbox.models import OutboxRow
from storefront.ports.payments import GatewayRefused, GatewayUnavailable
from storefront.sandbox import time
from storefront.worker import periodic_tasks
from tests.factories import a_payment_request, an_order
from tests.unit.orders.gateways import FakeGateway, use_gateway

ON_CREDIT = {
    "payment_code": "kuroneko_smartphone",
    "payment_status": "deferred",
    "payment_reference": "7KQ2-M9XD-1",
}
SLIP = "123456789011"


def outcomes(job: BulkJob) -> list[tuple[str, str]]:
    db.session.rollback()
    db.session.expire_all()
    return [(one.state, one.reason) for one in jobs.results(job)]


def a_job(action: str, *orders: Order, slips: str = "") -> BulkJob:
    job = jobs.draft(action, 1, [(order.id, slips) for order in orders])
    jobs.start(job)
    return job


def test_each_order_has_a_result_of_its_own(app: Flask) -> None:
    good, shipped = an_order(), an_order(status="shipped")
    unpaid = an_order(payment_code="bank_transfer")

    job = a_job("ship", good, shipped, unpaid, slips=SLIP)
    periodic_tasks.run_due()

    assert outcomes(job) == [("done", ""), ("failed", "not-now"), ("failed", "not-paid")]
    assert db.session.get_one(Order, good.id).shipments[0].slip == SLIP
    assert db.session.get_one(BulkJob, job.id).finished_at is not None


def test_nothing_is_done_before_it_is_started(app: Flask) -> None:
    order = an_order()
    job = jobs.draft("deliver", 1, [(order.id, "")])

    periodic_tasks.run_due()

    assert outcomes(job) == [("waiting", "")]


def test_a_job_is_started_once(app: Flask) -> None:
    job = jobs.draft("deliver", 1, [(an_order().id, "")])

    assert [jobs.start(job), jobs.start(job)] == [True, False]
    assert db.session.scalar(sa.select(sa.func.count(OutboxRow.id))) == 1


def test_a_draft_that_was_left_is_forgotten_with_the_next(app: Flask) -> None:
    order = an_order()
    left, others = (jobs.draft("ship", who, [(order.id, SLIP)]) for who in (1, 2))
    started = a_job("deliver", order)

    jobs.draft("ship", 1, [(order.id, SLIP)])

    assert jobs.find(left.id) is None
    assert jobs.find(others.id)
    assert jobs.find(started.id)


def test_more_orders_than_one_row_of_the_outbox_holds_are_all_done(app: Flask) -> None:
    orders = [an_order(status="shipped") for _ in range(2 * jobs.SLICE + 1)]

    job = a_job("deliver", *orders)
    periodic_tasks.run_due()

    assert jobs.progress(job) == jobs.Progress(len(orders), len(orders), 0)
    delivered = sa.select(sa.func.count()).where(Order.status == "delivered")
    assert db.session.scalar(delivered) == len(orders)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(GatewayRefused("kaasl014E"), "refused:kaasl014E"), (GatewayUnavailable(), "unavailable")],
)
def test_what_the_provider_does_not_do_is_told_for_its_order_alone(
    app: Flask, fault: Exception, reason: str
) -> None:
    use_gateway(app, FakeGateway(fault))

    job = a_job("ship", an_order(**ON_CREDIT), an_order(), slips=SLIP)
    periodic_tasks.run_due()

    assert outcomes(job) == [("failed", reason), ("done", "")]


def test_an_order_whose_worker_died_over_it_is_done_after_a_while(app: Flask) -> None:
    order = an_order(status="shipped")
    job = a_job("deliver", order)
    with transaction():
        running = sa.update(BulkResult).values(state="running", at=clock.now())
        db.session.execute(running)

    periodic_tasks.run_due()
    assert outcomes(job) == [("running", "")]
    time.advance(jobs.LEASE.total_seconds() + 1)
    periodic_tasks.run_due()

    assert outcomes(job) == [("done", "")]


def test_a_parcel_that_had_left_before_the_worker_died_is_no_failure(app: Flask) -> None:
    order = an_order()
    for _ in range(2):
        job = a_job("ship", order, slips=SLIP)
        periodic_tasks.run_due()

    assert outcomes(job) == [("done", "")]


def test_a_standing_is_noted_with_the_time_of_the_enquiry(app: Flask) -> None:
    use_gateway(app, FakeGateway())
    order, cash = an_order(**ON_CREDIT), an_order()

    job = a_job("refresh", order, cash)
    periodic_tasks.run_due()

    assert outcomes(job) == [("done", ""), ("failed", "not-now")]
    db.session.refresh(order)
    assert order.standing == "approved"
    assert order.asked_at is not None
    assert clock.now() - order.asked_at < timedelta(minutes=1)


def test_a_link_is_sent_again_where_something_is_owed(app: Flask) -> None:
    request = a_payment_request()
    owing = db.session.get_one(Order, request.order_id)

    job = a_job("link", owing, an_order())
    periodic_tasks.run_due()

    assert outcomes(job) == [("done", ""), ("failed", "too-soon")]
    db.session.refresh(request)
    assert request.links_sent == 1


def test_the_words_for_a_slip_in_the_parcel_are_kept_sealed(app: Flask) -> None:
    use_gateway(app, FakeGateway())

    job = a_job("slip", an_order(**ON_CREDIT))
    periodic_tasks.run_due()

    (result,) = jobs.results(job)
    assert result.brought == [["barCode", "123"], ["湯呑", "1 × 3300 = 3300"]]
    raw = db.session.scalar(sa.text("SELECT brought FROM bulk_results"))
    assert b"barCode" not in raw
