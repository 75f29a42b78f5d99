"""The areas of the owner's side, put together behind the gate."""

from collections.abc import Sequence

from flask import Blueprint, Flask

from storefront.admin import menu, orders, payment_methods, products
from storefront.admin.account import routes as account
from storefront.admin.audit_log import routes as audit_log
from storefront.admin.auth import gate, held_requests, sessions
from storefront.admin.auth import passkeys as stored_passkeys
from storefront.admin.delivery import routes as delivery
from storefront.admin.held_requests import routes as again
from storefront.admin.held_requests import screen
from storefront.admin.home import routes as home
from storefront.admin.limits import routes as limits
from storefront.admin.messages import routes as messages
from storefront.admin.onboarding import routes as beginning
from storefront.admin.passkeys import routes as passkeys
from storefront.admin.people import routes as people
from storefront.admin.plugin import EXTENSION, AdminPlugin
from storefront.admin.privacy import routes as privacy
from storefront.admin.reports import routes as reports
from storefront.admin.shop_settings import routes as shop_settings
from storefront.admin.sign_in import routes as signing_in
from storefront.core.extensions import csrf, transaction

AREAS = (
    signing_in,
    passkeys,
    beginning,
    again,
    account,
    home,
    orders,
    products,
    reports,
    people,
    audit_log,
    shop_settings,
    payment_methods,
    delivery,
    messages,
    limits,
    privacy,
)


def init_app(app: Flask, plugins: Sequence[AdminPlugin]) -> None:
    """Register every area's addresses under /admin, and those that the providers' plugins add."""
    app.extensions[EXTENSION] = list(plugins)
    added = {name: one for plugin in plugins for name, one in plugin.reports.items()}
    app.extensions[reports.PROVIDERS_REPORTS] = added
    bp = Blueprint("admin", __name__, url_prefix="/admin")
    bp.before_request(gate.stand_in_the_way)
    bp.after_request(gate.keep_private)
    bp.after_request(again.forget_done)
    for area in (*AREAS, *(plugin.routes for plugin in plugins)):
        csrf.exempt(area.bp)  # each form checks its own token, to keep what was typed
        bp.register_blueprint(area.bp)
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        admin_menu=menu.entries,
        signed_in=sessions.current,
        shown_again=screen.shown_again,
        held_token=screen.held_token,
        waiting=screen.waiting,
    )
    app.extensions["is_keeper_here"] = lambda: bool(
        (found := sessions.current()) and found.is_whole
    )
    app.extensions.setdefault("periodic_tasks", []).append(_purge)
    app.extensions.setdefault("erasers", []).append(held_requests.erase)


def _purge() -> None:
    with transaction():
        sessions.purge()
        held_requests.purge()
        stored_passkeys.purge()
