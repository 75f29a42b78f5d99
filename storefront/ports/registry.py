"""Who does the outside work for this shop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from storefront.ports.codes import CodeSource
from storefront.ports.mail import MailSender
from storefront.ports.payments import DeferredGateway, HostedPages
from storefront.ports.sms import SmsSender


@dataclass(frozen=True)
class Providers:
    sms: SmsSender
    codes: CodeSource
    mail: MailSender
    yamato: object | None = None  # kuroneko.yamato() opens it; none: own codes prove a phone
    gateways: Mapping[str, DeferredGateway] = field(default_factory=dict)  # by the kind's name
    hosted: HostedPages | None = None


def providers() -> Providers:
    return cast(Providers, current_app.extensions["providers"])
