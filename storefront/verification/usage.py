"""How many texts with codes were sent lately, for the owner to see."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db
from storefront.verification.models import Challenge, LimitSlot
from storefront.verification.rate_limits import DAY, TEN_MINUTES
from storefront.verification.sending import OWN

# one row a text: a checkout's cap is in force everywhere, and its rows live longer than a day
EACH_TEXT = f"text:checkout:{int(DAY.total_seconds() // 60)}"


@dataclass(frozen=True)
class Sent:
    """Texts that were sent; by_shop are those that the shop pays for, not Yamato."""

    total: int
    by_shop: int


@dataclass(frozen=True)
class Usage:
    in_ten_minutes: Sent
    in_a_day: Sent


def usage() -> Usage:
    """Texts of the last ten minutes and of the last day, in one statement."""
    is_ours = sa.or_(Challenge.verifier.is_(None), Challenge.verifier == OWN)
    lately = LimitSlot.used_at > clock.now() - TEN_MINUTES
    counts = sa.select(
        _count(lately), _count(lately & is_ours), _count(sa.true()), _count(is_ours)
    ).select_from(LimitSlot)
    counts = counts.join(Challenge, Challenge.id == LimitSlot.used_by, isouter=True)
    today = LimitSlot.used_at > clock.now() - timedelta(days=1)
    row = db.session.execute(counts.where(LimitSlot.scope == EACH_TEXT, today)).one()
    return Usage(Sent(row[0], row[1]), Sent(row[2], row[3]))


def _count(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((which, 1), else_=0)), 0)
