"""The fallback: which methods are offered first after which failure, as the owner has set it."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from storefront.core.extensions import db, transaction
from storefront.payments.models import PaymentMethod
from storefront.payments.publishing import METHODS
from storefront.ports.failure_reasons import FailureGroup, FailureReason

FIRST = {  # the groups that the owner orders methods for, each with what it is shown by
    FailureGroup.PHONE: FailureReason.LOCKED,
    FailureGroup.CREDIT: FailureReason.CREDIT,
    FailureGroup.SILENCE: FailureReason.UNANSWERED,
}
BEHIND = 1_000  # whatever was registered after the owner set the order


def in_order(
    possible: Iterable[PaymentMethod], failure: FailureGroup | None
) -> list[PaymentMethod]:
    """Where the owner has set none they stay as they are, in the order of the shop."""
    methods = list(possible)
    if failure is None:
        return methods
    return sorted(methods, key=lambda one: (one.ranks or {}).get(failure, BEHIND))


def set_order(failure: FailureGroup, codes: Sequence[str]) -> None:
    """From now on these come first, in this order; none means the order of the shop again."""
    with transaction(of=METHODS):
        for method in db.session.scalars(sa.select(PaymentMethod)):
            ranks = {**method.ranks}
            ranks.pop(failure, None)
            if method.code in codes:
                ranks[failure] = codes.index(method.code)
            method.ranks = ranks
