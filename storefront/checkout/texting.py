"""What the text to the shopper says, and who asks for it."""

from flask import current_app, request

from storefront.checkout.journey import Journey
from storefront.i18n import locale, localized, yen
from storefront.shop import wordings
from storefront.sms.texts import code_text
from storefront.verification import LIFETIME
from storefront.verification.limits import Asker, Budget
from storefront.verification.sending import Asked, Compose


def asker(journey: Journey) -> Asker:
    """The cart's cookie outlives a checkout, so it is what a session is counted by."""
    checkout, shop = journey.checkout, journey.shop
    budget = Budget(shop.texts_per_10_minutes, shop.texts_per_day)
    return Asker(checkout.id, journey.phone, checkout.cart_id, request.remote_addr or "", budget)


def composer(journey: Journey) -> Compose:
    shop, amount = localized(journey.shop, "name"), yen(journey.offer.total)
    minutes = int(LIFETIME.total_seconds() // 60)
    host = current_app.config["SETTINGS"].host
    language = locale()
    own = wordings.own("code-sms", language)

    def compose(code: str) -> str:
        return code_text(shop, code, amount, minutes, host, language, own)

    return compose


def asked(journey: Journey) -> Asked:
    method = journey.method.code if journey.method else ""
    return Asked(
        method,
        journey.offer_mark,
        journey.key,
        composer(journey),
        locale(),
        journey.answers_mark,
    )
