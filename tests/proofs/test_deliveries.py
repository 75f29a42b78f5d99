"""After a delivery each shopper hears what is true, though the worker dies again and again."""

import time
from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment
from storefront.orders.models import Order, Shipment
from storefront.orders.payment_events import apply_payment_event
from storefront.outbox.models import OutboxRow
from storefront.payments.status import PaymentEvent
from storefront.sandbox import time as sandbox_time
from storefront.sandbox.models import SandboxText
from tests.factories import an_order, some_answers
from tests.proofs.persistence import PATIENCE, wait_until
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.services import Services
from tests.proofs.shop import copied, started
from tests.proofs.test_mails import LEASE, SlowLetterbox, random
from tests.unit.mail.test_smtp import listening

TWELVE_DAYS = 12 * 86_400
# Different mails and texts: the request, then the reminder or that it is paid, or nothing at all.
HEARD = {"live": (2, 2), "paid": (2, 1), "cancelled": (0, 0)}


def test_a_dying_worker_tells_every_shopper_what_is_true(
    seeded: Path, tmp_path: Path, figure: Report
) -> None:
    kills, deliveries, box = times(2, 50), times(12, 500), SlowLetterbox()
    folder = copied(seeded, tmp_path / "shop")
    with listening(box) as url, started(Services(folder, MAIL_URL=url)) as shop:
        with shop.database():
            orders = {shipped(nth): fate(nth) for nth in range(deliveries)}
            hear_all(
                orders, "cancelled", PaymentEvent.CANCELLED
            )  # before the parcel is handed over
        batches = spread(list(orders), kills)
        for batch in batches[: kills // 2]:
            deliver(shop, batch)
            kill(shop)
        for batch in batches[kills // 2 :]:
            deliver(shop, batch)
        catch_up(shop)
        with shop.database():
            hear_all(orders, "paid", PaymentEvent.PAID)
            sandbox_time.advance(TWELVE_DAYS)
        for _ in range(kills - kills // 2):
            kill(shop)
        catch_up(shop)
        with shop.database():
            texts = Counter(db.session.execute(sa.select(SandboxText.to, SandboxText.text)).all())

    told, sent = box.ids(), Counter(to for to, _text in texts)
    faults = [
        (number, end, len(set(told.get(f"{number}@example.com", []))), sent[number])
        for number, end in orders.items()
        if (len(set(told.get(f"{number}@example.com", []))), sent[number]) != HEARD[end]
    ]
    assert faults == []
    doubled = sum(len(ids) - len(set(ids)) for ids in told.values())
    doubled_texts = sum(count - 1 for count in texts.values())
    assert doubled + doubled_texts <= kills
    figure(
        f"the worker is killed {kills} times during {deliveries} deliveries: everybody hears what "
        "is true and nobody what is not",
        f"{sum(map(len, told.values()))} mails and {sum(texts.values())} texts, {doubled} and "
        f"{doubled_texts} doubled, 0 lost, 0 untrue",
    )


def fate(nth: int) -> str:
    return ("live", "paid", "live", "cancelled")[nth % 4]


def shipped(nth: int) -> str:
    """An order on its way, known by the number of its shopper's phone."""
    number = f"080{nth:08}"
    customer = some_answers(tel=number, email=f"{number}@example.com")
    parcel = Shipment(carrier="yamato", slip=f"{nth:012}", shipped_at=clock.now())
    an_order(
        payment_code="kuroneko_smartphone",
        payment_status="deferred",
        status="shipped",
        checkout_id=number,
        customer=customer,
        shipments=[parcel],
    )
    return number


def of(number: str) -> Order:
    return db.session.scalars(sa.select(Order).where(Order.checkout_id == number)).one()


def hear_all(orders: dict[str, str], end: str, news: PaymentEvent) -> None:
    for number in (one for one, its in orders.items() if its == end):
        with transaction():
            assert apply_payment_event(of(number), news)


def spread(numbers: list[str], parts: int) -> list[list[str]]:
    return [numbers[part::parts] for part in range(parts)]


def deliver(shop: Services, numbers: list[str]) -> None:
    with shop.database():
        for number in numbers:
            fulfilment.deliver(of(number))


def kill(shop: Services) -> None:
    """In the middle of whatever the worker does."""
    time.sleep(random.uniform(0.2, 1.2))
    shop.kill_worker()
    shop.start_worker()


def catch_up(shop: Services) -> None:
    """Until nothing is due, after the time when a dead worker's rows are free again."""
    with shop.database():
        shop.stop_worker()
        sandbox_time.advance(LEASE)
        shop.start_worker()
        wait_until(nothing_is_due, PATIENCE)


def nothing_is_due() -> bool:
    db.session.rollback()
    due = OutboxRow.done_at.is_(None) & (OutboxRow.due_at <= clock.now())
    return db.session.scalar(sa.select(OutboxRow.id).where(due)) is None
