"""Two payments for one order at the same moment."""

from functools import partial

import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.orders.models import Order, OrderEvent
from storefront.payments.models import HostedSession
from storefront.testing.form_shopper import FormShopper
from tests.at_once import at_once
from tests.conftest import MakeApp
from tests.factories import a_payment_request, an_order


def test_of_two_payments_at_once_one_is_kept(make_app: MakeApp) -> None:
    shop = make_app(kuroneko_base_url="")
    with shop.app_context():
        order = an_order(payment_status="requested", payment_code="kuroneko_smartphone")
        path = f"/pay/{a_payment_request(order).token}"
    shopper = FormShopper(shop.test_client())
    hosted = [shopper.post(path, {"means": means}).location for means in ("au", "card")]
    backs = [shopper.post(one, {"press": "pay"}).location for one in hosted]

    at_once([partial(shop.test_client().get, back) for back in backs * 3])

    with shop.app_context():
        outcomes = sorted(db.session.scalars(sa.select(HostedSession.outcome)))
        assert outcomes == ["owed-back", "paid"]
        assert db.session.scalars(sa.select(Order.payment_status)).one() == "paid"
        events = db.session.scalars(sa.select(OrderEvent.event)).all()
        assert sorted(events) == ["paid", "placed"]
