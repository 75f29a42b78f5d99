"""Every state and every call: what is answered, and where it leads."""

from collections.abc import Callable
from itertools import product

import pytest
import sqlalchemy as sa

from storefront.core.extensions import db, transaction
from storefront.providers.yamato.simulator.answers import Refused
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.states import (
    GO,
    MOVES,
    Call,
    Impossible,
    Move,
    State,
    answered,
    moved,
)
from tests.unit.providers.yamato.simulator.merchant import Merchant, error_of

Elements = dict[str, str]
CALLS: dict[Call, Callable[[Merchant, str], Elements]] = {
    Call.REGISTER: lambda merchant, order: merchant.order(orderNo=order),
    Call.JUDGE: lambda merchant, order: merchant.try_code("9999", orderNo=order),
    Call.CREDIT: lambda merchant, order: merchant.credit(orderNo=order),
    Call.STATUS: lambda merchant, order: merchant.status(orderNo=order),
    Call.CANCEL: lambda merchant, order: merchant.cancel(orderNo=order),
    Call.SHIP: lambda merchant, order: merchant.ship("X-1", "2", orderNo=order),
    Call.RESHIP: lambda merchant, order: merchant.ship(None, "9", orderNo=order),
    Call.REDUCE: lambda merchant, order: merchant.reduce(orderNo=order),
    Call.REISSUE: lambda merchant, order: merchant.reissue(orderNo=order),
    Call.PRINT: lambda merchant, order: merchant.print_data(orderNo=order),
}
# what the document says of each state, column by column; blank where the call succeeds
EXPECTED: dict[State, tuple[str, ...]] = {
    # register, judge, credit, status, cancel, ship, reship, reduce, reissue, print
    State.NEW: ("009", "020", "3", "30", "", "020", "022", "009", "016", "009"),
    State.WAIT_SMS: ("009", "2", "3", "30", "", "020", "022", "009", "016", "009"),
    State.APPROVED: ("009", "5", "0", "1", "", "", "022", "", "", ""),
    State.SLIP: ("009", "5", "0", "3", "", "", "", "", "", ""),
    State.SALES: ("009", "5", "0", "10", "", "020", "022", "", "", "018"),
    State.BILLED: ("009", "5", "0", "11", "", "020", "022", "", "", "018"),
    State.PAID: ("009", "5", "0", "12", "015", "020", "022", "011", "016", "018"),
    State.EXPIRED: ("009", "3", "1", "31", "009", "020", "022", "009", "016", "009"),
    State.LOCKED: ("009", "021", "1", "31", "009", "020", "022", "009", "016", "009"),
    State.SMS_NG: ("009", "4", "1", "31", "009", "020", "022", "009", "016", "009"),
    State.CANCELLED: ("009", "5", "008", "2", "009", "020", "022", "010", "016", "009"),
    State.REFUSED: ("009", "020", "1", "32", "009", "020", "022", "009", "016", "009"),
}
LEADS_TO = {
    Call.CANCEL: State.CANCELLED,
    Call.SHIP: State.SLIP,
    Call.RESHIP: State.APPROVED,
}


def bring(order: str, state: State, call: Call) -> None:
    """Put the record where the test wants it; only what is bundled can be printed."""
    values = {"state": state, "division": "2" if call is Call.PRINT else "3", "code": "1234"}
    with transaction():
        record = sa.update(CreditRecord).where(CreditRecord.order_number == order)
        db.session.execute(record.values(values))


def state_of(order: str) -> str | None:
    with db.engine.connect() as another:
        return another.scalar(
            sa.select(CreditRecord.state).where(CreditRecord.order_number == order)
        )


@pytest.mark.parametrize(("state", "call"), list(product(State, Call)))
def test_every_state_answers_every_call(counter: Merchant, state: State, call: Call) -> None:
    order = f"{state}-{call}"
    counter.order(orderNo=order)
    bring(order, state, call)

    answer = CALLS[call](counter, order)

    expected = dict(zip(Call, EXPECTED[state], strict=True))[call]
    is_error = len(expected) == 3
    assert error_of(answer)[5:8] == (expected if is_error else "")
    assert answer.get("result", "") == ("" if is_error else expected)
    assert state_of(order) == (state if expected else LEADS_TO.get(call, state))


def test_what_a_call_moves_is_open_to_it() -> None:
    moves = ((Call.CANCEL, Move.CANCEL), (Call.SHIP, Move.SHIP), (Call.RESHIP, Move.UNSHIP))
    for call, move in moves:
        assert MOVES[move][0] == {state for state in State if is_open(state, call)}


def is_open(state: State, call: Call) -> bool:
    try:
        return answered(state, call) == GO
    except Refused:
        return False


HAPPENS = {
    (State.NEW, Move.APPROVE): State.APPROVED,
    (State.WAIT_SMS, Move.APPROVE): State.APPROVED,
    (State.LOCKED, Move.APPROVE): State.APPROVED,
    (State.NEW, Move.REFUSE): State.REFUSED,
    (State.WAIT_SMS, Move.LOCK): State.LOCKED,
    (State.WAIT_SMS, Move.LOSE_TEXT): State.SMS_NG,
    (State.WAIT_SMS, Move.EXPIRE): State.EXPIRED,
    (State.LOCKED, Move.EXPIRE): State.EXPIRED,
    (State.SMS_NG, Move.EXPIRE): State.EXPIRED,
    (State.NEW, Move.CANCEL): State.CANCELLED,
    (State.WAIT_SMS, Move.CANCEL): State.CANCELLED,
    (State.APPROVED, Move.CANCEL): State.CANCELLED,
    (State.SLIP, Move.CANCEL): State.CANCELLED,
    (State.SALES, Move.CANCEL): State.CANCELLED,
    (State.BILLED, Move.CANCEL): State.CANCELLED,
    (State.APPROVED, Move.SHIP): State.SLIP,
    (State.SLIP, Move.UNSHIP): State.APPROVED,
    (State.SLIP, Move.DELIVER): State.SALES,
    (State.SALES, Move.BILL): State.BILLED,
    (State.BILLED, Move.PAY): State.PAID,
}


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
def test_every_move_leads_where_it_leads_or_is_impossible(state: State, move: Move) -> None:
    target = MOVES[move][1]
    expected = target if state is target else HAPPENS.get((state, move))

    if expected is None:
        with pytest.raises(Impossible):
            moved(state, move)
    else:
        assert moved(state, move) is expected
