"""A person asks to be erased: nothing of them is left, and what is open stays and is said."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.auth import held_requests
from storefront.admin.auth.models import HeldRequest
from storefront.bulk.models import BulkJob, BulkResult
from storefront.catalogue.models import ProductImport
from storefront.checkout import order_limits
from storefront.checkout.models import Checkout
from storefront.core import clock
from storefront.core.calendar import Span
from storefront.core.encryption import Vault
from storefront.core.extensions import data_vault, db, transaction
from storefront.orders import refunds
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import LedgerEntry, Order, OrderCheck
from storefront.orders.queries import search_index
from storefront.outbox import outbox
from storefront.payment_requests import deposits
from storefront.payments.models import HostedSession
from storefront.privacy import erasure_requests, person
from storefront.privacy.person import Nobody, Person
from storefront.providers.yamato.models import CreditAttempt, YamatoCall
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.reports import sales
from storefront.sandbox.models import SandboxMail, SandboxText
from storefront.testing import specimen
from storefront.verification import rate_limits
from storefront.verification.models import Challenge, LimitSlot
from storefront.worker import periodic_tasks
from tests.at_once import at_once
from tests.conftest import MakeApp, entered
from tests.databases import Databases
from tests.factories import a_payment_request, a_requester, an_order, some_answers
from tests.proofs.grounds import on_both_databases
from tests.remains import found
from tests.signed_in import a_person

WHO = Person("hanako@himitsu.example", "08055667788")
NAME, STREET, NOTE = "秘密 花子", "秘密通り9-9", "秘密のメモ"
CLOSED = {"status": "delivered", "payment_status": "paid"}


def an_order_of_hers(**changes: Any) -> Order:
    answers = some_answers(name=NAME, street=STREET, tel=WHO.phone, email="Hanako@himitsu.example")
    order = an_order(**{"customer": answers, "staff_note": NOTE, **CLOSED, **changes})
    search_index.write(order.id)
    return order


@pytest.fixture
def shop(make_app: MakeApp, databases: Databases) -> Iterator[Flask]:
    with entered(make_app(database_url=databases.seeded())) as app:
        yield app


def traces_of(order: Order) -> None:
    """One of everything that is kept about somebody, on the way to an order and after it."""
    a_payment_request(order, token="r" * 22, number="0312345678901", store="seven")
    now = clock.now()
    job = BulkJob(action="slip", made_by=1, made_at=now)
    moments = dict.fromkeys(("created_at", "coded_at", "sent_at"), now - timedelta(minutes=20))
    challenge = {
        "method": "kuroneko_smartphone",
        "offer_fingerprint": "o" * 32,
        "idempotency_key": "p" * 32,
    }
    with transaction():
        db.session.add(job)
        db.session.flush()
        brought = {"state": "done", "brought": [["お名前", NAME]]}
        attempt = {"base": order.number, "checkout_id": order.checkout_id, "challenge_id": "c" * 32}
        db.session.add_all(
            [
                BulkResult(job_id=job.id, position=1, order_id=order.id, **brought),
                OrderCheck(
                    id="d" * 32,
                    order_id=order.id,
                    method="kuroneko_smartphone",
                    verifier="own",
                    created_at=now,
                    sent_at=now,
                    outcome_unknown=False,
                    texts=1,
                    attempts=1,
                ),
                CreditAttempt(
                    order_number=f"{order.number}-1",
                    division="3",
                    total=order.total,
                    state="placed",
                    asked_at=now,
                    **attempt,
                ),
                YamatoCall(
                    order_number=f"{order.number}-1",
                    api="KAARA0010",
                    at=now,
                    fields={"telNum": "***7788"},
                    outcome="done",
                ),
                CreditRecord(
                    merchant="12345678901",
                    order_number=f"{order.number}-1",
                    state="sold",
                    division="3",
                    person="q" * 32,
                    sent={"name": NAME, "telNum": WHO.phone, "totalAmount": "4290"},
                    amount_first=4290,
                    amount=4290,
                    sms_number=WHO.phone,
                    dates={},
                ),
                HostedSession(
                    token="t" * 32,
                    checkout_id=order.checkout_id,
                    order_id=order.id,
                    order_number=order.number,
                    method="credit_card",
                    means="card",
                    yen=order.total,
                    locale="ja",
                    outcome="paid",
                    opened_at=now,
                    snapshot={"screens": {"name": NAME}},
                    url=f"https://pay.example/?name={WHO.email}",
                ),
                Challenge(
                    id="e" * 32,
                    checkout_id="f" * 32,
                    phone_digest=person.phone_digests(WHO)[0],
                    expires_at=now - timedelta(minutes=10),
                    **moments,
                    **challenge,
                ),
                Checkout(
                    id="g" * 32,
                    cart_id="h" * 32,
                    touched_at=now - timedelta(hours=2),
                    typed={"name": NAME, "email": WHO.email.upper(), "tel": "080-5566-7788"},
                ),
                ProductImport(
                    state="ready",
                    file="goods.csv",
                    content=f"SKU,{WHO.email}".encode(),
                    locale="ja",
                    created_at=now,
                ),
                SandboxMail(
                    message_id="m",
                    to="Hanako@himitsu.example",
                    subject=NAME,
                    text=NAME,
                    html=NAME,
                    sent_at=now,
                ),
                SandboxText(to=WHO.phone, text="1234", provider="first", sent_at=now),
            ]
        )
        rate_limits.spend_text(a_requester(phone=WHO.phone), "e" * 32)
        rate_limits.spend_guess(a_requester(phone=WHO.phone), "e" * 32)
        for over, value in (("mail", order_limits.mailbox(WHO.email)), ("phone", WHO.phone)):
            mark = rate_limits.code_vault().digest("order", over, value)
            slot = {"scope": f"order:{over}:24", "number": 0, "used_by": order.checkout_id}
            db.session.add(LimitSlot(subject=mark, used_at=now, **slot))
    a_held_form()


def a_held_form() -> None:
    keeper = a_person()
    held = '{"path": "/admin/orders/new", "query": "", "had_files": false, "had_secrets": false, '
    held += f'"fields": [["email", "{WHO.email}"]]}}'
    sealed = data_vault().seal(held, held_requests._bound("held-token", keeper.id))
    row = HeldRequest(token="held-token", person_id=keeper.id, sealed=sealed, made_at=clock.now())
    with transaction():
        db.session.add(row)


def books() -> list[Any]:
    entries = sa.select(
        LedgerEntry.order_id, LedgerEntry.account, sa.func.sum(LedgerEntry.yen)
    ).group_by(LedgerEntry.order_id, LedgerEntry.account)
    span = Span(clock.today() - timedelta(days=40), clock.today())
    made = [sales.by_day(span), sales.by_month(span), sales.by_method(span), sales.by_product(span)]
    return [sorted(map(tuple, db.session.execute(entries))), *made]


@on_both_databases
def test_nothing_of_a_person_is_left_and_the_books_are_the_same(shop: Flask) -> None:
    order = an_order_of_hers()
    traces_of(order)
    other = an_order(**CLOSED)
    search_index.write(other.id)
    before = books()
    assert len(found(NAME, STREET, NOTE, requester=WHO)) > 20

    done = erasure_requests.erase(WHO)

    assert done == erasure_requests.Found([order.number], {})
    assert found(NAME, STREET, NOTE, "***7788", "0312345678901", requester=WHO) == []
    assert books() == before
    assert db.session.get_one(Order, other.id).customer["name"] == specimen.NAME


@on_both_databases
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"payment_status": "awaiting"}, "money"),
        ({"payment_status": "deferred"}, "money"),
        ({"payment_status": "requested"}, "money"),
        ({"payment_status": "overdue"}, "money"),
        ({"status": "placed"}, "goods"),
        ({"status": "preparing"}, "goods"),
        ({"status": "shipped"}, "goods"),
    ],
    ids=str,
)
def test_an_open_order_is_left_and_said_so(shop: Flask, changes: Any, why: str) -> None:
    is_open, gone = an_order_of_hers(**changes), an_order_of_hers()

    assert erasure_requests.look_up(WHO) == erasure_requests.Found(
        [gone.number], {is_open.number: why}
    )
    done = erasure_requests.erase(WHO)

    assert done == erasure_requests.Found([gone.number], {is_open.number: why})
    db.session.expire_all()
    assert (is_open.customer["name"], is_open.erased_at) == (NAME, None)
    assert gone.erased_at is not None
    assert [order.id for order in person.orders_of(WHO)] == [is_open.id]


def test_what_is_still_to_go_back_keeps_its_order(app: Flask) -> None:
    order = an_order_of_hers(status="returned", payment_status="refunded")
    visit = {"means": "card", "yen": 1, "locale": "ja", "opened_at": clock.now()}
    with transaction():
        db.session.add(
            HostedSession(
                token="t",
                order_id=order.id,
                order_number="x",
                method="credit_card",
                outcome="owed-back",
                **visit,
            )
        )

    assert erasure_requests.erase(WHO).left == {order.number: "money"}


def test_money_after_the_end_keeps_its_order(app: Flask) -> None:
    order = an_order_of_hers(
        status="cancelled", payment_status="cancelled", payment_code="bank_transfer"
    )
    deposits.confirm(order, clock.today(), 4290)

    assert erasure_requests.erase(WHO).left == {order.number: "refund"}


def test_an_order_without_marks_is_found_too(app: Flask) -> None:
    order = an_order(customer=some_answers(ship_to="other", ship_tel=WHO.phone), **CLOSED)

    assert erasure_requests.erase(WHO).orders == [order.number]


def test_marks_do_not_come_back(app: Flask) -> None:
    order = an_order_of_hers()
    erasure_requests.erase(WHO)

    search_index.write(order.id)
    search_index.catch_up()

    assert person.orders_of(WHO) == []
    assert found(requester=WHO) == []


def test_nobody_is_written_to_afterwards(app: Flask) -> None:
    order = an_order_of_hers()
    erasure_requests.erase(WHO)
    with transaction():
        for kind in ("order-mail", "shipped-mail", "paid-mail", "request-sms"):
            outbox.add(kind, order.id)

    periodic_tasks.run_due()

    assert db.session.scalars(sa.select(SandboxMail.to)).all() == []


def test_a_checkout_under_way_is_left_with_its_counts_and_said_so(app: Flask) -> None:
    fresh = Checkout(
        id="k" * 32, cart_id="h" * 32, touched_at=clock.now(), typed={"email": WHO.email}
    )
    with transaction():
        db.session.add(fresh)
        rate_limits.spend_guess(a_requester(phone=WHO.phone), "e" * 32)

    done = erasure_requests.erase(WHO)

    assert done.is_at_the_checkout
    assert fresh.typed == {"email": WHO.email}
    mine = LimitSlot.subject.in_(person.limit_digests(WHO))
    assert db.session.scalars(sa.select(LimitSlot).where(mine)).all() != []


@pytest.mark.parametrize(("email", "phone"), [("", ""), ("hanako", ""), ("", "1234"), ("a@b", "x")])
def test_what_tells_nobody_is_refused(app: Flask, email: str, phone: str) -> None:
    with pytest.raises(Nobody):
        person.read(email, phone)


def test_a_person_is_read_as_they_are_typed(app: Flask) -> None:
    assert person.read(" Hanako@Himitsu.example ", "+81 80-5566-7788") == WHO
    assert (
        person.read("ｈａｎａｋｏ＠ｈｉｍｉｔｓｕ．ｅｘａｍｐｌｅ", "０８０ー５５６６ー７７８８")
        == WHO
    )


@on_both_databases
@pytest.mark.parametrize("nth", range(4))
def test_a_refund_at_the_same_moment_is_whole(shop: Flask, nth: int) -> None:
    """The books are the same in either case; whoever is owed money back by then stays."""
    order = an_order_of_hers(payment_code="bank_transfer")
    number, id_ = order.number, order.id
    db.session.remove()

    def refund() -> object:
        with shop.app_context():
            try:
                refunds.refund(db.session.get_one(Order, id_))
            except NotNow as why:
                return why
            return None

    def erase() -> object:
        with shop.app_context():
            return erasure_requests.erase(WHO)

    refunded, erased = at_once([refund, erase])

    assert refunded is None
    before, after = (
        erasure_requests.Found([number], {}),
        erasure_requests.Found([], {number: "refund"}),
    )
    assert erased in (before, after)
    periodic_tasks.run_due()
    found_again = db.session.get_one(Order, id_)
    name = "" if erased == before else NAME
    assert (found_again.payment_status, found_again.customer["name"]) == ("refunded", name)
    sums = sa.select(LedgerEntry.account, sa.func.sum(LedgerEntry.yen)).group_by(
        LedgerEntry.account
    )
    books = dict(db.session.execute(sums.where(LedgerEntry.order_id == id_)).all())
    owed = found_again.owed
    assert {account: yen for account, yen in books.items() if yen} == {
        "cash": owed,
        "owed_back": -owed,
    }


@on_both_databases
@pytest.mark.parametrize("nth", range(4))
def test_money_at_the_same_moment_is_never_of_nobody(shop: Flask, nth: int) -> None:
    """Late money keeps the order's person, or comes to an order that is erased already."""
    order = an_order_of_hers(
        status="cancelled", payment_status="cancelled", payment_code="bank_transfer"
    )
    id_ = order.id
    db.session.remove()

    def confirm() -> object:
        with shop.app_context():
            deposits.confirm(db.session.get_one(Order, id_), clock.today(), 4290)
            return None

    def erase() -> erasure_requests.Found:
        with shop.app_context():
            return erasure_requests.erase(WHO)

    _none, done = at_once([confirm, erase])

    found_again = db.session.get_one(Order, id_)
    assert isinstance(done, erasure_requests.Found)
    assert bool(done.left) == (found_again.customer["name"] == NAME)
    assert found_again.came_late == 4290


@on_both_databases
def test_orders_of_the_same_moment_are_open_and_stay(shop: Flask) -> None:
    old = an_order_of_hers()
    old_number = old.number
    db.session.remove()

    def place() -> str:
        with shop.app_context():
            return an_order_of_hers(status="placed", payment_status="awaiting").number

    def erase() -> str:
        with shop.app_context():
            return " ".join(erasure_requests.erase(WHO).orders)

    *new, erased = at_once([*[place] * 3, erase])

    assert erased == old_number
    assert {order.number for order in person.orders_of(WHO)} == set(new)


def test_what_stands_under_a_former_key_goes_too(app: Flask) -> None:
    order = an_order_of_hers()
    traces_of(order)
    for name in ("data_vault", "code_vault"):
        former = app.extensions[name]
        app.extensions[name] = Vault(f"another {name}", (former.secret,))
    assert len(found(NAME, requester=WHO)) > 20

    assert erasure_requests.erase(WHO) == erasure_requests.Found([order.number], {})
    assert found(NAME, STREET, NOTE, requester=WHO) == []
