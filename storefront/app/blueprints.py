"""Which addresses this shop has."""

from flask import Flask

from storefront.admin import blueprints as admin
from storefront.app import health, webhooks, wiring
from storefront.cart import views as cart
from storefront.catalogue.web import search_engines
from storefront.catalogue.web import views as catalogue
from storefront.checkout import web as checkout
from storefront.orders import web as orders
from storefront.payment_requests.web import views as collecting
from storefront.payments import views as payments
from storefront.shop import views as shop

PACKAGES = (
    catalogue,
    search_engines,
    cart,
    checkout,
    orders,
    collecting,
    payments,
    shop,
    health,
    webhooks,
)


def init_app(app: Flask) -> None:
    for package in PACKAGES:
        app.register_blueprint(package.bp)
    admin.init_app(app, wiring.ADMIN_PLUGINS)
    if not app.config["SETTINGS"].is_production:
        from storefront import design, sandbox  # never loaded where real shoppers are
        from storefront.gallery import state_calls  # adds its addresses to those of the sandbox

        sandbox.init_app(app)
        state_calls.init_app(app)
        design.init_app(app)
