"""Judgement notices that a program plays: true, late, repeated or forged."""

from typing import Any

import sqlalchemy as sa
from flask import abort

from storefront.core import phones
from storefront.core.extensions import db
from storefront.providers.yamato.models import CreditAttempt
from storefront.providers.yamato.simulator import events as yamatos
from storefront.providers.yamato.simulator import records
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.notices import notify
from storefront.providers.yamato.simulator.states import Impossible, State
from storefront.sandbox import subjects
from storefront.sandbox.models import SandboxText
from storefront.sandbox.phone import phone
from storefront.sandbox.yamato import notices

MOST_TIMES = 100
NEWEST = 500  # records that are looked through: each is sealed
BAD = {State.NEW: yamatos.refuse, State.WAIT_SMS: yamatos.lose_text}


def play(body: dict[str, Any]) -> dict[str, Any]:
    """Send a notice. Unless it is forged, the result is made true at Yamato first. Raises 4xx."""
    result, times, forged = body.get("result"), body.get("times", 1), body.get("forged", False)
    if result not in ["ok", "ng"] or not isinstance(forged, bool):
        abort(400, 'result: "ok" or "ng"; forged: true or false')
    if not isinstance(times, int) or isinstance(times, bool) or not 1 <= times <= MOST_TIMES:
        abort(400, f"times: a whole number from 1 to {MOST_TIMES}")
    record = _of(body)
    if not forged:
        _make_true(record, is_good=result == "ok")
    _push(record, is_good=result == "ok", times=times)
    named = {name: body[name] for name in subjects.FINDERS if name in body}
    return {**named, "result": result, "times": times, "forged": forged}


def lose(message: SandboxText) -> None:
    """Have a text with a code fail: Yamato says so as long as the code is still asked for."""
    code = phone.code_in(message)
    record = next((one for one in _newest(message.to) if code and one.code == code), None)
    if record is not None and records.standing(record) is State.WAIT_SMS:
        _make_true(record, is_good=False)
        _push(record, is_good=False, times=1)


def _push(record: CreditRecord, *, is_good: bool, times: int) -> None:
    merchant, order_number = record.merchant, record.order_number
    for _ in range(times):
        notify(merchant, order_number, is_good=is_good, push=notices.push)


def _of(body: dict[str, Any]) -> CreditRecord:
    """The newest record of a number, or of the checkout that is named by its id or its order."""
    if body.keys() & {"checkout", "order"}:
        found = _of_checkout(subjects.checkout_in(body))
    else:
        tel = body.get("tel")
        number = phones.national(tel) if isinstance(tel, str) else None
        if number is None:
            abort(400, "tel: a phone number")
        found = next(iter(_newest(number)), None)
    if found is None:
        abort(404, "tel, checkout, order: Yamato knows no order of it")
    return found


def _of_checkout(checkout_id: str) -> CreditRecord | None:
    mine = sa.select(CreditRecord).join(
        CreditAttempt, CreditAttempt.order_number == CreditRecord.order_number
    )
    mine = mine.where(CreditAttempt.checkout_id == checkout_id)
    return db.session.scalar(mine.order_by(CreditRecord.id.desc()).limit(1))


def _newest(number: str) -> list[CreditRecord]:
    newest = sa.select(CreditRecord).order_by(CreditRecord.id.desc()).limit(NEWEST)
    return [one for one in db.session.scalars(newest) if records.phone_of(one.sent) == number]


def _make_true(record: CreditRecord, *, is_good: bool) -> None:
    happening = yamatos.approve if is_good else BAD.get(records.standing(record))
    if happening is None:
        return  # it has ended already, and the notice says so
    try:
        happening(record.merchant, record.order_number)
    except Impossible as impossible:
        abort(409, f"tel: the order cannot come to that any more ({impossible})")
