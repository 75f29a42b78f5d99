"""The request for a code: the text that the shopper gets, and by what requests are counted."""

from flask import current_app

from storefront.checkout.journey import Journey
from storefront.core.client_address import client_address
from storefront.payments import methods
from storefront.ports.codes import LIFETIME, USUAL, CodeRules
from storefront.shop import message_templates
from storefront.sms.code_message import code_text
from storefront.verification.rate_limits import Budget, Requester
from storefront.verification.sending import CodeRequest, Compose
from storefront.web.i18n import locale, localized, yen


def requester(journey: Journey) -> Requester:
    """The journey's cart, phone and internet address, by which texts are counted. The cart's cookie
    outlives a checkout, so the cart stands for the session."""
    checkout, shop, ip = journey.checkout, journey.shop, client_address()
    budget = Budget(shop.texts_per_10_minutes, shop.texts_per_day)
    return Requester(checkout.id, journey.phone, checkout.cart_id, ip, rules(journey), budget)


def rules(journey: Journey) -> CodeRules:
    """Tries, texts and waiting time: the owner's where the shop itself sends the codes, a
    provider's where it does."""
    method = journey.method
    return methods.code_rules(method) if method and methods.texts_by_shop(method) else USUAL


def composer(journey: Journey) -> Compose:
    """A function that writes the text message for a code, in the language of the page and with the
    amount in yen."""
    shop, amount = localized(journey.shop, "name"), yen(journey.offer.total)
    minutes = int(LIFETIME.total_seconds() // 60)
    host = current_app.config["SETTINGS"].host
    language = locale()
    own = message_templates.own("code-sms", language)

    def compose(code: str) -> str:
        return code_text(shop, code, amount, minutes, host, language, own)

    return compose


def asked(journey: Journey) -> CodeRequest:
    """The request for a code or for credit, bound to this offer and these answers."""
    method = journey.method.code if journey.method else ""
    return CodeRequest(
        method,
        journey.offer_fingerprint,
        journey.key,
        composer(journey),
        locale(),
        journey.answers_fingerprint,
    )
