"""Finding orders by their person, though the person is sealed: keyed digests of what is known."""

from collections.abc import Iterator
from unicodedata import normalize

import sqlalchemy as sa

from storefront.core import phones
from storefront.core.extensions import data_vault, db, transaction, upsert
from storefront.core.japanese import common, digits, fold, half_width, without_honorific
from storefront.orders import receipt
from storefront.orders.details import OrderDetails
from storefront.orders.models import OF_A_PERSON, UNMARKED, Order, SearchIndexEntry
from storefront.ports.mail import comparable

AT_ONCE = 500  # orders in one transaction of the chore
PURPOSE = "order-search"
LAST = 4  # digits of a phone that people read out


def sought(typed: str) -> tuple[str, ...]:
    """Digests, under each DATA_KEY in use, of what was typed into the search.

    An e-mail address, a phone, its last four digits or a name; empty for nothing to search for.
    """
    kind, text = _read(typed)
    return data_vault().digests(PURPOSE, kind, text) if text else ()


def _read(typed: str) -> tuple[str, str]:
    typed = half_width(typed)
    if "@" in typed:
        return "email", comparable(typed)
    number = digits(typed)
    if len(number) == LAST and number.isdecimal():
        return "last", number
    if phone := phones.national(typed):
        return "phone", phone
    return "name", _folded(without_honorific(typed))


def digests_of(answers: OrderDetails) -> set[str]:
    """Digests by which an order is found: of its customer and of its recipient."""
    digests = {_digest("email", comparable(answers.email))}
    to = answers.destination
    for name in (answers.name, answers.name_kana, answers.company, to.name, to.company):
        digests |= {_digest("name", part) for part in _names(name)}
    for phone in (answers.tel, answers.sms_tel, answers.destination.tel):
        if phone:
            digests |= {_digest("phone", phone), _digest("last", phones.last_four(phone))}
    return digests


def write(order_id: int) -> None:
    """Write an order's digests; nothing for an erased person. Called again it changes nothing."""
    _write([db.session.get_one(Order, order_id)])


def catch_up() -> None:
    """Each minute: index orders from before there was an index, 500 at a time."""
    query = sa.select(Order).where(UNMARKED).order_by(Order.id).limit(AT_ONCE)
    if orders := list(db.session.scalars(query)):
        _write(orders)


def remake() -> int:
    """Index anew the orders whose digests are of a former key; returns their number.

    Each order can be found at any moment, by former digests or by new ones.
    """
    named = sa.func.substr(SearchIndexEntry.digest, 1, len(data_vault().current.id))
    former = sa.select(SearchIndexEntry.order_id).where(named != data_vault().current.id)
    ids = list(db.session.scalars(former.distinct()))
    for start in range(0, len(ids), AT_ONCE):
        some = Order.id.in_(ids[start : start + AT_ONCE])
        _write(list(db.session.scalars(sa.select(Order).where(some))))
    return len(ids)


def _write(orders: list[Order]) -> None:
    mine = [order.id for order in orders]
    with transaction():
        of_persons = sa.select(Order).where(Order.id.in_(mine), OF_A_PERSON).order_by(Order.id)
        rows = [
            {"digest": digest, "placed_at": order.placed_at, "order_id": order.id}
            for order in db.session.scalars(of_persons.with_for_update())
            for digest in digests_of(receipt.answers_of(order))
        ]
        db.session.execute(sa.delete(SearchIndexEntry).where(SearchIndexEntry.order_id.in_(mine)))
        if rows:
            db.session.execute(upsert(SearchIndexEntry).on_conflict_do_nothing(), rows)
        db.session.execute(sa.update(Order).where(Order.id.in_(mine)).values(is_marked=True))


def _names(name: str) -> Iterator[str]:
    """A name and each of its parts, in one spelling."""
    plain = without_honorific(name)
    for part in (plain, *plain.split()):
        if folded := _folded(part):
            yield folded


def _folded(name: str) -> str:
    """ｻﾄｳ, さとう and サトウ are equal, and so are 髙橋 and 高橋, Müller and Muller."""
    return fold(common(normalize("NFC", name)))


def _digest(kind: str, text: str) -> str:
    return data_vault().digest(PURPOSE, kind, text)
