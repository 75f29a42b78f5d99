"""The test shop's outside world: its phone, its mailbox and its clock."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests

WITHIN = 10.0  # seconds in which a mail is there, as the contract promises; texts are quicker
LONGEST = 25  # seconds that the shop is asked to wait in one request
PATIENCE = 40.0  # seconds for one answer
PAUSE = 0.1  # seconds between two looks, where the shop does not wait by itself
CODE = re.compile(r"#(\d{4})\s*$")
LINK = re.compile(r"https?://\S+")

Message = dict[str, Any]


class NothingCame(AssertionError):
    """Look at the phone or the mailbox of the shop: what was waited for is not there."""


class Refused(AssertionError):
    """Read why: the shop's sandbox did not do what it was asked for."""


@dataclass(frozen=True)
class Sandbox:
    """Speaks to the /sandbox of a test shop, whose address has no slash at its end."""

    base_url: str

    # texts

    def texts(self, to: str) -> list[Message]:
        """All there are, newest first."""
        return self._messages("phone.json", to=to)

    def text(self, to: str, *, after: int = 0, within: float = WITHIN) -> Message:
        """The newest text, one with a greater id than `after`; raises NothingCame.

        A dictionary with id, to, text, provider, status and sent_at.
        """
        return self._text(to, "text", lambda one: True, after, within)

    def code(self, to: str, *, after: int = 0, within: float = WITHIN) -> str:
        """The code of the newest text that has one; raises NothingCame."""
        found = self._text(to, "text with a code", CODE.search, after, within)
        return _found(CODE, found)[-4:]

    def wrong_code(self, to: str) -> str:
        """Four digits that are not the code of the newest text."""
        return f"{(int(self.code(to)) + 1) % 10_000:04}"

    def link(self, to: str, *, after: int = 0, within: float = WITHIN) -> str:
        """The link of the newest text that has one: to pay by, after delivery."""
        return _found(LINK, self._text(to, "text with a link", LINK.search, after, within))

    def _text(
        self, to: str, what: str, has: Callable[[str], object], after: int, within: float
    ) -> Message:
        return self._newest("phone.json", f"no {what} came to {to}", to, has, after, within)

    def texts_come_to(self, to: str, count: int) -> bool:
        """Whether so many texts have arrived, of which the last may still be under way."""
        end = time.monotonic() + WITHIN
        while (have := len(self.texts(to))) < count and time.monotonic() < end:
            time.sleep(PAUSE)
        return have == count

    # mails

    def mails(self, to: str) -> list[Message]:
        """All there are, newest first."""
        return self._messages("mailbox.json", to=to)

    def mail(self, to: str, *, after: int = 0, within: float = WITHIN) -> Message:
        """The newest mail, one with a greater id than `after`; raises NothingCame.

        A dictionary with id, to, subject, text, html and sent_at.
        """
        said = f"no mail came to {to}"
        return self._newest("mailbox.json", said, to, lambda text: True, after, within)

    def subjects(self, to: str) -> list[str]:
        """Oldest first, without the shop's name."""
        return [mail["subject"].partition("】")[2] for mail in reversed(self.mails(to))]

    # what is done from outside

    def enter(self, slug: str, lang: str = "ja") -> dict[str, Any]:
        """Bring a screen and state about: its url, storage_state, tel, email, code and number."""
        return self._post("states", {"slug": slug, "lang": lang})

    def happen(self, **event: object) -> dict[str, Any]:
        """Play an event of the outside world: event="shipped", order="7KQ2-M9XD"."""
        return self._post("events", event)

    def order(self, **wanted: object) -> dict[str, str]:
        """Make an order, by default of one yunomi: its number, status_url and pay_url."""
        return self._post("orders", {"state": "placed", **wanted})

    def now(self) -> str:
        """The shop's time, as ISO 8601 writes it."""
        return str(self._get("clock", {})["now"])

    def advance(self, seconds: int, **one: str) -> None:
        """Move the clock of the shop on or, with checkout=, tel= or order=, that of one alone."""
        self._post("clock", {"advance": seconds, **one})

    def stock(self, pieces: Mapping[str, int | None]) -> None:
        """Set how many there are by SKU, which count down; None hands one back that never ends."""
        self._post("stock", dict(pieces))

    def fault(self, to: str, **fault: object) -> None:
        """Have the next requests to yamato, sms, hosted or mail fail: next=1, status=503, delay=4.

        next=0 ends the faults of a part.
        """
        self._post("faults", {"to": to, **fault})

    def requests(self, **which: str) -> list[Message]:
        """What the shop asked outside and what came back, newest first: to="sms", tel=…"""
        return self._messages("requests", **which)

    def reset(self) -> None:
        """Make the demo shop new: every cart, order and text is gone, for everybody."""
        self._post("reset", {"seed": 1})

    def owner(self) -> dict[str, str]:
        """How the demo owner signs in: email, password, and the code of this half minute."""
        found: dict[str, str] = self._get("owner.json", {})
        return found

    # the line

    def _newest(
        self,
        where: str,
        said: str,
        to: str,
        has: Callable[[str], object],
        after: int,
        within: float,
    ) -> Message:
        end = time.monotonic() + within
        while True:
            left = max(0.0, end - time.monotonic())
            wait = min(LONGEST, int(left))
            messages = self._messages(where, to=to, after=str(after), wait=str(wait))
            wanted = [one for one in messages if one["id"] > after and has(one["text"])]
            if wanted:
                return wanted[0]
            if not left:
                newer = f" after number {after}" if after else ""
                raise NothingCame(f"{said}{newer} within {within:g} s")
            time.sleep(min(PAUSE, left))

    def _messages(self, where: str, **query: str) -> list[Message]:
        found: list[Message] = self._get(where, query)
        return found

    def _get(self, what: str, query: dict[str, str]) -> Any:
        address = f"{self.base_url}/sandbox/{what}"
        return _read(requests.get(address, params=query, timeout=PATIENCE))

    def _post(self, what: str, body: dict[str, Any]) -> Any:
        return _read(requests.post(f"{self.base_url}/sandbox/{what}", json=body, timeout=PATIENCE))


def _found(pattern: re.Pattern[str], message: Message) -> str:
    found = pattern.search(message["text"])
    return found[0].strip() if found else ""


def _read(answer: requests.Response) -> Any:
    if not answer.ok:
        path = answer.request.path_url.partition("?")[0]
        raise Refused(f"{answer.request.method} {path}: {answer.status_code} {answer.text[:300]}")
    return answer.json()
