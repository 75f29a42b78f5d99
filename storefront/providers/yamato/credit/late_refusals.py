"""Refusals that arrive after the shopper may have left: they are told by mail."""

from datetime import timedelta

from storefront.core import clock
from storefront.core.extensions import transaction
from storefront.outbox import outbox
from storefront.providers.yamato.credit.outcomes import CreditOutcome
from storefront.providers.yamato.models import CreditAttempt

NOT_PLACED = "not-placed"
AFTER = timedelta(minutes=6)
BAD = {CreditOutcome.NO_CREDIT, CreditOutcome.OVER_LIMIT, CreditOutcome.CODE_OVER}


def see_to(attempt: CreditAttempt, learned: CreditOutcome | None) -> None:
    """After a refusal, plan a mail that tells the shopper in six minutes that there is no order.

    The mail is not sent where the shopper has ordered by another method by then.
    """
    if learned in BAD:
        with transaction():
            outbox.add(NOT_PLACED, attempt.id, due_at=clock.now() + AFTER)
