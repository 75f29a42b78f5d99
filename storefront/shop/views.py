"""Legal pages, help and contact."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue

from storefront.payments import collectors, methods
from storefront.payments.collectors import Collector
from storefront.payments.models import PaymentMethod
from storefront.payments.wording import payment_time, summary
from storefront.shipping import fees
from storefront.shipping.models import DeliveryMethod
from storefront.shop import profile
from storefront.web.i18n import localized
from storefront.web.rendering import page

bp = Blueprint("shop", __name__)


@dataclass(frozen=True)
class PaymentTerms:
    """What the law wants said of a payment method; amounts in yen. Each page reads a few of them,
    so that sentences are made when they are read."""

    method: PaymentMethod

    @property
    def name(self) -> str:
        return localized(self.method, "name")

    @property
    def summary(self) -> str:
        return summary(self.method)

    @property
    def payment_time(self) -> str:
        return payment_time(self.method)

    @property
    def fee(self) -> int:
        return self.method.fee

    @property
    def minimum(self) -> int:
        return self.method.minimum

    @property
    def maximum(self) -> int | None:
        return self.method.maximum

    @property
    def checks_sms(self) -> bool:
        return methods.checks_sms(self.method)

    @property
    def link_sender(self) -> str:
        """Who sends the link to pay by after delivery; empty where there is none."""
        kind = methods.kind_of(self.method)
        if not kind.bills_by_sms:
            return ""
        if self.method.collector == Collector.SHOP:
            return localized(profile.shop(), "name")
        return collectors.company(kind)

    @property
    def privacy_text(self) -> str:
        """The provider's own, for the privacy policy; empty where nobody is told of the shopper."""
        plugin = methods.consented_plugin(self.method)
        return plugin.privacy_text(self.name) if plugin else ""

    @property
    def terms_text(self) -> str:
        """The provider's own, for the shop's terms; empty where nobody is told of the shopper."""
        plugin = methods.consented_plugin(self.method)
        return plugin.terms_text(self.name) if plugin else ""


@dataclass(frozen=True)
class DeliveryTerms:
    """What sending costs in yen; by_fee has the prefectures that cost another fee."""

    name: str
    fee: int
    free_from: int | None
    by_fee: Sequence[tuple[int, Sequence[str]]]


@bp.get("/legal/tokushoho")
def tokushoho() -> ResponseReturnValue:
    return _plain("shop/tokushoho.html")


@bp.get("/legal/privacy")
def privacy() -> ResponseReturnValue:
    return _plain("shop/privacy.html")


@bp.get("/legal/terms")
def terms() -> ResponseReturnValue:
    return _plain("shop/terms.html")


@bp.get("/legal/returns")
def returns() -> ResponseReturnValue:
    return _plain("shop/returns.html")


@bp.get("/help")
def help_page() -> ResponseReturnValue:
    return _plain("shop/help.html")


def _plain(template: str) -> ResponseReturnValue:
    shop, on_offer = profile.terms()
    return page(
        template,
        shop=shop,
        methods=[PaymentTerms(one) for one in on_offer],
        deliveries=[_delivery_terms(one) for one in shop.offered],
    )


def _delivery_terms(method: DeliveryMethod) -> DeliveryTerms:
    name = localized(method, "name")
    return DeliveryTerms(name, method.fee, method.free_from, fees.by_fee(method))
