"""Settings to providers: the only file that names vendors.

The sandbox's parts are imported where they are wanted: a production process never loads them.
"""

from collections.abc import Callable
from typing import Any

from storefront.config.settings import Settings
from storefront.payments.methods import KURONEKO
from storefront.ports.codes import CodeSource
from storefront.ports.deferred_credit import DeferredCredit
from storefront.ports.mail import MailSender
from storefront.ports.registry import Providers
from storefront.ports.sms import SmsSender
from storefront.providers.smtp import SmtpMail
from storefront.providers.yamato.account.session import Yamato
from storefront.providers.yamato.admin import plugin as yamato_admin
from storefront.providers.yamato.deferred_credit import KuronekoCredit
from storefront.providers.yamato.gateway import KuronekoGateway
from storefront.providers.yamato.plugin import YamatoPlugin
from storefront.sms.circuit_breaker import Circuit
from storefront.sms.failover import Failover
from storefront.verification.random_codes import RandomCodes
from storefront.verification.verifier import Verifier

ADMIN_PLUGINS = (yamato_admin.PLUGIN,)


def build(settings: Settings) -> Providers:
    senders = [SENDERS[name](settings) for name in settings.senders]
    return Providers(
        sms=Failover(senders),
        codes=_codes(settings),
        mail=_mail(settings),
        plugins=(YamatoPlugin(),),
        **_yamato(settings),
    )


def _codes(settings: Settings) -> CodeSource:
    if not any(name.startswith("sandbox") for name in settings.senders):
        return RandomCodes()
    from storefront.sandbox.phone.codes import SandboxCodes

    return SandboxCodes()


def _yamato(settings: Settings) -> dict[str, Any]:
    if settings.is_yamato_off:
        return {}
    yamato = Yamato(address=_yamato_address(settings), trial=_yamato_trial(settings))
    credit: DeferredCredit[Verifier] = KuronekoCredit(yamato)
    wired: dict[str, Any] = {
        "credits": {KURONEKO: credit},
        "gateways": {KURONEKO: KuronekoGateway(yamato)},
    }
    if not settings.is_production:
        from storefront.sandbox.orders.hosted import SandboxHosted

        wired["hosted"] = SandboxHosted()
    return wired


def _yamato_address(settings: Settings) -> Callable[[], str]:
    if settings.yamato_url:
        return lambda: settings.yamato_url
    from storefront.sandbox.yamato import connection

    return connection.address


def _yamato_trial(settings: Settings) -> Callable[[], str] | None:
    return (lambda: settings.yamato_test_url) if settings.yamato_test_url else None


def _twilio(settings: Settings) -> SmsSender:
    from storefront.providers.twilio import (
        TwilioMessages,  # its library takes half a second to load
    )

    messages = TwilioMessages(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        settings.twilio_from,
        status_callback=_callback(settings),
        base_url=settings.twilio_base_url,
    )
    # only what goes outside: a sandbox number's fault must not close the shop to other numbers
    return Circuit(messages)


def _callback(settings: Settings) -> str:
    """Twilio refuses an address that it cannot reach; a peer on this machine reaches any."""
    is_reachable = settings.is_https or settings.twilio_base_url
    return f"{settings.base_url}/webhooks/twilio/status" if is_reachable else ""


def _sandbox(name: str) -> Callable[[Settings], SmsSender]:
    def sender(settings: Settings) -> SmsSender:
        from storefront.sandbox.phone.phone import SandboxSms

        return SandboxSms(name, is_first=settings.senders[0] == name)

    return sender


SENDERS: dict[str, Callable[[Settings], SmsSender]] = {
    "sandbox": _sandbox("sandbox"),
    "sandbox_b": _sandbox("sandbox_b"),
    "twilio": _twilio,
}


def _mail(settings: Settings) -> MailSender:
    url = settings.mail_url.get_secret_value()
    if url.startswith("sandbox"):
        from storefront.sandbox.phone.mailbox import SandboxMailbox

        return SandboxMailbox()
    return SmtpMail(url, f"noreply@{settings.host}")
