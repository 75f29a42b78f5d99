"""The judgement notice that Yamato posts to the merchant."""

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
    """Post a notice, true or false. When and how often is the caller's decision, as the real
    service promises neither."""
    with transaction():
        record = records.find(merchant, order_number)
    if record is None:
        raise UnknownOrder
    push(judgement(record, is_good=is_good))


def judgement(record: CreditRecord, *, is_good: bool) -> dict[str, str]:
    """The notice's form fields; of its two results only that of the order's own type is filled."""
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
