"""The shop's clients of Yamato: under which contract, at which address, with which time-out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from storefront.core.extensions import db
from storefront.payments.methods import KURONEKO
from storefront.ports.registry import providers
from storefront.providers.yamato import call_log
from storefront.providers.yamato.account.account import connection
from storefront.providers.yamato.protocol.client import Client
from storefront.providers.yamato.protocol.messages import Merchant
from storefront.providers.yamato.protocol.transport import SHOPPERS, HttpLine, Timeout, Transport


class NotConnected(Exception):
    """The shop has no such contract: register one with storefront yamato."""


@dataclass(frozen=True)
class Yamato:
    """Makes clients.

    address gives the service's base address; it is a function because the simulator's is not known
    before it serves. trial gives the base address for a contract in test mode, where that is
    another.
    """

    address: Callable[[], str]
    trial: Callable[[], str] | None = None
    transport: Transport = field(default_factory=HttpLine)
    patience: Timeout = SHOPPERS

    def client(self, patience: Timeout | None = None, contract: str | None = None) -> Client:
        """A client under the present contract, or under the given one, where an order belongs to
        it: Yamato does not know it under another.

        patience is the time-out. The session's transaction is ended, because a call outside
        follows. Raises NotConnected.
        """
        known = connection()
        db.session.commit()
        if known is None or contract not in {None, known.contract}:
            raise NotConnected
        return Client(
            self._address_of(known.live),
            Merchant(known.merchant_code, known.password),
            call_log.record,
            patience or self.patience,
            self.transport,
        )

    def _address_of(self, is_live: bool) -> str:
        return self.address() if is_live or self.trial is None else self.trial()


def yamato() -> Yamato | None:
    """The shop's Yamato; None where KURONEKO_BASE_URL is "off" and the shop's own codes prove a
    phone."""
    credit: Any = providers().credit(KURONEKO)
    return cast(Yamato, credit.yamato) if credit else None
