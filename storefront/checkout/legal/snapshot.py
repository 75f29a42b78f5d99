"""What an order remembers of the screens it was agreed on."""

import hashlib

from flask import render_template

from storefront.checkout.journey import Journey
from storefront.checkout.legal import items
from storefront.checkout.placing import Snapshot
from storefront.payments import methods, wording
from storefront.web.i18n import locale, localized

SCREENS = {"confirm": "checkout/_agreement.html", "sms": "checkout/_agreement_short.html"}


def snapshot(journey: Journey) -> Snapshot:
    """The words that the shopper agrees to just now, in the language of the page, with a digest of
    each screen that showed them (特商法12条の6: what stood on the final screen must be
    provable)."""
    method = journey.method
    products = {line.variant.sku: line.variant for line in journey.cart}
    seen = ["confirm", "sms"] if method and methods.checks_sms(method) else ["confirm"]
    sent = items.sending(journey)
    return Snapshot(
        locale=locale(),
        names={sku: localized(one.product, "name") for sku, one in products.items()},
        options={sku: items.option_words(one) for sku, one in products.items()},
        texts={
            "law": items.items(journey),
            "payment": localized(method, "name") if method else "",
            "delivery": localized(journey.delivery, "name") if journey.delivery else "",
            "delivery_method": journey.delivery.code if journey.delivery else "",
            "sending": {"days": sent.prepare_days, "by": sent.by},
            "collector": method.collector if method else "",
            "instructions": wording.instructions(method) if method else "",
            "account": dict(method.account or {}) if method else {},
        },
        screens={name: _digest(SCREENS[name], journey) for name in seen},
    )


def _digest(template: str, journey: Journey) -> dict[str, str]:
    """Proof of the words on a screen: the template, and a digest of what it rendered to."""
    rendered = render_template(template, **items.context(journey))
    return {"template": template, "sha256": hashlib.sha256(rendered.encode()).hexdigest()}
