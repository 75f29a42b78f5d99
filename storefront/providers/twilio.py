"""Texts by Twilio Messages, and what Twilio's codes, reports and signatures mean to the shop."""

# Twilio's library and requests take about 0.2 s to import, so they are imported where they are
# used: a shop that sends by another provider never pays for them.

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import takewhile
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import structlog

from storefront.ports.sms import (
    PATIENCE,
    Delivery,
    NumberRefused,
    Receipt,
    SenderMisconfigured,
    SmsUnavailable,
    SmsUnknown,
)

if TYPE_CHECKING:
    from twilio.http.response import Response
    from twilio.rest import Client

log = structlog.get_logger(__name__)

# Source: Twilio's error dictionary. Twilio keeps splitting codes and advises against relying on
# them, so only these are known by name and every other goes by its HTTP status.
REFUSED = {21211, 21408, 21610, 21614, 21635, 30004, 30005, 30006, 60200, 60410, 60605}
MISCONFIGURED = {20003, 21212, 21606, 21609}  # account, From, From, StatusCallback
MESSAGE = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")

REPORTS = {
    Delivery.QUEUED: {"accepted", "scheduled", "queued"},
    Delivery.SENT: {"sending", "sent"},
    Delivery.DELIVERED: {"delivered"},
    Delivery.UNDELIVERED: {"undelivered", "failed", "canceled"},
}


def delivery_of(message_status: str) -> Delivery | None:
    """What Twilio's MessageStatus means; None for one that says nothing about a text we sent."""
    return next((told for told, names in REPORTS.items() if message_status in names), None)


def signature_is_good(
    auth_token: str, url: str, params: Mapping[str, str | list[str]], signature: str
) -> bool:
    """Whether Twilio signed these form fields for this address, as the public knows it."""
    from twilio.request_validator import RequestValidator

    if not auth_token:  # with an empty token anybody can sign
        return False
    fields = params if hasattr(params, "getlist") else _Fields(params)
    return bool(RequestValidator(auth_token).validate(url, fields, signature))


class _Fields(dict[str, str | list[str]]):
    def getlist(self, name: str) -> list[str]:
        """The validator's way to ask for a field that was sent more than once."""
        value = self[name]
        return value if isinstance(value, list) else [value]


@dataclass(repr=False)
class TwilioMessages:
    """Sends each text in one try over one connection of its own, and tells how it ended in time."""

    account_sid: str
    auth_token: str
    sender: str
    status_callback: str
    base_url: str | None = None
    waits: tuple[float, float] = (2, PATIENCE)  # seconds: to connect, and in all
    name = "twilio"
    is_down = False

    def __post_init__(self) -> None:
        _ = self._client(PATIENCE).messages  # loads the library now: no shopper waits for that

    def send(self, to: str, text: str, valid_for: int, patience: float = PATIENCE) -> Receipt:
        """See the port; nothing is sent after the time is up, and nothing twice."""
        try:
            message = self._client(patience).messages.create(
                to=to,
                from_=self.sender,
                body=text,
                validity_period=min(max(valid_for, 1), 36_000),  # Twilio takes no others
                status_callback=self.status_callback or None,
            )
            reference = str(message.sid)
        except (NumberRefused, SmsUnavailable, SmsUnknown):
            raise
        except Exception as error:  # the library stumbles, in many ways, over a rubbish answer
            log.warning("twilio_answer_not_read", error=type(error).__name__)
            reference = ""
        if not MESSAGE.fullmatch(reference):
            raise SmsUnknown("Twilio's answer names no message")
        return Receipt(self.name, reference)

    def _client(self, patience: float) -> "Client":
        from twilio.rest import Client

        to_connect, in_all = self.waits
        line: Any = _Line((min(to_connect, patience), min(in_all, patience)))
        # a filled environment, as the library makes the process's own of an empty one
        bare = {"TWILIO_EDGE": ""}
        client = Client(self.account_sid, self.auth_token, http_client=line, environment=bare)
        client.api.base_url = self.base_url or client.api.base_url
        return client


class _Body(BytesIO):
    """The message, which a line asks for once it is connected: before that nothing was sent."""

    turn = Lock()
    asked_for = withdrawn = False

    def read(self, size: int | None = -1) -> bytes:
        with self.turn:
            if self.withdrawn:
                raise TimeoutError("Connected too late to send")
            self.asked_for = True
        return super().read(size)

    def withdraw(self) -> bool:
        """True when it was in time: nothing of the message has left, and nothing will."""
        with self.turn:
            self.withdrawn = True
            return not self.asked_for


@dataclass
class _Line:
    """What Twilio's client speaks through, for one message, with an end that holds."""

    waits: tuple[float, float]
    # A time-out of requests bounds each wait for bytes, not their sum, nor looking up a name. So
    # a thread speaks, and the caller stops waiting; this many may be left behind at a time.
    free = BoundedSemaphore(32)

    def request(self, _method: str, url: str, *, data: Any, timeout: Any, **how: Any) -> "Response":
        """Raises one of the port's errors unless Twilio took the message."""
        body = _Body(urlencode(data).encode())
        answer = self._ask(url, body, how)
        if answer is None:
            if body.withdraw():
                raise SmsUnavailable("Twilio cannot be reached")
            raise SmsUnknown("Twilio's answer never came")
        if not 200 <= answer.status_code < 300:
            raise _ending(answer)
        return answer

    def _ask(self, *request: Any) -> "Response | None":
        answers: SimpleQueue[Response | None] = SimpleQueue()
        if (free := self.free).acquire(blocking=False):
            Thread(target=self._speak, args=(free, answers, *request), daemon=True).start()
            with suppress(Empty):
                return answers.get(timeout=self.waits[1])
        return None

    def _speak(
        self, free: BoundedSemaphore, answers: "SimpleQueue[Response | None]", *request: Any
    ) -> None:
        try:
            with suppress(OSError):  # every error of requests is one
                answers.put(self._fetch(*request))
        finally:
            free.release()  # the one it was taken from
            answers.put(None)

    def _fetch(self, url: str, body: _Body, how: dict[str, Any]) -> "Response":
        import requests
        from twilio.http.response import Response

        end = monotonic() + self.waits[1]
        with requests.post(url, body, timeout=self.waits, stream=True, **how) as answer:
            # byte by byte, so that a dripping answer cannot keep the thread past its end
            text = b"".join(takewhile(lambda _: monotonic() < end, answer.iter_content(1)))
            return Response(answer.status_code, text.decode(errors="replace"), answer.headers)


def _ending(answer: "Response") -> NumberRefused | SmsUnavailable:
    code = wait = None
    with suppress(ValueError, TypeError, LookupError):
        code = int(json.loads(answer.text)["code"])
    with suppress(ValueError, TypeError, LookupError):
        wait = int((answer.headers or {})["Retry-After"])
    log.warning("twilio_text_not_taken", status=answer.status_code, provider_code=code)
    if code in REFUSED:
        return NumberRefused(f"Twilio error {code}")
    if code in MISCONFIGURED or answer.status_code == 401:
        return SenderMisconfigured(f"Twilio error {code}")
    return SmsUnavailable(f"Twilio error {code}", retry_after=wait)
