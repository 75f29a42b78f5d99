"""Who asks for the money after delivery: the one fact behind every sentence about it."""

from enum import StrEnum

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _

from storefront.core.extensions import db
from storefront.payments.kinds import Kind
from storefront.payments.models import PaymentMethod
from storefront.ports.registry import providers


class Collector(StrEnum):
    """A method's collector; an order keeps the one it was placed under."""

    SHOP = "shop"  # by its own mails and texts, and its payment page
    PROVIDER = "provider"  # of the credit, in its own name


def of_code(code: str) -> Collector:
    """The present collector of the payment method with this code."""
    query = sa.select(PaymentMethod.collector).where(PaymentMethod.code == code)
    return Collector(db.session.scalar(query) or Collector.PROVIDER)


def sender(kind: Kind, collector: str) -> str:
    """Who sends the request for payment, as a method's own texts name it."""
    return _("当店") if collector == Collector.SHOP else company(kind)


def names_of_provider(kind: Kind) -> frozenset[str]:
    """What texts in either language call the provider, 株式会社 left out."""
    found = []
    for locale in ("ja", "en"):
        with force_locale(locale):
            found.append(company(kind).removesuffix("株式会社"))
    return frozenset(found)


def company(kind: Kind) -> str:
    """The provider's name as it signs what it sends to shoppers."""
    plugin = providers().plugin(kind.gateway)
    return plugin.company if plugin else _("決済会社")
