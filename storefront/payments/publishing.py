"""Putting a method on offer and taking it off: only what has all it needs goes on."""

import re
import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa

from storefront.core.extensions import db, transaction
from storefront.payments import demo_leftovers, methods, requirements
from storefront.payments.collectors import Collector
from storefront.payments.models import PaymentMethod
from storefront.payments.requirements import AccountReadiness, Missing

ACCOUNT_NUMBER = re.compile(r"[0-9](-?[0-9]){5,}")
METHODS = "payment methods"  # those who change them, or who asks for their money, take turns


class NotPublishable(Exception):
    """Get what is missing first; until then the method can be kept, but not offered."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = list(missing)


def missing(method: PaymentMethod, stands: AccountReadiness) -> list[str]:
    """Codes of all that keeps a method from being on offer, whether it is published or not: those
    of Missing, and those of its provider's own Requirements."""
    found = _to_arrange(method, stands)
    if demo_leftovers.shows_demo_account(method):
        found.append(Missing.OWN_ACCOUNT)
    if is_asked_for_twice(method, stands):
        found.append(Missing.ONE_COLLECTOR)
    if not methods.is_wired(method):
        found.append(Missing.PROVIDER)
    if not names_account(method):
        found.append(Missing.ACCOUNT)
    if not method.payment_time.strip():
        found.append(Missing.PAYMENT_TIME)
    return found


def names_account(method: PaymentMethod) -> bool:
    """Whether a shopper learns after ordering to which account a transfer goes.

    It has fields of its own; a text of the owner's may name it too, by a number of six digits or
    more.
    """
    if not methods.kind_of(method).needs_account or method.account:
        return True
    words = unicodedata.normalize("NFKC", method.instructions or "")
    return ACCOUNT_NUMBER.search(words) is not None


def is_asked_for_twice(method: PaymentMethod, stands: AccountReadiness) -> bool:
    """Whether the shop and Yamato would both ask the shopper for the money."""
    is_yamatos = methods.kind_of(method).gateway == methods.KURONEKO
    return stands.is_live and is_yamatos and method.collector == Collector.SHOP


def _to_arrange(method: PaymentMethod, stands: AccountReadiness) -> list[str]:
    """With whoever does the work: a provider of credit knows best itself."""
    if methods.asks_credit(method):
        return [one.code for one in methods.to_arrange(method)]
    return [*requirements.missing(methods.kind_of(method), stands)]


def require(method: PaymentMethod) -> None:
    """Raises NotPublishable."""
    if found := missing(method, requirements.standing()):
        raise NotPublishable(found)


def publish(code: str) -> PaymentMethod:
    """Raises NotPublishable, or NoResultFound where the method is gone."""
    with transaction(of=METHODS):
        method = db.session.scalars(of_code(code)).one()
        require(method)
        method.published = True
    return method


def unpublish(code: str) -> PaymentMethod:
    with transaction(of=METHODS):
        method = db.session.scalars(of_code(code)).one()
        method.published = False
    return method


def of_code(code: str) -> sa.Select[PaymentMethod]:
    return sa.select(PaymentMethod).where(PaymentMethod.code == code)
