"""One code of an order is judged at a time; whoever sends one meanwhile waits for that verdict.

Yamato counts whatever it is asked to judge, and of two right codes at once it answers the second
that there is nothing to judge any more.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.core.polling import looks
from storefront.verification import rate_limit_slots
from storefront.verification.models import Challenge, LimitSlot
from storefront.verification.rate_limit_slots import Hit
from storefront.verification.rate_limits import code_vault

LONGEST = timedelta(seconds=15)  # from a code to its verdict; later, whoever had it judged died


class TurnState(Enum):
    """What a request that brings a code may do once it has waited for its turn."""

    MINE = auto()
    TOLD = auto()  # what became of the code, or of the whole challenge, is written down
    UNTOLD = auto()  # somebody else's judgement takes long


@dataclass(frozen=True)
class Turn:
    """One request's place in the line of codes of one order.

    use names the order and, in used_by, the order with the code; both are keyed digests.
    """

    challenge: Challenge
    use: Hit
    seen: int  # tries spent when this request read the challenge

    @property
    def row(self) -> sa.ColumnElement[bool]:
        """The condition that finds the turn's row among the rate limit slots."""
        return (LimitSlot.scope == self.use.scope) & (LimitSlot.subject == self.use.subjects[0])


def turn_of(challenge: Challenge, typed: str) -> Turn:
    """The turn of a code for the challenge's order."""
    order, digest = challenge.reference or "", code_vault().digest
    use = Hit("judging", (digest("judging", order),), 1, LONGEST, digest("judging", order, typed))
    return Turn(challenge, use, challenge.attempts)


def take(turn: Turn) -> TurnState:
    """Wait up to three seconds for the turn.

    Returns MINE where this request is to have its code judged, TOLD where the result of an equal
    code or of the whole challenge is known, UNTOLD where another judgement takes longer.
    """
    is_twin = False
    for _ in looks():
        db.session.refresh(turn.challenge)
        is_over = turn.challenge.passed_at or turn.challenge.ended
        holder = _holder(turn)
        is_free = holder is None or holder.used_at <= clock.now() - LONGEST
        if is_over or (is_free and (is_twin or _was_judged(turn, holder))):
            return TurnState.TOLD
        if is_free and _take(turn):
            return TurnState.MINE
        is_twin = is_twin or (holder is not None and holder.used_by == turn.use.used_by)
    return TurnState.UNTOLD


def end(turn: Turn, *, was_wrong: bool) -> None:
    """Give the turn free.

    A wrong code stays known, for an equal request of the same moment that comes a little later.
    """
    mine = turn.row & (LimitSlot.used_by == turn.use.used_by)
    with transaction():
        if was_wrong:
            over = sa.update(LimitSlot).where(mine).values(used_at=clock.now() - LONGEST)
            db.session.execute(over)
        else:
            db.session.execute(sa.delete(LimitSlot).where(mine))


def _holder(turn: Turn) -> LimitSlot | None:
    fresh = sa.select(LimitSlot).where(turn.row).execution_options(populate_existing=True)
    return db.session.scalar(fresh)


def _was_judged(turn: Turn, last: LimitSlot | None) -> bool:
    """Whether an equal code was judged after this request had begun."""
    is_same = last is not None and last.used_by == turn.use.used_by
    return is_same and turn.challenge.attempts > turn.seen


def _take(turn: Turn) -> bool:
    with transaction():
        return rate_limit_slots.reserve([turn.use])
