"""Legal pages, help and contact."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue

from storefront.payments import methods
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
    """What the law wants said of a payment method; amounts in yen. The texts are a provider's own
    for the privacy policy and the shop's terms, empty where nobody is told of the shopper."""

    name: str
    summary: str
    payment_time: str
    fee: int
    minimum: int
    maximum: int | None
    checks_sms: bool
    privacy_text: str
    terms_text: str


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
        methods=[_payment_terms(one) for one in on_offer],
        deliveries=[_delivery_terms(one) for one in shop.offered],
    )


def _payment_terms(method: PaymentMethod) -> PaymentTerms:
    name, plugin = localized(method, "name"), methods.consented_plugin(method)
    return PaymentTerms(
        name=name,
        summary=summary(method),
        payment_time=payment_time(method),
        fee=method.fee,
        minimum=method.minimum,
        maximum=method.maximum,
        checks_sms=methods.checks_sms(method),
        privacy_text=plugin.privacy_text(name) if plugin else "",
        terms_text=plugin.terms_text(name) if plugin else "",
    )


def _delivery_terms(method: DeliveryMethod) -> DeliveryTerms:
    name = localized(method, "name")
    return DeliveryTerms(name, method.fee, method.free_from, fees.by_fee(method))
