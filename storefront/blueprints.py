"""Which addresses this shop has."""

from flask import Flask

import storefront.kuroneko.models  # noqa: F401
from storefront import operations, webhooks
from storefront.admin import areas as admin
from storefront.cart import routes as cart
from storefront.catalogue import routes as catalogue
from storefront.checkout import paid_outside as checkout
from storefront.collecting import routes as collecting
from storefront.orders import routes as orders
from storefront.shop import routes as shop


def register(app: Flask) -> None:
    for package in (catalogue, cart, checkout, orders, collecting, shop, operations, webhooks):
        app.register_blueprint(package.bp)
    admin.init_app(app)
    if not app.config["SETTINGS"].is_production:
        from storefront import sandbox  # never loaded where real shoppers are

        sandbox.init_app(app)
