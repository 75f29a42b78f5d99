"""When a sender that keeps failing is left alone, and when it is asked again."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

import structlog

from storefront.core import clock
from storefront.ports.sms import (
    PATIENCE,
    Receipt,
    SenderMisconfigured,
    SmsSender,
    SmsUnavailable,
    SmsUnknown,
)

IN_A_ROW = 3  # failures that open the circuit
OF_THE_LAST, TOO_MANY, WITHIN = 10, 5, timedelta(minutes=10)  # so do these
FIRST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(minutes=10)

log = structlog.get_logger(__name__)


@dataclass
class Rest:
    """The time for which a sender is left alone; after it one text tries the sender."""

    since: datetime
    length: timedelta
    is_tried: bool = False

    def is_over(self) -> bool:
        """Whether the rest is over, also where the sandbox has set the clock back before it."""
        return not self.since <= clock.now() < self.since + self.length

    def again(self) -> "Rest":
        return Rest(clock.now(), min(self.length * 2, LONGEST_REST))


class Circuit:
    """A sender that is not called while this process knows that it fails."""

    def __init__(self, sender: SmsSender) -> None:
        self.sender = sender
        self.endings: deque[tuple[datetime, bool]] = deque(maxlen=OF_THE_LAST)  # bad is True
        self.rest: Rest | None = None
        self.turn = Lock()

    @property
    def name(self) -> str:
        return self.sender.name

    @property
    def is_down(self) -> bool:
        rest = self.rest
        return rest is not None and (rest.is_tried or not rest.is_over())

    def send(self, to: str, text: str, valid_for: int, patience: float = PATIENCE) -> Receipt:
        """Send as the port says; a refused number counts neither as failure nor as success."""
        tried = self._enter()
        try:
            receipt = self.sender.send(to, text, valid_for, patience)
        except (SmsUnavailable, SmsUnknown) as failure:
            self._failed(tried, isinstance(failure, SenderMisconfigured))
            raise
        else:
            self._worked()
            return receipt
        finally:
            if tried:
                tried.is_tried = False

    def _enter(self) -> Rest | None:
        """The rest that this text may end, or None; raises SmsUnavailable within a rest."""
        with self.turn:
            if self.is_down:
                raise SmsUnavailable(f"{self.name} is left alone")
            if self.rest:
                self.rest.is_tried = True
            return self.rest

    def _failed(self, tried: Rest | None, is_our_mistake: bool) -> None:
        with self.turn:
            self.endings.append((clock.now(), True))
            if self.rest is not tried:  # began before the rest: its end says nothing new
                return
            if tried:
                self.rest = tried.again()
            elif is_our_mistake or self._fails_too_often():
                self.rest = Rest(clock.now(), FIRST_REST)
                log.error("sms_sender_circuit_opened", provider=self.name)

    def _worked(self) -> None:
        with self.turn:
            if self.rest:
                self.rest = None
                self.endings.clear()
                log.warning("sms_sender_circuit_closed", provider=self.name)
            self.endings.append((clock.now(), False))

    def _fails_too_often(self) -> bool:
        bad = [is_bad for _, is_bad in self.endings]
        lately = [is_bad for when, is_bad in self.endings if when > clock.now() - WITHIN]
        return bad[-IN_A_ROW:] == [True] * IN_A_ROW or sum(lately) >= TOO_MANY
