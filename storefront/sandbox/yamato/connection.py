"""The simulator of a test shop, served in a thread of each process."""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock

from flask import Flask, current_app

from storefront.core.published_values import MERCHANT_CODE
from storefront.orders.models import Order
from storefront.providers.yamato.simulator.events import UnknownOrder
from storefront.providers.yamato.simulator.server import Simulator
from storefront.providers.yamato.simulator.standalone import Served
from storefront.providers.yamato.simulator.states import Impossible
from storefront.providers.yamato.simulator.terms import Terms
from storefront.sandbox.phone import phone

MERCHANT, PASSWORD = MERCHANT_CODE, "yamato01"  # of the simulator, no secret
SHOP = "さくら商店"
SERVED = "yamato_simulator"  # among the app's extensions
OPENING = Lock()


def play(order: Order, *happenings: Callable[[str, str], object]) -> None:
    """Let these events happen to the order at Yamato, in turn; those that its state does not allow
    are left out."""
    if order.payment_reference is None:
        return
    for happening in happenings:
        with suppress(Impossible, UnknownOrder):
            happening(MERCHANT, order.payment_reference)


def address() -> str:
    """The base address of this process's simulator, which begins to serve at the first call."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with OPENING:
        served = app.extensions.get(SERVED)
        if served is None or not served.is_of_this_process:
            served = app.extensions[SERVED] = Served(Simulator(app, terms(app)))
    return str(served.url)


def close(app: Flask) -> None:
    """Stop the simulator; the next call of address() starts another."""
    with OPENING:
        served = app.extensions.pop(SERVED, None)
    if served is not None and served.is_of_this_process:
        served.close()


def terms(app: Flask) -> Terms:
    """The contract that the simulator knows the shop by."""
    settings = app.config["SETTINGS"]
    return Terms(
        MERCHANT,
        PASSWORD,
        SHOP,
        settings.host,
        phone.take_from_yamato,
        lenient=settings.limits == "relaxed",
    )
