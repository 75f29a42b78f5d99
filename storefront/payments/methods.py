"""Which payment methods are on offer, and whether one may pay for an amount."""

from datetime import timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.payments.collectors import Collector
from storefront.payments.kinds import KINDS, Check, Kind
from storefront.payments.models import PaymentMethod
from storefront.payments.requirements import IS_LIVE, has_all_it_needs
from storefront.ports.codes import CodeRules
from storefront.ports.deferred_credit import DeferredCredit, Requirement
from storefront.ports.plugin import ProviderPlugin
from storefront.ports.registry import providers

KURONEKO = "kuroneko"  # the gateway
# what the shop would ask for as Yamato does under the real contract is off the offer
ASKED_FOR_TWICE = (PaymentMethod.collector == Collector.SHOP) & IS_LIVE
PUBLIC = PaymentMethod.published.is_(True) & (PaymentMethod.payment_time != "")


def is_on_offer() -> sa.ColumnElement[bool]:
    """Published, with all that it needs, whether anybody is wired to do it or not."""
    return _on_offer(tuple(KINDS))


@cache
def _on_offer(kinds: tuple[str, ...]) -> sa.ColumnElement[bool]:
    return PUBLIC & has_all_it_needs(kinds) & ~ASKED_FOR_TWICE


def on_offer() -> list[PaymentMethod]:
    """Published methods that have all they need, in the owner's order."""
    query = sa.select(PaymentMethod).where(is_on_offer()).order_by(PaymentMethod.position)
    return [one for one in db.session.scalars(query) if is_wired(one) and is_arranged(one)]


def is_wired(method: PaymentMethod) -> bool:
    """Whether somebody is there to do it; where a provider of credit would text the code and is
    not there, the shop's own codes prove a phone."""
    match kind_of(method).check:
        case Check.CREDIT:
            return asks_credit(method)
        case Check.HOSTED:
            return providers().hosted is not None
        case Check.NONE | Check.CREDIT_AND_CODE:
            return True


def is_arranged(method: PaymentMethod) -> bool:
    """Whether its provider lacks nothing; a kind's needs are read from the shop's own tables, in
    the statement that reads the methods."""
    return bool(kind_of(method).needs) or not to_arrange(method)


def to_arrange(method: PaymentMethod) -> list[Requirement]:
    """What the provider that would take orders by it on credit still lacks; empty without one."""
    credit = credit_of(method)
    found = credit.missing() if credit else ()
    return [one for one in found if one.holds_back(method.kind)]


def kind_of(method: PaymentMethod) -> Kind:
    return KINDS[method.kind]


def checks_sms(method: PaymentMethod) -> bool:
    return method.sms_check or kind_of(method).always_checks_sms


def needs_no_hold(method: PaymentMethod) -> bool:
    """Whether its order is placed at once: nothing is asked that pieces would be kept for."""
    return kind_of(method).check is Check.NONE and not method.sms_check


def credit_of(method: PaymentMethod) -> DeferredCredit[Any] | None:
    """Who takes orders by it on credit, and makes the code where there is one."""
    gateway = kind_of(method).gateway
    return providers().credit(gateway) if gateway else None


def asks_credit(method: PaymentMethod) -> bool:
    return credit_of(method) is not None


def consented_plugin(method: PaymentMethod) -> ProviderPlugin | None:
    """Whom a shopper allows by it to be told of them; None where nobody is told."""
    kind = kind_of(method)
    return providers().plugin(kind.gateway) if kind.needs_consent else None


def texts_by_shop(method: PaymentMethod) -> bool:
    """Whether it needs a text that the shop itself sends."""
    return checks_sms(method) and not asks_credit(method)


def code_rules(method: PaymentMethod) -> CodeRules:
    wait = timedelta(seconds=method.sms_wait)
    return CodeRules(method.sms_tries, method.sms_sends, wait)


def are_collected_by_shop() -> bool:
    """Whether the shop itself asks for the money of any method of Yamato's."""
    kinds = [kind.code for kind in KINDS.values() if kind.gateway == KURONEKO]
    mine = PaymentMethod.kind.in_(kinds) & (PaymentMethod.collector == Collector.SHOP)
    return bool(db.session.scalar(sa.select(sa.exists(sa.select(PaymentMethod.id).where(mine)))))


def goes_with(method: PaymentMethod, delivery: str) -> bool:
    """Whether orders that are sent by this delivery method may be paid so."""
    allowed = method.delivery_methods or []
    return not allowed or delivery in allowed


def is_within_limits(method: PaymentMethod, total: int) -> bool:
    """Whether the final total in yen, shipping, fee and tax included, may be paid this way; the
    owner's limit, and the kind's own, which no owner lifts."""
    most = most_of(method)
    return method.minimum <= total and (most is None or total <= most)


def most_of(method: PaymentMethod) -> int | None:
    """The highest final total in yen, by the owner's word and the kind's."""
    most = [one for one in (method.maximum, kind_of(method).highest) if one is not None]
    return min(most, default=None)
