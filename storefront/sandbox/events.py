"""Outside events that a program may play: reports, notices, parcels and payments."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import abort

from storefront import phones
from storefront.extensions import db
from storefront.kuroneko.simulator import events as yamatos
from storefront.kuroneko.simulator.models import CreditRecord
from storefront.kuroneko.simulator.notices import notify
from storefront.kuroneko.simulator.states import Impossible, State
from storefront.orders.fulfilling import NotNow, NotPaid
from storefront.orders.models import Order
from storefront.payments import GatewayRefused, GatewayUnavailable, GatewayUnknown
from storefront.sandbox import happenings, notices
from storefront.sandbox.models import SandboxText
from storefront.sms import Delivery
from storefront.verification import delivery

Body = dict[str, Any]
MOST_TIMES = 100
REFUSED = (NotNow, NotPaid, GatewayRefused, GatewayUnavailable, GatewayUnknown)


def play(body: Body) -> Body:
    """What became of it; raises 4xx with a sentence."""
    kind = body.get("event")
    if not isinstance(kind, str) or kind not in EVENTS:
        abort(400, f"event: one of {', '.join(EVENTS)}")
    return EVENTS[kind](body)


def _report(body: Body) -> Body:
    known = {one.value for one in (Delivery.SENT, Delivery.DELIVERED, Delivery.UNDELIVERED)}
    status, id_ = body.get("status"), body.get("message")
    if status not in known:
        abort(400, f"status: one of {', '.join(sorted(known))}")
    is_number = isinstance(id_, int) and not isinstance(id_, bool)
    message = db.session.get(SandboxText, id_) if is_number else None
    if message is None:
        abort(404, "message: the id of a text on the sandbox phone")
    delivery.record(message.provider, str(message.id), Delivery(status))
    return {"message": message.id, "status": status}


def _notice(body: Body) -> Body:
    """Made true on Yamato's side first, unless it is to be a forged one."""
    result, times, forged = body.get("result"), body.get("times", 1), body.get("forged", False)
    if result not in {"ok", "ng"} or not isinstance(forged, bool):
        abort(400, 'result: "ok" or "ng"; forged: true or false')
    if not isinstance(times, int) or isinstance(times, bool) or not 1 <= times <= MOST_TIMES:
        abort(400, f"times: a whole number from 1 to {MOST_TIMES}")
    record = _newest(body.get("tel"))
    if not forged:
        _make_true(record, is_good=result == "ok")
    for _ in range(times):
        notify(record.merchant, record.order_number, is_good=result == "ok", push=notices.push)
    return {"tel": body["tel"], "result": result, "times": times, "forged": forged}


def _newest(tel: object) -> CreditRecord:
    number = phones.national(tel) if isinstance(tel, str) else None
    if number is None:
        abort(400, "tel: a phone number")
    newest = sa.select(CreditRecord).order_by(CreditRecord.id.desc()).limit(500)
    found = next((one for one in db.session.scalars(newest) if one.sms_number == number), None)
    if found is None:
        abort(404, "tel: Yamato knows no order of this number")
    return found


def _make_true(record: CreditRecord, *, is_good: bool) -> None:
    bad = {State.NEW: yamatos.refuse, State.WAIT_SMS: yamatos.lose_text}
    happening = yamatos.approve if is_good else bad.get(State(record.state))
    if happening is None:
        return  # it has ended already, and the notice says so
    try:
        happening(record.merchant, record.order_number)
    except Impossible as impossible:
        abort(409, f"tel: the order cannot come to that any more ({impossible})")


def _of_order(happening: Callable[[Order], None]) -> Callable[[Body], Body]:
    def happen(body: Body) -> Body:
        number = body.get("order")
        order = happenings.by_number(number) if isinstance(number, str) else None
        if order is None:
            abort(404, "order: the number of an order")
        try:
            happening(order)
        except REFUSED as refused:
            abort(409, f"order: {str(refused) or type(refused).__name__}")
        return {
            "order": order.number,
            "status": order.status,
            "payment_status": order.payment_status,
        }

    return happen


EVENTS: dict[str, Callable[[Body], Body]] = {
    "delivery-report": _report,
    "kuroneko-notice": _notice,
    "shipped": _of_order(happenings.ship),
    "delivered": _of_order(happenings.deliver),
    "paid": _of_order(happenings.pay),
}
