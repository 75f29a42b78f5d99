"""Placed orders: a snapshot of what was agreed, which later changes of the shop never touch."""

from datetime import date, datetime
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storefront.core.extensions import Base, Sealed, UtcDateTime
from storefront.payments.kinds import Kind, kind_of_code


class Order(Base):
    """Every combination of what a list may ask for has an index, so that none is looked through."""

    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(16), unique=True)
    token: Mapped[str] = mapped_column(sa.String(43), unique=True)
    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    checkout_id: Mapped[str] = mapped_column(sa.String(32), index=True)
    challenge_id: Mapped[str | None] = mapped_column(sa.String(32), unique=True)
    locale: Mapped[str] = mapped_column(sa.String(2))
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    status: Mapped[str] = mapped_column(sa.String(12), default="placed")
    payment_status: Mapped[str] = mapped_column(sa.String(12))
    payment_code: Mapped[str] = mapped_column(sa.String(40))
    payment_reference: Mapped[str | None] = mapped_column(sa.String(20), index=True)
    contract: Mapped[str | None] = mapped_column(sa.String(16))  # that the credit was asked under
    customer: Mapped[dict[str, Any]] = mapped_column(Sealed)  # the shopper's answers
    texts: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # names and legal items as shown
    screens: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # digest of each screen agreed to
    goods: Mapped[int]
    shipping: Mapped[int]
    fee: Mapped[int]
    total: Mapped[int]
    reduced_to: Mapped[int | None]  # yen, where less is charged than was agreed
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the provider, how it stands
    standing: Mapped[str | None] = mapped_column(sa.String(12))  # what the provider said then
    is_marked: Mapped[bool] = mapped_column(default=False)  # it can be searched for by its person
    staff_note: Mapped[str | None] = mapped_column(Sealed)  # the shopper never sees it
    is_test: Mapped[bool] = mapped_column(default=False)  # production, connected for trying out
    pay_by: Mapped[date | None]  # the last day, where it ends by itself if no money comes
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # its person's data are gone
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by whoever moves it
    receipt_name: Mapped[str | None] = mapped_column(Sealed)  # as typed, in place of the orderer's

    lines: Mapped[list["OrderLine"]] = relationship(order_by="OrderLine.id")
    events: Mapped[list["OrderEvent"]] = relationship(order_by="OrderEvent.id")
    shipments: Mapped[list["Shipment"]] = relationship(order_by="Shipment.id")
    request: Mapped["PaymentRequest | None"] = relationship()
    deposits: Mapped[list["Deposit"]] = relationship(order_by="Deposit.id")

    @property
    def kind(self) -> Kind:
        """The kind of its payment method; raises KeyError for one that no code knows."""
        return kind_of_code(self.payment_code)

    @property
    def owed(self) -> int:
        """Yen that the shopper is charged, tax included."""
        return self.total if self.reduced_to is None else self.reduced_to

    @property
    def taken_off(self) -> int:
        """Yen that were agreed to and are not charged after all."""
        return self.total - self.owed

    @property
    def deposit(self) -> "Deposit | None":
        """What it was paid by, where somebody of the shop has found that on its account."""
        return next((one for one in self.deposits if not one.is_late), None)

    @property
    def received(self) -> int:
        """Yen that have come for it, once it is paid."""
        return self.deposit.yen if self.deposit else self.owed

    @property
    def came_late(self) -> int:
        """Yen that came after its end."""
        return sum(one.yen for one in self.deposits if one.is_late)


def _listed(*by: str, of: sa.ColumnElement[bool] | None = None, named: str = "") -> None:
    """An index in the order of a list: what it is narrowed down by, then the newest first."""
    columns = [getattr(Order, name) for name in (*by, "placed_at", "id")]
    name = f"ix_orders_{named or '_'.join(('listed', *by))}"
    sa.Index(name, *columns, sqlite_where=of, postgresql_where=of)


