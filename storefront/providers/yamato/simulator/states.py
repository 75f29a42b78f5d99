"""The states of a credit record: what each call is answered in a state, and which moves lead to
another."""

from collections.abc import Set
from enum import StrEnum

from storefront.providers.yamato.simulator.answers import Refused


class State(StrEnum):
    """Where a record stands."""

    NEW = "new"  # under examination, and no text was sent
    WAIT_SMS = "wait_sms"
    APPROVED = "approved"
    SLIP = "slip"  # its tracking number is registered
    SALES = "sales"  # delivered, so the sale is final
    BILLED = "billed"  # the payment was asked for
    PAID = "paid"
    EXPIRED = "expired"
    LOCKED = "locked"
    SMS_NG = "sms_ng"
    CANCELLED = "cancelled"
    REFUSED = "refused"


class Call(StrEnum):
    """What a merchant can ask about a record; the columns of the table below."""

    REGISTER = "register"
    JUDGE = "judge"
    CREDIT = "credit"
    STATUS = "status"
    CANCEL = "cancel"
    SHIP = "ship"
    RESHIP = "reship"  # change or cancel slips
    REDUCE = "reduce"
    REISSUE = "reissue"
    PRINT = "print"


GO = "go"  # the call's own rules decide

# 009E is an error, a bare number the element result
GRID = {
    #                register judge credit status cancel ship reship reduce reissue print
    State.NEW: "     009E     020E  3      30     go     020E 022E   009E   016E    009E",
    State.WAIT_SMS: "009E     go    3      30     go     020E 022E   009E   016E    009E",
    State.APPROVED: "009E     5     0      1      go     go   022E   go     go      go",
    State.SLIP: "    009E     5     0      3      go     go   go     go     go      go",
    State.SALES: "   009E     5     0      10     go     020E 022E   go     go      018E",
    State.BILLED: "  009E     5     0      11     go     020E 022E   go     go      018E",
    State.PAID: "    009E     5     0      12     015E   020E 022E   011E   016E    018E",
    State.EXPIRED: " 009E     3     1      31     009E   020E 022E   009E   016E    009E",
    State.LOCKED: "  009E     021E  1      31     009E   020E 022E   009E   016E    009E",
    State.SMS_NG: "  009E     4     1      31     009E   020E 022E   009E   016E    009E",
    State.CANCELLED: "009E    5     008E   2      009E   020E 022E   010E   016E    009E",
    State.REFUSED: " 009E     020E  go     32     009E   020E 022E   009E   016E    009E",
}
ANSWERS = {state: dict(zip(Call, row.split(), strict=True)) for state, row in GRID.items()}


def answered(state: State, call: Call) -> str:
    """The result that the state decides alone, or GO where the call's own rules decide; raises
    Refused with the state's error."""
    answer = ANSWERS[state][call]
    if answer.endswith("E"):
        raise Refused(answer.removesuffix("E"))
    return answer


class Move(StrEnum):
    """What can happen to a record."""

    APPROVE = "approve"
    REFUSE = "refuse"
    LOCK = "lock"
    LOSE_TEXT = "lose_text"
    EXPIRE = "expire"
    CANCEL = "cancel"
    SHIP = "ship"
    UNSHIP = "unship"
    DELIVER = "deliver"
    BILL = "bill"
    PAY = "pay"


ALIVE = {State.NEW, State.WAIT_SMS, State.APPROVED, State.SLIP, State.SALES, State.BILLED}
MOVES: dict[Move, tuple[Set[State], State]] = {
    # a right code whose try was spent passes, though others used up the rest meanwhile
    Move.APPROVE: ({State.NEW, State.WAIT_SMS, State.LOCKED}, State.APPROVED),
    Move.REFUSE: ({State.NEW}, State.REFUSED),
    Move.LOCK: ({State.WAIT_SMS}, State.LOCKED),
    Move.LOSE_TEXT: ({State.WAIT_SMS}, State.SMS_NG),
    Move.EXPIRE: ({State.WAIT_SMS, State.LOCKED, State.SMS_NG}, State.EXPIRED),
    Move.CANCEL: (ALIVE, State.CANCELLED),
    Move.SHIP: ({State.APPROVED, State.SLIP}, State.SLIP),
    Move.UNSHIP: ({State.SLIP}, State.APPROVED),
    Move.DELIVER: ({State.SLIP}, State.SALES),
    Move.BILL: ({State.SALES}, State.BILLED),
    Move.PAY: ({State.BILLED}, State.PAID),
}
OWING = {State.APPROVED, State.SLIP, State.SALES, State.BILLED}  # approved and not yet paid


class Impossible(Exception):
    """The record is in a state in which this cannot happen: bring it into another one first."""


def moved(state: State, move: Move) -> State:
    """The state that the move leads to, the same state where it has happened before; raises
    Impossible."""
    sources, target = MOVES[move]
    if state is not target and state not in sources:
        raise Impossible(f"{move} from {state}")
    return target
