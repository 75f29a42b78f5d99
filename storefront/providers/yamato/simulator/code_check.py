"""KAASA0020: judging a code; a try is used up before the comparison."""

import hmac

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.providers.yamato.simulator import records
from storefront.providers.yamato.simulator.answers import Answer, Refused, result
from storefront.providers.yamato.simulator.checks import Fields
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.scenarios import SMS_CODE
from storefront.providers.yamato.simulator.states import GO, MOVES, Call, Move, State, answered

RIGHT, WRONG, NOT_WAITING = "1", "2", "5"
NO_SUCH_RECORD, TOO_MANY = "020", "021"


def judge(fields: Fields) -> Answer:
    """Use up a try and compare. The try is committed first, so that neither a crash nor two
    requests at once give one back."""
    spent = _spend_try(fields)
    if spent is None:
        return _why_not(fields)
    if spent.code is not None and hmac.compare_digest(spent.code, fields["ninCode"]):
        # of two right codes at once only one approves it
        return result(RIGHT if _step(spent, Move.APPROVE) else NOT_WAITING)
    return _wrong(spent)


def _spend_try(fields: Fields) -> CreditRecord | None:
    now, lost_at = clock.now(), CreditRecord.undelivered_at
    waits = (
        (CreditRecord.merchant == fields["ycfStrCode"])
        & (CreditRecord.order_number == fields["orderNo"])
        & (CreditRecord.division == SMS_CODE)
        & (CreditRecord.state == State.WAIT_SMS)
        & (CreditRecord.tries < CreditRecord.most_tries)
        & (CreditRecord.expires_at > now)
        & (lost_at.is_(None) | (lost_at > now))
    )
    spend = sa.update(CreditRecord).where(waits).values(tries=CreditRecord.tries + 1)
    with transaction():
        return db.session.scalar(spend.returning(CreditRecord))


def _why_not(fields: Fields) -> Answer:
    with transaction():
        record = records.find(fields["ycfStrCode"], fields["orderNo"])
        if record is None or record.division != SMS_CODE:
            raise Refused(NO_SUCH_RECORD)
        answer = answered(records.standing(record), Call.JUDGE)
    if answer == GO:  # it waits, and others have spent the tries without having compared yet
        raise Refused(TOO_MANY)
    return result(answer)


def _wrong(record: CreditRecord) -> Answer:
    if record.tries < record.most_tries:
        return result(WRONG)
    _step(record, Move.LOCK)
    if record.most_tries == 1:  # nobody could know from a mere "wrong" that it is over
        raise Refused(TOO_MANY)
    return result(WRONG)


def _step(record: CreditRecord, move: Move) -> bool:
    """Make the move unless another call has brought the record elsewhere meanwhile."""
    sources, target = MOVES[move]
    still = (CreditRecord.id == record.id) & CreditRecord.state.in_(sources)
    step = sa.update(CreditRecord).where(still).values(state=target, code=None)
    with transaction():
        moved = db.session.scalar(step.returning(CreditRecord))
        if moved is not None:
            moved.dates = records.dated(target, moved.dates)
    return moved is not None
