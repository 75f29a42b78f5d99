"""What became of the shop's texts: those of codes are told by the codes for the day that these are
kept, then by counts. What was last reported of a code stands for all its texts."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storefront.core.calendar import Span, japan_day
from storefront.core.extensions import db, whole_sum
from storefront.ports.sms import Delivery
from storefront.sms import statistics
from storefront.sms.models import TextCount
from storefront.sms.statistics import LONGEST, NOT_TOLD, UNSENT, Fate, Purpose, Way
from storefront.verification.models import Challenge

HALF, MOST = 0.5, 0.9
WAS_TEXTED = (Challenge.texts > 0) & (Challenge.generation > 0)


def _fate() -> sa.ColumnElement[str]:
    """The text's fate; a code that was typed in counts as delivered, reported or not."""
    has_passed = Challenge.passed_at.is_not(None)
    ended = Challenge.ended
    is_lost = (Challenge.delivery == Delivery.UNDELIVERED) | (ended == "undelivered")
    return sa.case(
        (ended == "refused", Fate.REFUSED.value),
        (ended == "unavailable", Fate.UNAVAILABLE.value),
        (has_passed | (Challenge.delivery == Delivery.DELIVERED), Fate.DELIVERED.value),
        (is_lost, Fate.UNDELIVERED.value),
        else_=Fate.UNREPORTED.value,
    )


def _told() -> list[sa.ColumnElement[Any]]:
    """A challenge as a line of the counts; in the order of their columns."""
    took = sa.func.coalesce(Challenge.delivery_seconds, NOT_TOLD)
    return [
        japan_day(Challenge.created_at).label("day"),
        sa.literal(Purpose.CODE.value).label("purpose"),
        Challenge.verifier.label("sender"),
        Challenge.prefix.label("prefix"),
        _fate().label("fate"),
        sa.case((took > LONGEST, LONGEST), else_=took).label("seconds"),
        sa.literal(1).label("codes"),
        sa.case((Challenge.passed_at.is_not(None), 1), else_=0).label("entered"),
        Challenge.texts.label("texts"),
    ]


def let_go(which: sa.ColumnElement[bool]) -> None:
    """Delete challenges and count their texts, inside the caller's transaction."""
    # not by RETURNING: there SQLite takes every column for one that is never empty
    told = sa.select(*_told()).where(which, WAS_TEXTED).with_for_update()
    statistics.add((Way(*one[:6]), *one[6:]) for one in db.session.execute(told))
    db.session.execute(sa.delete(Challenge).where(which))


@dataclass(frozen=True)
class Texts:
    """Texts to one kind of number, with the codes in them and how many were typed in."""

    prefix: str
    texts: int
    paid_texts: int  # by the shop's own senders; the others are in the provider's fee
    codes: int
    entered: int
    delivered: int
    failed: int
    unreported: int
    median: int | None  # seconds
    nine_tenths: int | None


def by_prefix(span: Span) -> list[Texts]:
    """A line for each kind of number, in one statement."""
    live = sa.select(*_told()).where(span.holds(Challenge.created_at), WAS_TEXTED)
    kept = sa.select(*statistics.columns()).where(TextCount.day.between(span.first, span.last))
    both = sa.union_all(live, kept).subquery()
    keys = [both.c[one] for one in ("prefix", "purpose", "sender", "fate", "seconds")]
    sums = [whole_sum(both.c[one]).label(one) for one in statistics.NUMBERS]
    lines = db.session.execute(sa.select(*keys, *sums).group_by(*keys)).all()
    prefixes = sorted({one.prefix for one in lines})
    return [_texts(one, [line for line in lines if line.prefix == one]) for one in prefixes]


def _texts(prefix: str, lines: list[Any]) -> Texts:
    sent = [one for one in lines if one.fate not in UNSENT]
    took = sorted((one.seconds, one.texts) for one in lines if one.seconds != NOT_TOLD)
    return Texts(
        prefix=prefix,
        texts=_sum(sent, "texts"),
        paid_texts=_sum([one for one in sent if one.sender == "own"], "texts"),
        codes=_sum(sent, "codes"),
        entered=_sum(sent, "entered"),
        delivered=_sum([one for one in lines if one.fate == Fate.DELIVERED], "texts"),
        failed=_sum(lines, "texts") - _sum(sent, "texts") + _undelivered(lines),
        unreported=_sum([one for one in lines if one.fate == Fate.UNREPORTED], "texts"),
        median=_share_within(took, HALF),
        nine_tenths=_share_within(took, MOST),
    )


def _undelivered(lines: list[Any]) -> int:
    return _sum([one for one in lines if one.fate == Fate.UNDELIVERED], "texts")


def _sum(lines: list[Any], name: str) -> int:
    return sum(getattr(one, name) for one in lines)


def _share_within(took: list[tuple[int, int]], share: float) -> int | None:
    """Seconds within which this share of the texts had arrived; None where none is known."""
    wanted, so_far = share * sum(texts for _, texts in took), 0
    for seconds, texts in took:
        so_far += texts
        if so_far >= wanted:
            return seconds
    return None
