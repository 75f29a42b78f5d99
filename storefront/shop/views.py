"""Legal pages, help and contact."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from storefront.payments import methods
from storefront.payments.wording import payment_time
from storefront.shipping import fees
from storefront.shop import profile
from storefront.web.rendering import page

bp = Blueprint("shop", __name__)


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
        methods=on_offer,
        rules=methods,
        payment_time=payment_time,
        fees=fees,
    )
