"""The fallback: which methods are offered first after which failure, as the owner has set it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import sqlalchemy as sa

from storefront.core.extensions import db, transaction
from storefront.payments.models import PaymentMethod
from storefront.payments.publishing import METHODS


class Failure(StrEnum):
    """Kinds of failure that a shopper sees as one."""

    PHONE = "phone"
    CREDIT = "credit"
    SILENCE = "silence"


REASONS = {  # those of the banner on the order form
    Failure.PHONE: ("locked", "too-many", "undelivered", "refused", "unavailable", "ended"),
    Failure.CREDIT: ("credit", "limit"),
    Failure.SILENCE: ("unanswered",),
}
FAILURES = {reason: failure for failure, reasons in REASONS.items() for reason in reasons}
BEHIND = 1_000  # whatever was registered after the owner set the order


def in_order(possible: Iterable[PaymentMethod], failure: Failure | None) -> list[PaymentMethod]:
    """Where the owner has set none they stay as they are, in the order of the shop."""
    methods = list(possible)
    if failure is None:
        return methods
    return sorted(methods, key=lambda one: (one.ranks or {}).get(failure, BEHIND))


def set_order(failure: Failure, codes: Sequence[str]) -> None:
    """From now on these come first, in this order; none means the order of the shop again."""
    with transaction(of=METHODS):
        for method in db.session.scalars(sa.select(PaymentMethod)):
            ranks = {**method.ranks}
            ranks.pop(failure, None)
            if method.code in codes:
                ranks[failure] = codes.index(method.code)
            method.ranks = ranks
