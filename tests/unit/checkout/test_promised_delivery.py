"""What is promised of a delivery: no day of a prepaid order that does not depend on its payment."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from storefront.checkout import preview
from storefront.checkout.legal import items
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment
from storefront.orders.emails import content, sending
from storefront.orders.models import Order
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.queries import delivery_facts
from storefront.payments import method_settings
from storefront.payments.kinds import KINDS
from storefront.payments.models import PaymentMethod
from storefront.payments.status import PaymentEvent
from storefront.sandbox.orders import order_events
from storefront.shipping import dates
from storefront.shipping.dates import Calendar
from storefront.shipping.models import DeliveryMethod
from storefront.testing.form_shopper import FormShopper
from tests.factories import an_order
from tests.markup import parsed
from tests.unit.checkout.reading import newest_order

DAY = {"": r"\d+月\d+日", "/en": r"[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2}"}
AFTER = {
    "": "ご入金の確認後、2営業日以内に発送します(お届けは発送の1〜4日後)",
    "/en": "We ship within 2 working days of your payment; delivery takes 1 to 4 days",
}
PREFIXES = ("", "/en")


def said(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", page).split())


def law(page: str) -> str:
    found = re.search(r'data-law="delivery">(.*?)</(?:div|dd)>', page, re.S)
    assert found
    return said(found[1])


def wished(shopper: FormShopper) -> str:
    """The third day that the form offers."""
    days = re.findall(r'<option value="(\d{4}-\d\d-\d\d)"', shopper.get("/checkout").text)
    return str(days[2])


def bought(shopper: FormShopper, **wish: str) -> Order:
    shopper.put_in().answer("bank_transfer", **wish)
    shopper.press_confirm()
    return newest_order()


def shown_after(order: Order, shopper: FormShopper) -> list[str]:
    mail = sending.order_mail(order)
    return [
        said(shopper.get(f"/orders/{order.token}/complete").text),
        said(shopper.get(f"/orders/{order.token}").text),
        mail.text.replace("\n", ""),
        said(mail.html or ""),
    ]


def paid(order: Order) -> Order:
    with transaction():
        apply_payment_event(order, PaymentEvent.PAID)
    db.session.refresh(order)
    return order


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_legal_item_4_has_days_but_where_the_parcel_waits_for_its_money(
    app: Flask, kind: str, locale: str
) -> None:
    method = method_settings.find(kind)
    assert method is not None

    with force_locale(locale):
        words = items.delivery(preview.of_sample_goods([method], method))

    prefix = "/en" if locale == "en" else ""
    assert len(re.findall(DAY[prefix], words)) == (0 if KINDS[kind].waits else 2)
    assert (words == AFTER[prefix]) is KINDS[kind].waits


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_confirmation_of_a_prepaid_order_promises_no_day(
    client: FlaskClient, prefix: str
) -> None:
    shopper = FormShopper(client, prefix)
    shopper.put_in().answer("bank_transfer")

    words = law(shopper.get("/checkout/confirm").text)

    assert AFTER[prefix] in words
    assert not re.search(DAY[prefix], words)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_wished_day_is_promised_for_money_that_comes_in_time(
    client: FlaskClient, prefix: str
) -> None:
    shopper = FormShopper(client, prefix)
    shopper.put_in()
    shopper.answer("bank_transfer", delivery_date=wished(shopper), delivery_time="1416")

    words = law(shopper.get("/checkout/confirm").text)

    condition = {"": "までにご入金を確認できた場合", "/en": "if your payment arrives by"}[prefix]
    assert len(re.findall(DAY[prefix], words)) == 2  # the wished one, and the last to pay
    assert condition in words
    assert AFTER[prefix] in words


@pytest.mark.parametrize("prefix", PREFIXES)
def test_completion_status_and_mails_promise_no_day_before_the_money_is_there(
    client: FlaskClient, prefix: str
) -> None:
    shopper = FormShopper(client, prefix)
    order = bought(shopper)

    places = shown_after(order, shopper)

    assert len(places) == 4
    spaceless = AFTER[prefix].replace(" ", "")
    assert all(spaceless in place.replace(" ", "") for place in places)


def test_once_paid_the_days_count_from_the_payment(
    shopper: FormShopper, app: Flask, pass_time: Callable[[int], None]
) -> None:
    order = bought(shopper)
    pass_time(3 * 86_400)

    paid(order)

    first, last = dates.arrival_range(clock.today(), 2)
    days = [f"{one.month}月{one.day}日" for one in (first, last)]
    status, letter = said(shopper.get(f"/orders/{order.token}").text), content.paid(order)
    assert letter is not None
    for words in (status, dict(letter.facts)["お届け予定"]):
        assert all(day in words for day in days)
    assert AFTER[""] not in status


def test_money_in_time_for_the_wished_day_keeps_it_and_later_money_does_not(
    shopper: FormShopper, pass_time: Callable[[int], None]
) -> None:
    shopper.put_in()
    wish = wished(shopper)
    on_time = paid(bought(shopper, delivery_date=wish))
    late = bought(shopper, delivery_date=wish)
    pass_time(5 * 86_400)
    paid(late)

    day = date.fromisoformat(wish)
    kept, gone = delivery_facts.delivery_of(on_time), delivery_facts.delivery_of(late)
    assert kept is not None
    assert gone is not None
    assert f"{day.month}月{day.day}日" in kept.words
    assert "〜" in gone.words


def test_an_unpaid_order_of_before_promises_no_day_any_more(app: Flask) -> None:
    order = an_order(payment_code="bank_transfer")

    found = delivery_facts.delivery_of(order)

    assert found is not None
    assert order.texts["law"]["delivery"] == "7月8日(水)〜7月11日(土)"
    assert found.words == AFTER[""]


@pytest.mark.parametrize("end", ["cancelled", "returned"])
def test_an_order_that_is_called_off_expects_nothing(shopper: FormShopper, end: str) -> None:
    order = an_order(status=end, payment_status="cancelled")

    places = shown_after(order, shopper)

    assert all("お届け予定" not in place for place in places)


def test_a_delivered_order_says_when(shopper: FormShopper) -> None:
    order = an_order()
    order_events.ship(order)
    fulfilment.deliver(order)
    db.session.refresh(order)

    today = clock.today()
    words = f"お届け完了: {today.year}年{today.month}月{today.day}日"
    status = said(shopper.get(f"/orders/{order.token}").text)
    assert words in status
    assert "お届け予定" not in status


def test_a_method_that_ships_at_once_says_so(shopper: FormShopper) -> None:
    with transaction():
        db.session.execute(sa.update(DeliveryMethod).values(prepare_days=0))
    shopper.put_in().answer("bank_transfer")

    words = law(shopper.get("/checkout/confirm").text)

    assert "ご入金の確認後、当日か翌営業日に発送します" in words


@given(
    st.dates(date(2026, 11, 1), date(2027, 2, 1)),
    st.integers(0, 10),
    st.integers(0, 13),
    st.sets(st.integers(0, 6), max_size=5),
)
def test_the_last_day_to_pay_for_a_wished_day_is_the_last_that_is_early_enough(
    ordered_on: date, prepare: int, nth: int, rests: set[int]
) -> None:
    calendar = Calendar(weekdays=frozenset(rests))
    wanted = dates.choices(ordered_on, prepare, calendar)[nth]

    last = dates.last_start(ordered_on, wanted, prepare, calendar)

    assert ordered_on <= last < wanted
    assert dates.earliest(last, prepare, calendar) <= wanted
    assert dates.earliest(last + timedelta(days=1), prepare, calendar) > wanted


HINT = {
    "": "銀行振込(前払い)では、ご入金の確認が間に合った場合に限ります",
    "/en": "With Bank transfer (in advance), only if your payment is confirmed in time",
}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_form_says_by_which_methods_a_wished_day_hangs_on_the_payment(
    client: FlaskClient, prefix: str
) -> None:
    shopper = FormShopper(client, prefix).put_in()

    page = parsed(shopper.get("/checkout").text)

    assert page.one(id="delivery_date-hint").text == HINT[prefix]
    assert page.one("select", name="delivery_date")["aria-describedby"] == "delivery_date-hint"


def test_a_shop_that_is_never_paid_in_advance_says_nothing_of_it(
    app: Flask, shopper: FormShopper
) -> None:
    with transaction():
        prepaid = sa.update(PaymentMethod).where(PaymentMethod.kind == "bank_transfer")
        db.session.execute(prepaid.values(published=False))

    page = shopper.put_in().get("/checkout").text

    assert 'id="delivery_date"' in page
    assert "delivery_date-hint" not in page
