"""The shop's line to Yamato: whose contract, which address, how patient."""

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
    """address is asked at the first call: the simulator's is not known before it serves.

    trial is where a connection in test mode asks, where that is another place.
    """

    address: Callable[[], str]
    trial: Callable[[], str] | None = None
    transport: Transport = field(default_factory=HttpLine)
    patience: Timeout = SHOPPERS

    def client(self, patience: Timeout | None = None, contract: str | None = None) -> Client:
        """For what was asked under this contract, where one is given: under another Yamato would
        not know it. Raises NotConnected.

        No transaction is left open: what follows is a call outside.
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
    """None where the shop's own codes prove a phone."""
    credit: Any = providers().credit(KURONEKO)
    return cast(Yamato, credit.yamato) if credit else None
