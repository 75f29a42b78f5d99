"""Sending a form to Yamato over HTTP, and how that can fail."""

from collections.abc import Mapping
from typing import Protocol

from storefront.core.bounded_post import BoundedPost, NoReply, NotSent, Reply, Timeout
from storefront.core.bulkhead import Full
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NoPlace, NotAsked
from storefront.providers.yamato.protocol.responses import LARGEST

HEADERS = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
AT_ONCE = 8  # requests of a process under way, left behind ones included; it has more threads

SHOPPERS = Timeout(2, 12)  # a browser gives up at 15
HURRIED = Timeout(2, 5)  # twice within that, for what the worker goes on with
WORKERS = Timeout(2, 30)


class Transport(Protocol):
    """Whatever can send a form."""

    def post(self, url: str, fields: Mapping[str, str], patience: Timeout) -> Reply:
        """Send the form once, following no redirect; raises NotAsked or NoAnswer before the
        time-out patience is over.

        The reply holds at most one byte more than may be read.
        """


class HttpLine:
    """Real connections, of which only a few are open at once."""

    def __init__(self) -> None:
        self.line = BoundedPost(AT_ONCE, LARGEST + 1)

    def post(self, url: str, fields: Mapping[str, str], patience: Timeout) -> Reply:
        try:
            return self.line.post(url, fields, patience, headers=HEADERS)
        except Full:
            raise NoPlace("Too many requests are under way") from None
        except NotSent as why:
            raise NotAsked(f"{why}") from None
        except NoReply as why:
            raise NoAnswer(f"{why}") from None


__all__ = ["HURRIED", "SHOPPERS", "WORKERS", "HttpLine", "Reply", "Timeout", "Transport"]
