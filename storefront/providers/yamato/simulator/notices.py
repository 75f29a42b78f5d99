"""The judgement notice that Yamato posts to the merchant's address."""

from collections.abc import Callable, Mapping

from storefront.core.extensions import transaction
from storefront.providers.yamato.simulator import records
from storefront.providers.yamato.simulator.credit import USABLE
from storefront.providers.yamato.simulator.events import UnknownOrder
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.scenarios import SMS_CODE

GOOD, BAD = "0", "1"

Push = Callable[[Mapping[str, str]], object]


def notify(merchant: str, order_number: str, *, is_good: bool, push: Push) -> None:
    """Push what is told, true or not; how late and how often is the caller's doing."""
    with transaction():
        record = records.find(merchant, order_number)
    if record is None:
        raise UnknownOrder
    push(judgement(record, is_good=is_good))


def judgement(record: CreditRecord, *, is_good: bool) -> dict[str, str]:
    """The form's fields; of the two results only that of the record's own division is filled."""
    verdict = GOOD if is_good else BAD
    is_code = record.division == SMS_CODE
    return {
        "ycfStrNo": record.merchant,
        "juchuNo": record.order_number,
        "keitaiNo": record.sms_number or "",
        "giftKb": record.division,
        "snsKk": USABLE if is_good else record.refusal or "1",
        "smsNinKk": verdict if is_code else "",
        "smsYuuKk": "" if is_code else verdict,
    }
