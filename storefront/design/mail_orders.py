"""Orders that mails are shown by: placed on paper by the shop's own rules, and taken back before
anybody could see them."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from storefront.cart.models import CartLine
from storefront.catalogue.models import Product, Variant
from storefront.checkout import placing, preview
from storefront.checkout.journey import Journey
from storefront.checkout.legal.snapshot import snapshot
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import ledger
from storefront.orders.models import Deposit, Order, OrderEvent, PaymentRequest, Shipment
from storefront.payments.models import HostedSession

GOODS = {"uji-sencha": 2, "yunomi": 1, "indigo-tote-m": 1}  # of the demo shop: pieces by SKU
NAMES = {"ja": "山田 太郎", "en": "Taro Yamada"}
PRESENT = {
    "company": "株式会社さくら 総務部",
    "ship_to": "other",
    "ship_name": "勅使河原 エリザベス・アレクサンドラ・桜子",
    "ship_company": "一般社団法人全国工芸品産業振興協会連合会東京本部",
    "ship_postal_code": "9920831",
    "ship_prefecture": "山形県",
    "ship_city": "西置賜郡白鷹町大字荒砥",
    "ship_street": "字南小路乙1234番地の56の7",
    "ship_building": "グランドメゾン白鷹中央壱番館弐号棟1203号室",
    "ship_tel": "0238000000",
    "gift_sender": "山田家一同",
    "note": "のしは「内祝」でお願いします。\n不在のときは宅配ボックスへ入れてください。",
}
DUE_IN = timedelta(days=14)
NOTHING: Mapping[str, str] = {}


class _TakenBack(Exception):
    """What was written is not to stay."""


@dataclass(frozen=True)
class OrderLife:
    """What an order has come to: how it is paid, its states, its events after the first, and what
    else is written of it."""

    payment: str = "cod"
    status: str = "placed"
    payment_status: str = ""
    events: tuple[str, ...] = ()
    also: Callable[[Order], None] = lambda _order: None
    answers: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def on_paper() -> Iterator[None]:
    """A transaction in which orders may be written; nothing of it stays."""
    with suppress(_TakenBack), transaction():
        yield
        raise _TakenBack


def order(life: OrderLife, language: str) -> Order:
    """An order that has lived so, inside on_paper; 404 where the shop sells nothing."""
    journey = _journey(life, language)
    made = placing.write(journey, secrets.token_hex(16), snapshot(journey), None, None)
    db.session.refresh(made)
    made.placed_at = clock.now() - timedelta(days=len(life.events))
    made.events[0].at = made.placed_at
    for nth, event in enumerate(life.events, 1):
        made.events.append(OrderEvent(at=made.placed_at + timedelta(days=nth), event=event))
    made.status = life.status
    made.payment_status = life.payment_status or made.payment_status
    life.also(made)
    db.session.flush()
    db.session.expire(made)
    return made


def _journey(life: OrderLife, language: str) -> Journey:
    found = preview.of_own_goods(life.payment)
    if found is None or found.answers is None:
        abort(404, "売っている商品がありません (The shop sells nothing)")
    answers = replace(found.answers, name=NAMES[language], **life.answers)
    return replace(found, cart=_goods() or found.cart, answers=answers)


def _goods() -> list[CartLine]:
    """The demo shop's pieces; none in a shop of other goods."""
    mine = sa.select(Variant).join(Product).where(Variant.sku.in_(GOODS), Product.published)
    return [
        CartLine(variant_id=one.id, variant=one, quantity=GOODS[one.sku], seen_price=one.price)
        for one in db.session.scalars(mine.options(joinedload(Variant.product)))
    ]


# what else is written of an order


def parcel(made: Order) -> None:
    made.shipments.append(Shipment(carrier="yamato", slip="123456789012", shipped_at=clock.now()))


def asked(made: Order, within: timedelta = DUE_IN) -> None:
    """Its payment is asked for, to be made within 14 days."""
    parcel(made)
    token = secrets.token_urlsafe(16)
    due_on = clock.today() + within
    made.request = PaymentRequest(token=token, issued_at=clock.now(), due_on=due_on)


def late(made: Order) -> None:
    """The last day to pay was yesterday."""
    asked(made, timedelta(days=-1))


def numbered(made: Order) -> None:
    """It has the number that is paid by at a store."""
    visit = HostedSession(
        token=secrets.token_urlsafe(32),
        checkout_id=made.checkout_id,
        order_id=made.id,
        order_number=made.number,
        method=made.payment_code,
        means="cvs",
        yen=made.total,
        locale=made.locale,
        opened_at=clock.now(),
        number="1234567890123",
    )
    db.session.add(visit)


def reduced(made: Order) -> None:
    made.reduced_to = made.total - 500


def transferred(made: Order, over: int = 0, *, is_late: bool = False) -> None:
    yen = made.total + over
    made.deposits.append(
        Deposit(
            received_on=clock.today(), yen=yen, over=over, is_late=is_late, noted_at=clock.now()
        )
    )


def given_back(made: Order) -> None:
    """It was paid by transfer, and the money goes back by hand."""
    transferred(made)
    ledger.record_payment(made, clock.now())
    ledger.record_reversal(made, clock.now(), is_by_hand=True)
