"""The nine APIs: in which order a request is checked, and which function answers it."""

import hmac
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from storefront.providers.yamato.simulator import (
    cancellations,
    change_fields,
    code_check,
    credit,
    enquiries,
    enquiry_fields,
    order_fields,
    payslips,
    records,
    reductions,
    reissues,
    scenarios,
    shipment_fields,
    shipments,
)
from storefront.providers.yamato.simulator.answers import Answer, Manner, Refused
from storefront.providers.yamato.simulator.checks import Fields
from storefront.providers.yamato.simulator.terms import Terms

ORDER_REQUEST = "KAARA0010"


@dataclass(frozen=True)
class Api:
    """The error of a request's fields; the errors for an unknown merchant and for a wrong password;
    the function that answers the rest."""

    error: Callable[[Fields], str]
    unknown_merchant: str
    wrong_password: str
    answer: Callable[[Fields, Terms], Answer]


def _in_any_terms(rule: Callable[[Fields], Answer]) -> Callable[[Fields, Terms], Answer]:
    return lambda fields, terms: rule(fields)


APIS = {
    ORDER_REQUEST: Api(order_fields.ORDER.error, "004", "092", credit.register),
    "KAASA0020": Api(enquiry_fields.CODE.error, "004", "024", _in_any_terms(code_check.judge)),
    "KAARS0010": Api(
        enquiry_fields.RESULT.error, "004", "012", _in_any_terms(enquiries.credit_result)
    ),
    "KAAST0010": Api(enquiry_fields.RESULT.error, "015", "012", _in_any_terms(enquiries.status)),
    "KAACL0010": Api(
        enquiry_fields.CANCELLATION.error, "017", "013", _in_any_terms(cancellations.cancel)
    ),
    "KAASL0010": Api(shipment_fields.SHIPMENT.error, "041", "036", _in_any_terms(shipments.ship)),
    "KAAKK0010": Api(change_fields.REDUCTION.error, "004", "061", _in_any_terms(reductions.reduce)),
    "KAARR0010": Api(change_fields.reissue_error, "004", "012", _in_any_terms(reissues.reissue)),
    "KAASD0010": Api(enquiry_fields.PRINT.error, "019", "014", payslips.print_data),
}


def perform(name: str, fields: Fields, terms: Terms) -> Answer:
    """Check the fields, then who asks, then answer by the call's own rules, in the manner of the
    order's phone number."""
    api = APIS[name]
    try:
        _admit(api, fields, terms)
        manner = _manner(name, fields)
        if manner is Manner.DOWN:
            return Answer(manner=manner)
        return replace(api.answer(fields, terms), manner=manner)
    except Refused as refused:
        return Answer(error=f"{name[:5].lower()}{refused.number}E")


def is_slow(name: str, fields: Fields, terms: Terms) -> bool:
    """Whether the answer comes late, as the order's phone number says; a request with faults is
    answered at once."""
    with suppress(Refused):
        _admit(APIS[name], fields, terms)
        is_order = name == ORDER_REQUEST
        return is_order and scenarios.ending(records.phone_of(fields)) == scenarios.SLOW
    return False


def _admit(api: Api, fields: Fields, terms: Terms) -> None:
    if error := api.error(fields):
        raise Refused(error)
    if fields["ycfStrCode"] != terms.merchant:
        raise Refused(api.unknown_merchant)
    if not hmac.compare_digest(fields["password"].encode(), terms.password.encode()):
        raise Refused(api.wrong_password)


def _manner(name: str, fields: Fields) -> Manner:
    if name == ORDER_REQUEST:
        return scenarios.manner(records.phone_of(fields), fields["sendDiv"])
    record = records.find(fields["ycfStrCode"], fields["orderNo"])
    return scenarios.later_manner(records.phone_of(record.sent)) if record else Manner.PLAIN
