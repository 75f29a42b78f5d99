"""Slots: a cap of so many uses in a rolling window, held exactly by as many rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from storefront import clock
from storefront.extensions import UtcDateTime, db, upsert
from storefront.verification.models import LimitSlot

Slot = sa.Row[str, int, datetime, str]


@dataclass(frozen=True)
class Use:
    """One use to be counted: at most so many of a subject's in any window of that length."""

    scope: str
    subject: str
    most: int
    window: timedelta
    used_by: str = ""
    keeps_place: bool = False  # whoever has a slot in the window has it anew, and takes no second


def take(uses: Sequence[Use]) -> bool:
    """Take a slot for each use or for none, inside the caller's transaction."""
    while uses:
        with db.session.begin_nested() as savepoint:
            numbers = _choose(uses)
            if numbers is None:
                return False
            if _claim(uses, numbers):
                return True
            savepoint.rollback()  # another was faster: what it took is seen when looking again
    return True


def left(uses: Sequence[Use]) -> int:
    """How often these uses are still possible together."""
    live = LimitSlot.used_at > _since(uses)
    count = sa.select(LimitSlot.scope, sa.func.count()).where(_of(uses), live)
    used = dict(db.session.execute(count.group_by(LimitSlot.scope)).all())
    return min(use.most - used.get(use.scope, 0) for use in uses)


def _choose(uses: Sequence[Use]) -> list[int] | None:
    """For each use the number of a slot that is free or its own; None where one has none."""
    columns = (LimitSlot.scope, LimitSlot.number, LimitSlot.used_at, LimitSlot.used_by)
    slots: dict[str, list[Slot]] = {use.scope: [] for use in uses}
    for slot in db.session.execute(sa.select(*columns).where(_of(uses))):
        slots[slot.scope].append(slot)
    numbers = [_number(use, slots[use.scope]) for use in uses]
    chosen = [number for number in numbers if number is not None]
    return chosen if len(chosen) == len(uses) else None


def _number(use: Use, slots: Sequence[Slot]) -> int | None:
    since = clock.now() - use.window
    live = {slot.number: slot.used_by for slot in slots if slot.used_at > since}
    if use.keeps_place and use.used_by in live.values():
        return next(number for number, used_by in live.items() if used_by == use.used_by)
    return next((number for number in range(use.most) if number not in live), None)


def _claim(uses: Sequence[Use], numbers: Iterable[int]) -> bool:
    """Write all slots at once; False where one is no longer as it was when it was chosen."""
    now = clock.now()
    rows = [
        {
            "scope": use.scope,
            "subject": use.subject,
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
    is_free = LimitSlot.used_at <= _since(uses)
    key = sa.inspect(LimitSlot).primary_key
    claim = claim.on_conflict_do_update(index_elements=key, set_=new, where=is_free | is_mine)
    claimed = db.session.execute(claim.returning(LimitSlot.scope), rows).all()
    return len(claimed) == len(rows)


def _of(uses: Iterable[Use]) -> sa.ColumnElement[bool]:
    subject = sa.tuple_(LimitSlot.scope, LimitSlot.subject)
    return subject.in_([(use.scope, use.subject) for use in uses])


def _since(uses: Iterable[Use]) -> sa.ColumnElement[Any]:
    """When the running window of a row's scope began."""
    now = clock.now()
    begun = {use.scope: sa.literal(now - use.window, UtcDateTime()) for use in uses}
    return sa.case(begun, value=LimitSlot.scope)
