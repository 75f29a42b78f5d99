"""What is true of a shop's books whatever happened to it; read inside an application context."""

from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa

from storefront.catalogue.models import StockHold, Variant
from storefront.core.extensions import db
from storefront.orders import receipt
from storefront.orders.models import LedgerEntry, Order, OrderLine
from storefront.outbox.models import OutboxRow
from storefront.payments.kinds import Check, kind_of_code
from storefront.payments.models import HostedSession, PaymentMethod
from storefront.shipping import fees
from storefront.shop.models import Shop
from storefront.verification.models import Challenge, LimitSlot

TEXTS, LIVE = 3, 1  # per checkout
MOST_USES = {"text:checkout:1440": 3, "guess:checkout:1440": 5, "guess:phone:1440": 9}

Stock = Mapping[int, int]  # variant id to pieces


def stock() -> Stock:
    """The pieces on the shelf, to be remembered before anything is sold."""
    return dict(db.session.execute(sa.select(Variant.id, Variant.available)).all())


def check(initial: Stock) -> None:
    """Raises AssertionError at the first thing that cannot be; initial is the stock() of before."""
    database_is_sound()
    no_piece_is_made_or_lost(initial)
    every_order_is_sound()
    every_challenge_is_within_its_limits()


def database_is_sound() -> None:
    if db.engine.dialect.name == "sqlite":
        assert db.session.scalar(sa.text("PRAGMA integrity_check")) == "ok"
        assert db.session.execute(sa.text("PRAGMA foreign_key_check")).all() == []


def no_piece_is_made_or_lost(initial: Stock) -> None:
    """On the shelf, held or sold: together what there was."""
    left = Counter(dict(stock()))
    held = sa.select(StockHold.variant_id, StockHold.quantity).where(StockHold.state == "held")
    for query in (held, sa.select(OrderLine.variant_id, OrderLine.quantity)):
        for variant_id, quantity in db.session.execute(query).all():
            left[variant_id] += quantity
    assert dict(left) == dict(initial)
    assert min(stock().values()) >= 0


def every_order_is_sound() -> None:
    orders = list(db.session.scalars(sa.select(Order)))
    proofs = [order.challenge_id for order in orders if order.challenge_id]
    for unique in (
        [order.key for order in orders],
        [order.checkout_id for order in orders],
        proofs,
    ):
        assert len(set(unique)) == len(unique)
    promised = sa.select(OutboxRow.about).where(OutboxRow.kind == "order-mail")
    assert sorted(db.session.scalars(promised)) == sorted(order.id for order in orders)
    for order in orders:
        _is_sound(order)


def ledgers_balance() -> None:
    sums = sa.select(LedgerEntry.order_id, sa.func.sum(LedgerEntry.yen))
    for order_id, yen in db.session.execute(sums.group_by(LedgerEntry.order_id)):
        assert yen == 0, order_id


def _is_sound(order: Order) -> None:
    assert order.lines
    assert order.total == _recounted(order)
    entries = sa.select(LedgerEntry).where(LedgerEntry.order_id == order.id)
    booked = [(entry.account, entry.yen) for entry in db.session.scalars(entries)]
    assert ("receivable", order.total) in booked
    assert sum(yen for _account, yen in booked) == 0
    kind = kind_of_code(order.payment_code)
    is_paid = kind.check is Check.HOSTED and order.payment_status == "paid"
    stands = "paid" if is_paid else kind.first_state
    assert (order.status, order.payment_status) == ("placed", stands)
    assert kind.always_checks_sms == _is_proven(order)
    happened = [event.event for event in order.events]
    assert happened == (["placed", "paid"] if is_paid else ["placed"])
    assert len(payments_for(order)) == is_paid


def payments_for(order: Order) -> list[str]:
    """Visits whose money the shop keeps: never two for one order."""
    mine = (HostedSession.order_id == order.id) & (HostedSession.outcome == "paid")
    return list(db.session.scalars(sa.select(HostedSession.token).where(mine)))


def _recounted(order: Order) -> int:
    shop = db.session.get_one(Shop, 1)
    method = sa.select(PaymentMethod.fee).where(PaymentMethod.code == order.payment_code)
    goods = sum(line.price * line.quantity for line in order.lines)
    to = receipt.answers_of(order).destination.prefecture
    shipping = fees.fee_to(shop.offered[0], to, goods)
    return goods + shipping + (db.session.scalar(method) or 0)


def _is_proven(order: Order) -> bool:
    """A challenge is erased a day after its use."""
    if order.challenge_id is None:
        return False
    challenge = db.session.get(Challenge, order.challenge_id)
    return challenge is None or bool(challenge.passed_at and challenge.consumed_at)


def every_challenge_is_within_its_limits() -> None:
    texts, live = Counter[str](), Counter[str]()
    for challenge in db.session.scalars(sa.select(Challenge)):
        assert challenge.attempts <= challenge.max_attempts
        texts[challenge.checkout_id] += challenge.texts
        live[challenge.checkout_id] += not challenge.ended and not challenge.consumed_at
        assert not (challenge.consumed_at and not challenge.passed_at)
        assert not (challenge.sealed_code and (challenge.ended or challenge.consumed_at))
    assert max(texts.values(), default=0) <= TEXTS
    assert max(live.values(), default=0) <= LIVE
    uses = sa.select(LimitSlot.scope, LimitSlot.subject, sa.func.count())
    for scope, _subject, count in db.session.execute(uses.group_by("scope", "subject")).all():
        assert count <= MOST_USES.get(scope, count)
