"""Orders as rows for a spreadsheet, which must not take what a shopper typed for a formula."""

import csv
import io
from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from storefront.catalogue.csv.cells import covered
from storefront.core import clock
from storefront.core.extensions import db
from storefront.core.japanese import printable
from storefront.orders import receipt
from storefront.orders.models import Order
from storefront.orders.queries import listing, sales_conditions
from storefront.orders.queries.listing import Wanted
from storefront.shipping import labels

AT_ONCE = 500
BOM = "\ufeff"


def encoded(lines: Iterator[Sequence[object]], encoding: str) -> Iterator[bytes]:
    """CSV by and by; what cp932 lacks becomes what is near it (𠮷 吉, ü u) or a question mark."""
    if encoding == "utf-8":
        yield BOM.encode()
    for line in lines:
        out, cells = io.StringIO(), map(str, line)
        cells = map(printable, cells) if encoding == "cp932" else cells
        csv.writer(out).writerow(covered(cell) for cell in cells)
        yield out.getvalue().encode(encoding, errors="replace")


def lines(wanted: Wanted) -> Iterator[list[object]]:
    """One for each line of each order, the newest order first; nothing is held for long."""
    place = ""
    while True:
        page = listing.listed(wanted, before=place, size=AT_ONCE)
        rows = [row for order in _whole(page.orders) for row in _of_order(order)]
        place = page.older
        db.session.rollback()  # no snapshot is held while a slow line takes what was written
        db.session.expunge_all()
        yield from rows
        if not place:
            return


def _whole(orders: list[Order]) -> list[Order]:
    """With their lines and parcels, in the order of the list."""
    ids = [order.id for order in orders]
    query = sa.select(Order).where(Order.id.in_(ids))
    query = query.options(selectinload(Order.lines), joinedload(Order.shipments), *listing.SHORT)
    found = {order.id: order for order in db.session.scalars(query).unique()}
    return [found[id_] for id_ in ids]


def _of_order(order: Order) -> Iterator[list[object]]:
    by = receipt.answers_of(order)
    to = by.destination
    parcel = order.shipments[0] if order.shipments else None
    placed = f"{order.placed_at.astimezone(clock.JAPAN):%Y-%m-%d %H:%M}"
    head = [order.number, placed, order.status, order.payment_code, order.payment_status]
    person = [by.name, by.name_kana, by.tel, by.email, by.postal_code, by.customer.one_line]
    recipient = [to.name, to.postal_code, to.one_line, to.tel, parcel.slip if parcel else ""]
    sums = [order.shipping, order.fee, order.taken_off, order.owed]
    label = labels.label(to.name, to.company, by.sender)
    parcels = [by.company, to.company, by.sender]
    parcels += [label.company, label.name, label.honorific, label.sender]
    sold = sales_conditions.yen_of(order)
    for line in order.lines:
        goods = [line.sku, line.name, line.option, line.price, line.quantity, line.tax // 100]
        yield [*head, *person, *recipient, *goods, line.subtotal, *sums, *parcels, sold]
        sold = 0  # once an order, so that the column adds up to the sales
