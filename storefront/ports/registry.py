"""Who does the outside work for this shop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask import current_app

from storefront.ports.codes import CodeSource
from storefront.ports.deferred_credit import DeferredCredit
from storefront.ports.mail import MailSender
from storefront.ports.payments import DeferredGateway, HostedPages
from storefront.ports.plugin import Place, ProviderPlugin
from storefront.ports.sms import SmsSender


@dataclass(frozen=True)
class Providers:
    """credits and gateways go by the word that a payment kind has as its gateway: who takes orders
    on credit, and who is told of them afterwards."""

    sms: SmsSender
    codes: CodeSource
    mail: MailSender
    credits: Mapping[str, DeferredCredit[Any]] = field(default_factory=dict)
    gateways: Mapping[str, DeferredGateway] = field(default_factory=dict)
    hosted: HostedPages | None = None
    plugins: tuple[ProviderPlugin, ...] = ()

    def credit(self, gateway: str) -> DeferredCredit[Any] | None:
        """None where nobody takes orders on credit by this word."""
        return self.credits.get(gateway)

    def plugin(self, gateway: str) -> ProviderPlugin | None:
        """None where the provider adds nothing to the shop."""
        return next((one for one in self.plugins if one.gateway == gateway), None)

    def notes(self, place: Place) -> list[str]:
        """What all providers have to say to the owner there."""
        return [said for one in self.plugins if (said := one.note(place))]


def providers() -> Providers:
    return cast(Providers, current_app.extensions["providers"])
