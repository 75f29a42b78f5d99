"""Which sender takes a text when the first one cannot."""

from collections.abc import Sequence
from time import monotonic

import structlog

from storefront.core.bulkhead import Bulkhead, Full
from storefront.ports.sms import (
    PATIENCE,
    NumberRefused,
    Receipt,
    SenderMisconfigured,
    SmsSender,
    SmsUnavailable,
    SmsUnknown,
)

ALTOGETHER = 6.0  # seconds for all senders: the shopper is told within 8
AT_ONCE = 8  # texts of a process under way; a web server needs more threads than these

log = structlog.get_logger(__name__)


class Failover:
    """Tries senders in order until one takes the message."""

    name = "failover"

    def __init__(self, senders: Sequence[SmsSender]) -> None:
        self.senders = senders
        self.bulkhead = Bulkhead(AT_ONCE)

    @property
    def is_down(self) -> bool:
        return all(sender.is_down for sender in self.senders)

    def send(self, to: str, text: str, valid_for: int, patience: float = ALTOGETHER) -> Receipt:
        """Send the same text by the next sender even where the answer never came: a text that
        arrives twice is harmless, one that never comes is not."""
        end = monotonic() + patience
        try:
            self.bulkhead.enter(patience / 4)
        except Full:
            log.warning("sms_places_exhausted")
            raise SmsUnavailable("Too many texts are under way") from None
        try:
            return self._try_each(to, text, valid_for, end)
        finally:
            self.bulkhead.leave()

    def _try_each(self, to: str, text: str, valid_for: int, end: float) -> Receipt:
        failures: list[SmsUnavailable | SmsUnknown] = []
        for sender in self.senders:
            left = end - monotonic()
            if left <= 0:
                break
            try:
                return sender.send(to, text, valid_for, min(left, PATIENCE))
            except (SmsUnavailable, SmsUnknown) as failure:
                _log(sender.name, failure)
                failures.append(failure)
            except NumberRefused:
                if _may_arrive(failures):
                    break
                raise
        raise _sum_up(failures)


def _may_arrive(failures: list[SmsUnavailable | SmsUnknown]) -> bool:
    return any(isinstance(failure, SmsUnknown) for failure in failures)


def _sum_up(failures: list[SmsUnavailable | SmsUnknown]) -> SmsUnavailable | SmsUnknown:
    if _may_arrive(failures):
        return SmsUnknown("No sender took the text, one may have")
    waits = [failure.retry_after for failure in failures if isinstance(failure, SmsUnavailable)]
    known = [wait for wait in waits if wait is not None]
    return SmsUnavailable("No sender took the text", retry_after=min(known, default=None))


def _log(provider: str, failure: SmsUnavailable | SmsUnknown) -> None:
    match failure:
        case SenderMisconfigured():
            log.error("sms_sender_settings_refused", provider=provider)
        case SmsUnavailable():
            log.warning("sms_text_not_taken", provider=provider)
        case SmsUnknown():
            log.warning("sms_answer_not_received", provider=provider)