for chosen in (1, 2, 3):
    for columns in combinations(("status", "payment_status", "payment_code"), chosen):
        _listed(*columns)
ON_CREDIT = Order.payment_reference.is_not(None)
_listed(of=ON_CREDIT, named="on_credit")
_listed("standing", of=ON_CREDIT, named="on_credit_standing")
_listed("payment_status", of=ON_CREDIT, named="on_credit_payment_status")
UNMARKED = Order.is_marked.is_(False)
sa.Index("ix_orders_unmarked", Order.id, sqlite_where=UNMARKED, postgresql_where=UNMARKED)

OF_A_PERSON = Order.erased_at.is_(None)
_listed(of=OF_A_PERSON, named="of_a_person")


class SearchIndexEntry(Base):
    """A keyed digest of something that an order's person is searched for by."""

    __tablename__ = "order_marks"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy's way

    digest: Mapped[str] = mapped_column("mark", sa.String(32), primary_key=True)
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)  # the order's
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), primary_key=True)


class OrderCheck(Base):
    """A phone check on the way to an order, which outlives the day that its code is kept."""

    __tablename__ = "order_checks"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)  # as the challenge had it
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    method: Mapped[str] = mapped_column(sa.String(40))
    verifier: Mapped[str] = mapped_column(sa.String(12))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    passed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended: Mapped[str | None] = mapped_column(sa.String(12))
    outcome_unknown: Mapped[bool]
    texts: Mapped[int]
    attempts: Mapped[int]
    provider: Mapped[str | None] = mapped_column(sa.String(20))
    delivery: Mapped[str | None] = mapped_column(sa.String(12))


class OrderLine(Base):
    __tablename__ = "order_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    variant_id: Mapped[int] = mapped_column(index=True)
    sku: Mapped[str] = mapped_column(sa.String(80))
    name: Mapped[str] = mapped_column(sa.String(200))
    option: Mapped[str] = mapped_column(sa.String(100))
    price: Mapped[int]
    quantity: Mapped[int]
    tax: Mapped[int]

    @property
    def subtotal(self) -> int:
        return self.price * self.quantity


class OrderEvent(Base):
    """What happened to an order and when; never changed, only added to."""

    __tablename__ = "order_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    event: Mapped[str] = mapped_column(sa.String(24))


class Shipment(Base):
    """One parcel of an order; a slip number that was changed or withdrawn is no longer here."""

    __tablename__ = "shipments"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), unique=True)
    carrier: Mapped[str] = mapped_column(sa.String(8))  # yamato or other
    slip: Mapped[str] = mapped_column(sa.String(20), index=True)
    shipped_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PaymentRequest(Base):
    """One request an order; its token opens the page where the shopper pays."""

    __tablename__ = "payment_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), unique=True)
    token: Mapped[str] = mapped_column(sa.String(22), unique=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    means: Mapped[str | None] = mapped_column(sa.String(12))  # the way to pay, once chosen
    store: Mapped[str | None] = mapped_column(sa.String(20))  # the chain, for convenience stores
    number: Mapped[str | None] = mapped_column(sa.String(40))  # what is paid by there
    chosen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    links_sent: Mapped[int] = mapped_column(default=0)  # how often the shopper asked for it again
    link_sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Deposit(Base):
    """Money for an order on the shop's own account; the same day and amount is noted once."""

    __tablename__ = "deposits"
    __table_args__ = (
        sa.UniqueConstraint("order_id", "received_on", "yen", name="uq_deposits_order_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"))
    received_on: Mapped[date]
    yen: Mapped[int]
    over: Mapped[int]  # yen more than was charged; negative where it fell short
    is_late: Mapped[bool]  # the order had ended: all of it is owed back
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LedgerEntry(Base):
    """Double entry: the yen of one order's entries sum to zero."""

    __tablename__ = "ledger_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account: Mapped[str] = mapped_column(sa.String(24))
    yen: Mapped[int]
