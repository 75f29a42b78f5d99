"""A refusal that comes while nobody may be looking is said by mail, if by then nobody is."""

from datetime import timedelta

from storefront import clock
from storefront.extensions import transaction
from storefront.kuroneko.learning import Learned
from storefront.kuroneko.models import CreditAttempt
from storefront.outbox import rows

NOT_PLACED = "not-placed"
AFTER = timedelta(minutes=6)
BAD = {Learned.NO_CREDIT, Learned.OVER_LIMIT, Learned.CODE_OVER}


def see_to(attempt: CreditAttempt, learned: Learned | None) -> None:
    """The row looks again before it sends: the shopper may have gone on by another way."""
    if learned in BAD:
        with transaction():
            rows.add(NOT_PLACED, attempt.id, due_at=clock.now() + AFTER)
