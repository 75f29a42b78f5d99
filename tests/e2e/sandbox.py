"""The test shop's outside world: its phone, its mailbox and its clock."""

import re
import time
from dataclasses import dataclass
from typing import Any

import requests

MAIL_WITHIN = 10.0  # seconds, as the contract promises


@dataclass(frozen=True)
class Sandbox:
    base_url: str

    def texts(self, to: str) -> list[dict[str, Any]]:
        """Newest first."""
        return self._get("phone.json", to)

    def texts_come_to(self, to: str, count: int) -> bool:
        """Whether so many texts have arrived, of which the last may still be under way."""
        end = time.monotonic() + MAIL_WITHIN
        while (have := len(self.texts(to))) < count and time.monotonic() < end:
            time.sleep(0.1)  # real time: the worker is a thread of its own
        return have == count

    def link(self, to: str) -> str:
        """The link of the newest text, which may still be under way."""
        end = time.monotonic() + MAIL_WITHIN
        while not (found := re.search(r"http\S+", self.texts(to)[0]["text"])):
            assert time.monotonic() < end, "the newest text holds no link"
            time.sleep(0.1)  # real time: the worker is a thread of its own
        return found[0]

    def code(self, to: str) -> str:
        """The code of the newest text."""
        found = re.search(r"#(\d{4})$", self.texts(to)[0]["text"])
        assert found, "the newest text holds no code"
        return found[1]

    def wrong_code(self, to: str) -> str:
        return f"{(int(self.code(to)) + 1) % 10_000:04}"

    def mails(self, to: str) -> list[dict[str, Any]]:
        return self._get("mailbox.json", to)

    def mail(self, to: str) -> dict[str, Any]:
        """The newest mail, which may still be under way."""
        end = time.monotonic() + MAIL_WITHIN
        while not (mails := self.mails(to)):
            assert time.monotonic() < end, f"no mail to {to} within {MAIL_WITHIN} s"
            time.sleep(0.1)  # real time: the worker is a thread of its own
        return mails[0]

    def happen(self, **event: object) -> dict[str, Any]:
        """An event of the outside world."""
        return self._post("events", event)

    def order(self, **wanted: str) -> dict[str, str]:
        """An order that is made for the test: number, status_url and pay_url."""
        return self._post("orders", wanted)

    def subjects(self, to: str) -> list[str]:
        """Oldest first, without the shop's name."""
        return [mail["subject"].partition("】")[2] for mail in reversed(self.mails(to))]

    def advance(self, seconds: int) -> None:
        self._post("clock", {"advance": seconds})

    def reset(self) -> None:
        self._post("reset", {"seed": 1})

    def _get(self, what: str, to: str) -> list[dict[str, Any]]:
        answer = requests.get(f"{self.base_url}/sandbox/{what}", params={"to": to}, timeout=10)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()
        return found

    def _post(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = requests.post(f"{self.base_url}/sandbox/{what}", json=body, timeout=30)
        assert answer.ok, answer.text
        found: dict[str, Any] = answer.json()
        return found
