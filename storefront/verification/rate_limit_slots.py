"""Slots: a cap of so many uses, in a rolling window or while something is so, held exactly by as
many rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import UtcDateTime, db, upsert
from storefront.verification.models import LimitSlot

Slot = sa.Row[str, int, str, bool]


# by name, as SQLAlchemy relates no query inside ON CONFLICT to the row that is in the way
USED_BY: sa.ColumnElement[str] = sa.literal_column(f"{LimitSlot.__tablename__}.used_by")
LASTING = "while-"  # begins the scope of slots that count as long as something is so


@dataclass(frozen=True)
class Hit:
    """One use to be counted: at most `most` of a subject's in any window of that length.

    subjects are digests of one subject under each key, the newest key's first, so that uses from
    before a change of keys still count; formerly is the same for used_by. With keeps_place a
    used_by that has a slot in the window renews it and takes no second one.
    """

    scope: str
    subjects: tuple[str, ...]
    most: int
    window: timedelta
    used_by: str = ""
    keeps_place: bool = False  # whoever has a slot in the window has it anew, and takes no second
    counted: sa.ColumnElement[bool] | None = None  # when a slot counts, where no window says so
    formerly: tuple[str, ...] = ()

    @property
    def counts(self) -> sa.ColumnElement[bool]:
        if self.counted is not None:
            return self.counted
        return LimitSlot.used_at > sa.literal(clock.now() - self.window, UtcDateTime())


def reserve(uses: Sequence[Hit]) -> bool:
    """Take a slot for each use, or none at all, inside the caller's transaction.

    Returns False where a use has no free slot.
    """
    while uses:
        with db.session.begin_nested() as savepoint:
            numbers = _choose(uses)
            if numbers is None:
                return False
            if _claim(uses, numbers):
                return True
            savepoint.rollback()  # another was faster: what it took is seen when looking again
    return True


def left(uses: Sequence[Hit]) -> int:
    """How many more times all these uses are possible together."""
    different = sa.func.count(LimitSlot.number.distinct())
    count = sa.select(LimitSlot.scope, different).where(_of(uses), _is_live(uses))
    used = dict(db.session.execute(count.group_by(LimitSlot.scope)).all())
    return min(use.most - used.get(use.scope, 0) for use in uses)


def _choose(uses: Sequence[Hit]) -> list[int] | None:
    """A free slot's number for each use, or the own slot's; None where a use has neither."""
    live = _is_live(uses).label("is_live")
    columns = (LimitSlot.scope, LimitSlot.number, LimitSlot.used_by, live)
    slots: dict[str, list[Slot]] = {use.scope: [] for use in uses}
    for slot in db.session.execute(sa.select(*columns).where(_of(uses))):
        slots[slot.scope].append(slot)
    numbers = [_number(use, slots[use.scope]) for use in uses]
    chosen = [number for number in numbers if number is not None]
    return chosen if len(chosen) == len(uses) else None


def _number(use: Hit, slots: Sequence[Slot]) -> int | None:
    live = {slot.number: slot.used_by for slot in slots if slot.is_live}
    users = {use.used_by, *use.formerly}
    own = [number for number, used_by in live.items() if used_by in users]
    if use.keeps_place and own:
        return own[0]
    return next((number for number in range(use.most) if number not in live), None)


def _claim(uses: Sequence[Hit], numbers: Iterable[int]) -> bool:
    """Write all chosen slots in one statement; False where another took one of them first."""
    now = clock.now()
    rows = [
        {
            "scope": use.scope,
            "subject": use.subjects[0],
            "number": number,
            "used_at": now,
            "used_by": use.used_by,
        }
        for use, number in sorted(zip(uses, numbers, strict=True), key=lambda one: one[0].scope)
    ]
    claim = upsert(LimitSlot)
    new = {"used_at": claim.excluded.used_at, "used_by": claim.excluded.used_by}
    keeping = [LimitSlot.scope == use.scope for use in uses if use.keeps_place]
    is_mine = sa.or_(sa.false(), *keeping) & (LimitSlot.used_by == claim.excluded.used_by)
    key = sa.inspect(LimitSlot).primary_key
    claim = claim.on_conflict_do_update(
        index_elements=key, set_=new, where=~_is_live(uses) | is_mine
    )
    claimed = db.session.execute(claim.returning(LimitSlot.scope), rows).all()
    return len(claimed) == len(rows)


def _of(uses: Iterable[Hit]) -> sa.ColumnElement[bool]:
    subject = sa.tuple_(LimitSlot.scope, LimitSlot.subject)
    return subject.in_([(use.scope, one) for use in uses for one in use.subjects])


def _is_live(uses: Iterable[Hit]) -> sa.ColumnElement[bool]:
    """SQL condition: whether a row counts as used under the Hit of its scope."""
    return sa.case(*((LimitSlot.scope == use.scope, use.counts) for use in uses), else_=sa.false())
