"""What is kept of a person besides orders: on the way to one, and what counts them."""

import sqlalchemy as sa

from storefront.catalogue.models import ProductImport
from storefront.checkout.models import Checkout, SavedDetails
from storefront.checkout.store import IDLE
from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders.details import OrderDetails
from storefront.orders.models import OF_A_PERSON, Order
from storefront.payments.models import HostedSession
from storefront.ports.payments import Outcome
from storefront.privacy import erasure
from storefront.privacy.erasure import Gone
from storefront.privacy.person import Person, limit_digests, phone_digests
from storefront.verification import statistics
from storefront.verification.models import Challenge, LimitSlot


def is_at_the_checkout(person: Person) -> bool:
    """Whether somebody types this address or phone just now, or is on a payment page."""
    return any(_of(person, _is_under_way()))


def erase(person: Person) -> None:
    """Inside the caller's transaction; nothing of a checkout that is under way."""
    for checkout in _of(person, ~_is_under_way()):
        checkout.typed = checkout.answered = checkout.seen_terms = None
        erasure.forget_visits(HostedSession.checkout_id == checkout.id)
    ends = (Challenge.ended.is_not(None), Challenge.consumed_at.is_not(None))
    is_over = sa.or_(Challenge.expires_at <= clock.now(), *ends)
    of_order = sa.exists().where(Order.checkout_id == Challenge.checkout_id, OF_A_PERSON)
    statistics.let_go(Challenge.phone_digest.in_(phone_digests(person)) & is_over & ~of_order)
    _erase_saved_details(person)
    _erase_files(person)
    erasure.tell(Gone(person))


def erase_counts(person: Person) -> None:
    """Inside the caller's transaction: what caps have counted of them until now."""
    counted = LimitSlot.subject.in_(limit_digests(person))
    used = LimitSlot.used_by.in_(phone_digests(person))
    db.session.execute(sa.delete(LimitSlot).where(counted | used))


def _of(person: Person, *which: sa.ColumnElement[bool]) -> list[Checkout]:
    """Each is opened: there are those of a day."""
    typed = Checkout.typed.is_not(None) | Checkout.answered.is_not(None)
    query = sa.select(Checkout).where(typed, *which)
    return [one for one in db.session.scalars(query) if _holds(one, person)]


def _is_under_way() -> sa.ColumnElement[bool]:
    pays = sa.exists().where(
        HostedSession.checkout_id == Checkout.id,
        HostedSession.order_id.is_(None),
        HostedSession.outcome == Outcome.OPEN,
    )
    return (Checkout.touched_at > clock.now() - IDLE) | pays


def _holds(checkout: Checkout, person: Person) -> bool:
    if checkout.answered and person.is_in(OrderDetails.load(checkout.answered)):
        return True
    typed = (checkout.typed or {}).values()
    return any(person.is_named_in(one) for one in typed if isinstance(one, str))


def _erase_saved_details(person: Person) -> None:
    """Each is opened: a digest beside them would tell whose they are."""
    for one in db.session.scalars(sa.select(SavedDetails)):
        if person.is_in(OrderDetails.load(one.details)):
            db.session.delete(one)


def _erase_files(person: Person) -> None:
    """Files of products that an address or a phone stands in; they can be sent once more."""
    for one in db.session.scalars(sa.select(ProductImport)):
        told = (one.content or b"").decode("latin-1") + f"{one.faults} {one.file}"
        if person.is_named_in(told):
            one.content, one.faults, one.file = None, [], "csv"
