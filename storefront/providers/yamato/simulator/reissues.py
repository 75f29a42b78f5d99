"""KAARR0010: issuing an invoice again, and withdrawing that."""

from storefront.core.extensions import transaction
from storefront.providers.yamato.simulator import records
from storefront.providers.yamato.simulator.answers import Answer, Refused
from storefront.providers.yamato.simulator.change_fields import WITHDRAW
from storefront.providers.yamato.simulator.checks import Fields
from storefront.providers.yamato.simulator.fields import sum_of_lines
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.states import Call

MOST = 9
ACCEPTED = "0"  # the real codes are not public


def reissue(fields: Fields) -> Answer:
    """Issue the invoice again; the lines may be others, their sum has to be the same."""
    with transaction():
        record = records.open_for(fields, Call.REISSUE)
        if fields["requestContents"] == WITHDRAW:
            _withdraw(record)
        else:
            _reissue(record, fields)
    return Answer(parts={"reissueCode": ACCEPTED})


def _withdraw(record: CreditRecord) -> None:
    if not record.is_reissuing:
        raise Refused("017")
    record.is_reissuing = False


def _reissue(record: CreditRecord, fields: Fields) -> None:
    if record.reissues >= MOST:
        raise Refused("009")
    if sum_of_lines(fields) != record.amount:
        raise Refused("067")
    record.reissues += 1
    record.is_reissuing = True
    record.sent = records.changed(record.sent, fields)
