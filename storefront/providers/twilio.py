"""Texts by Twilio Messages, and what Twilio's codes, reports and signatures mean to the shop."""

# Twilio's library takes about 0.2 s to import, so it is imported where it is used: a shop that
# sends by another provider never pays for it.

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from storefront.core.bounded_post import BoundedPost, NoReply, NotSent, Reply, Timeout
from storefront.core.bulkhead import Full
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
POST = BoundedPost(places=32, most=64 * 1024)  # calls left behind are among so many
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

        line: Any = _Line(Timeout(*(min(one, patience) for one in self.waits)))
        # a filled environment, as the library makes the process's own of an empty one
        bare = {"TWILIO_EDGE": ""}
        client = Client(self.account_sid, self.auth_token, http_client=line, environment=bare)
        client.api.base_url = self.base_url or client.api.base_url
        return client


@dataclass
class _Line:
    """What Twilio's client speaks through, for one message, with an end that holds."""

    patience: Timeout

    def request(self, _method: str, url: str, **how: Any) -> "Response":
        """Raises one of the port's errors unless Twilio took the message."""
        from twilio.http.response import Response

        form, headers, auth = how["data"], how["headers"], how["auth"]
        try:
            reply = POST.post(url, form, self.patience, headers=headers, auth=auth)
        except (Full, NotSent):
            raise SmsUnavailable("Twilio cannot be reached") from None
        except NoReply:
            raise SmsUnknown("Twilio's answer never came") from None
        if not 200 <= reply.status < 300:
            raise _ending(reply)
        return Response(reply.status, reply.body.decode(errors="replace"), reply.headers)


def _ending(reply: Reply) -> NumberRefused | SmsUnavailable:
    code = wait = None
    with suppress(ValueError, TypeError, LookupError):
        code = int(json.loads(reply.body)["code"])
    with suppress(ValueError, TypeError, LookupError):
        wait = int(reply.headers["Retry-After"])
    log.warning("twilio_text_not_taken", status=reply.status, provider_code=code)
    if code in REFUSED:
        return NumberRefused(f"Twilio error {code}")
    if code in MISCONFIGURED or reply.status == 401:
        return SenderMisconfigured(f"Twilio error {code}")
    return SmsUnavailable(f"Twilio error {code}", retry_after=wait)
