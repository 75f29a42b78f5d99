"""KAARA0010: registering an order, which grants or refuses credit and sends the code."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction, upsert
from storefront.providers.yamato.simulator import records, scenarios
from storefront.providers.yamato.simulator.answers import Answer, Refused, result
from storefront.providers.yamato.simulator.checks import Fields
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.order_fields import REMEMBERED
from storefront.providers.yamato.simulator.scenarios import SMS_CODE, SMS_DIVISIONS, Sms
from storefront.providers.yamato.simulator.states import OWING, State
from storefront.providers.yamato.simulator.terms import Terms
from storefront.sms.code_message import code_text

# Ours, not Yamato's, which never tells whether a text with a code is on its way: 1 or, under
# examination without one, 0.
SMS_SEND = "smsSend"
USABLE, OVER_LIMIT, EXAMINING = "0", "2", "3"


@dataclass(frozen=True)
class Decision:
    """The element result, the state that the record begins in, and its code."""

    result: str
    state: State
    sms: Sms | None = None


def register(fields: Fields, terms: Terms) -> Answer:
    """Take an order on credit; error 009 for a number that was registered before, whoever is
    first."""
    phone = records.phone_of(fields)
    with transaction():
        decision = _decide(fields, phone, terms)
        _record(fields, phone, decision)
    if decision.sms and decision.sms.is_sent:
        _text(phone, int(fields["totalAmount"]), decision.sms, terms)
    if decision.result == EXAMINING and fields["sendDiv"] == SMS_CODE:
        return Answer(parts={"result": EXAMINING, SMS_SEND: "1" if decision.sms else "0"})
    return result(decision.result)


def _decide(fields: Fields, phone: str, terms: Terms) -> Decision:
    ending, division = scenarios.ending(phone), fields["sendDiv"]
    if refusal := _refusal(fields, phone, terms):
        return Decision(refusal, State.REFUSED)
    if ending in scenarios.EXAMINED:
        return Decision(EXAMINING, State.NEW)
    if division not in SMS_DIVISIONS or ending == scenarios.APPROVED_AT_ONCE:
        return Decision(USABLE, State.APPROVED)
    if division == SMS_CODE:
        return Decision(EXAMINING, State.WAIT_SMS, scenarios.sms(phone, terms))
    return Decision(EXAMINING, State.NEW)


def _refusal(fields: Fields, phone: str, terms: Terms) -> str:
    ending = scenarios.ending(phone)
    if ending in scenarios.CREDIT_REFUSALS:
        return scenarios.CREDIT_REFUSALS[ending]
    if scenarios.is_free(phone) and terms.lenient:
        return ""
    owed = _owed(records.person(fields["name"], phone))
    return OVER_LIMIT if owed + int(fields["totalAmount"]) > terms.credit_limit else ""


def _owed(person: str) -> int:
    """Yen approved and not yet paid, over all merchants; a code that is still out is no debt."""
    owing = (CreditRecord.person == person) & CreditRecord.state.in_(OWING)
    return db.session.scalar(sa.select(sa.func.sum(CreditRecord.amount)).where(owing)) or 0


def _record(fields: Fields, phone: str, decision: Decision) -> None:
    total = int(fields["totalAmount"])
    values = {
        "merchant": fields["ycfStrCode"],
        "order_number": fields["orderNo"],
        "state": decision.state,
        "division": fields["sendDiv"],
        "person": records.person(fields["name"], phone),
        "sent": records.only(fields, REMEMBERED),
        "amount_first": total,
        "amount": total,
        "sms_number": phone if fields["sendDiv"] in SMS_DIVISIONS else None,
        "refusal": decision.result if decision.state is State.REFUSED else None,
        "dates": records.dated(decision.state),
        **(_code(decision.sms) if decision.sms else {}),
    }
    made = upsert(CreditRecord).values(values).on_conflict_do_nothing().returning(CreditRecord.id)
    if db.session.scalar(made) is None:
        raise Refused("009")


def _code(sms: Sms) -> dict[str, Any]:
    now = clock.now()
    return {
        "code": sms.code if sms.is_ever_right else None,
        "most_tries": sms.tries,
        "sent_at": now,
        "expires_at": now + sms.lifetime,
        "undelivered_at": None if sms.fails_after is None else now + sms.fails_after,
    }


def _text(phone: str, yen: int, sms: Sms, terms: Terms) -> None:
    lifetime = int(terms.lifetime.total_seconds())
    words = code_text(terms.shop, sms.code, f"{yen:,}円", lifetime // 60, terms.host, "ja")
    terms.text(phone, words, lifetime)
