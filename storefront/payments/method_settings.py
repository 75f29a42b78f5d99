"""Registering, changing, ordering and removing payment methods."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from itertools import count

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storefront.core.extensions import db, transaction
from storefront.payments import publishing, requirements
from storefront.payments.collectors import Collector
from storefront.payments.kinds import KINDS, Check, Kind
from storefront.payments.models import PaymentMethod
from storefront.payments.publishing import METHODS, NotPublishable
from storefront.payments.requirements import Missing
from storefront.ports.codes import SENDS, TRIES, WAIT

MOST_YEN = 999_999
DAYS = 7  # to pay in, where the owner says nothing else


class Already(Exception):
    """The kind has room for one method, which is registered: change that one."""


class InUse(Exception):
    """Orders were placed by the method: withdraw it from the offer instead of deleting it."""


@dataclass(frozen=True)
class Details:
    """What the owner has typed about one method; yen include tax."""

    name: str
    name_en: str = ""
    summary: str = ""
    summary_en: str = ""
    payment_time: str = ""
    payment_time_en: str = ""
    instructions: str = ""
    instructions_en: str = ""
    fee: int = 0
    minimum: int = 0
    maximum: int | None = None
    delivery_methods: list[str] = field(default_factory=list)
    published: bool = False
    sms_check: bool = False
    sms_tries: int = TRIES
    sms_sends: int = SENDS
    sms_wait: int = WAIT
    days_to_pay: int = DAYS
    collector: str = Collector.PROVIDER
    logo: str | None = None
    account: dict[str, str] = field(default_factory=dict)  # a BankAccount

    def of(self, kind: Kind) -> Mapping[str, object]:
        """The columns of the method, with those that its kind decides."""
        fixed: dict[str, object] = {}
        if not kind.may_check_sms:
            fixed["sms_check"] = kind.always_checks_sms
        if kind.check is not Check.CREDIT_AND_CODE:
            fixed["collector"] = Collector.PROVIDER
        return {**asdict(self), **fixed}


def draft(kind: Kind) -> Details:
    """The details with which the form of a new method begins."""
    return Details(**asdict(kind.draft), sms_check=kind.always_checks_sms)


def all_methods() -> list[PaymentMethod]:
    """All methods, published or not, in the shop's order."""
    query = sa.select(PaymentMethod).where(PaymentMethod.kind.in_(KINDS))
    return list(db.session.scalars(query.order_by(PaymentMethod.position, PaymentMethod.id)))


def find(code: str) -> PaymentMethod | None:
    return db.session.scalar(publishing.of_code(code))


def may_register(kind: Kind) -> bool:
    """Whether the kind has room for another method."""
    mine = sa.select(sa.func.count()).where(PaymentMethod.kind == kind.code)
    return not (kind.is_single and db.session.scalar(mine))


def register(kind: Kind, details: Details) -> PaymentMethod:
    """Register a method behind all others; raises Already or NotPublishable."""
    try:
        with transaction(of=METHODS):
            if not may_register(kind):
                raise Already
            method = PaymentMethod(code=_free_code(kind), kind=kind.code, **details.of(kind))
            method.position = _last()
            _require(method)
            db.session.add(method)
            db.session.flush()
    except IntegrityError:  # another tab registered it a moment ago
        raise Already from None
    return method


def change(code: str, details: Details) -> PaymentMethod:
    """Change a method; raises NotPublishable, or NoResultFound where the method is gone."""
    with transaction(of=METHODS):
        method = db.session.scalars(publishing.of_code(code)).one()
        for name, value in details.of(KINDS[method.kind]).items():
            setattr(method, name, value)
        _require(method)
    return method


def _require(method: PaymentMethod) -> None:
    """Raises NotPublishable where the method may not be kept as it is.

    Even a withdrawn method must not let shop and provider both ask for the money of past orders.
    """
    with db.session.no_autoflush:
        if method.published:
            publishing.require(method)
        elif publishing.is_asked_for_twice(method, requirements.standing()):
            raise NotPublishable([Missing.ONE_COLLECTOR])


def move(code: str, by: int) -> None:
    """Move a method one place up (-1) or down (1) in the shop's order; at the end it stays."""
    with transaction(of=METHODS):
        ordered = all_methods()
        _put(ordered, code, place_of(ordered, code) + by)


def place(code: str, nth: int) -> None:
    """Move a method to a place of the shop's order, counted from 1; beyond the end, to the end."""
    with transaction(of=METHODS):
        _put(all_methods(), code, nth - 1)


def place_of(ordered: list[PaymentMethod], code: str) -> int:
    """A method's place, counted from 0; behind all others for an unknown code."""
    return next((nth for nth, one in enumerate(ordered) if one.code == code), len(ordered))


def _put(ordered: list[PaymentMethod], code: str, where: int) -> None:
    here = place_of(ordered, code)
    if here < len(ordered):
        ordered.insert(max(0, min(where, len(ordered) - 1)), ordered.pop(here))
    for position, method in enumerate(ordered):
        method.position = position


def remove(code: str, is_used: Callable[[str], bool]) -> None:
    """Delete a method; raises InUse where an order was placed by it.

    is_used tells of a method's code whether there is such an order.
    """
    with transaction(of=METHODS):
        if is_used(code):
            raise InUse
        db.session.execute(sa.delete(PaymentMethod).where(PaymentMethod.code == code))


def _free_code(kind: Kind) -> str:
    """The kind's own code for its first method, then `cod-2` and so on."""
    taken = set(db.session.scalars(sa.select(PaymentMethod.code)))
    later = (f"{kind.code}-{nth}" for nth in count(2))
    return kind.code if kind.code not in taken else next(one for one in later if one not in taken)


def _last() -> int:
    return 1 + (db.session.scalar(sa.select(sa.func.max(PaymentMethod.position))) or 0)
