"""Choosing how to pay after delivery."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order, PaymentRequest
from storefront.payment_requests import convenience_stores, paying
from storefront.payment_requests.paying import NotPayable
from storefront.payments.models import HostedSession
from storefront.payments.pay_later_options import MEANS, PayLaterOption
from tests.at_once import at_once
from tests.conftest import MakeApp
from tests.factories import a_payment_request, an_order
from tests.yamato import yamato_app

__all__ = ["yamato_app"]

CVS, BANK, AU = (next(one for one in MEANS if one.code == code) for code in ("cvs", "bank", "au"))
SEVEN, LAWSON = convenience_stores.find("seven"), convenience_stores.find("lawson")


def asked(status: str = "requested", **changes: object) -> tuple[PaymentRequest, Order]:
    order = an_order(payment_status=status, payment_code="kuroneko_smartphone")
    return a_payment_request(order, **changes), order


def again(request: PaymentRequest) -> PaymentRequest:
    db.session.rollback()
    return db.session.get_one(PaymentRequest, request.id, populate_existing=True)


def test_without_a_provider_no_number_is_given_out(app: Flask) -> None:
    assert paying.ways() == []


@pytest.mark.parametrize(
    ("means", "chain", "shape"),
    [(CVS, LAWSON, r"[1-9]\d{12}"), (BANK, None, r"[1-9]\d{6}")],
    ids=["store", "bank"],
)
def test_a_choice_brings_a_number(
    app: Flask, means: PayLaterOption, chain: convenience_stores.Chain | None, shape: str
) -> None:
    request, _order = asked()

    paying.choose(request, means, chain)

    kept = again(request)
    assert (kept.means, kept.store) == (means.code, chain.code if chain else None)
    assert re.fullmatch(shape, kept.number or "")
    assert kept.chosen_at


def test_a_hosted_way_needs_no_number(app: Flask) -> None:
    request, _order = asked(means="cvs", store="lawson", number="1234567890123")

    paying.choose(request, AU, None)

    kept = again(request)
    assert (kept.means, kept.store, kept.number) == ("au", None, None)


@pytest.mark.parametrize("status", ["deferred", "paid", "cancelled", "refunded", "awaiting"])
def test_nothing_can_be_chosen_when_there_is_nothing_to_pay(app: Flask, status: str) -> None:
    request, _order = asked(status)

    with pytest.raises(NotPayable):
        paying.choose(request, CVS, SEVEN)

    assert again(request).means is None


def test_what_is_overdue_can_still_be_paid(app: Flask) -> None:
    request, _order = asked("overdue", due_on=clock.today() - timedelta(days=1))

    paying.choose(request, CVS, SEVEN)

    assert again(request).number


def test_ten_presses_at_once_are_one_visit(make_app: MakeApp) -> None:
    app = make_app(kuroneko_base_url="")
    with app.app_context():
        request, order = asked()

    def act() -> str:
        with app.app_context():
            return paying.visit(request, db.session.get_one(Order, order.id), AU, str)

    addresses = at_once([act] * 10)

    assert len(set(addresses)) == 1
    with app.app_context():
        assert len(db.session.scalars(sa.select(HostedSession)).all()) == 1


def test_an_amount_that_changed_is_another_visit(yamato_app: Flask) -> None:
    request, order = asked()
    first = paying.visit(request, order, AU, str)
    with transaction():
        db.session.execute(sa.update(Order).values(reduced_to=3_000))
    changed = db.session.get_one(Order, order.id, populate_existing=True)

    second = paying.visit(request, changed, AU, str)

    assert first != second
    amounts = db.session.scalars(sa.select(HostedSession.yen).order_by(HostedSession.opened_at))
    assert list(amounts) == [4_290, 3_000]
