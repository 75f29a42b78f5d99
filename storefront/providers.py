"""Who does the outside work for this shop."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from storefront.mail import MailSender
from storefront.sms import SmsSender
from storefront.verification import CodeSource


@dataclass(frozen=True)
class Providers:
    sms: SmsSender
    codes: CodeSource
    mail: MailSender


def providers() -> Providers:
    return cast(Providers, current_app.extensions["providers"])
