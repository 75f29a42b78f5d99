"""The Yamato of the test shop: the simulator, served in a thread of this process."""

from threading import Lock

from flask import Flask, current_app

from storefront.kuroneko.simulator.server import Simulator
from storefront.kuroneko.simulator.standalone import in_thread
from storefront.kuroneko.simulator.terms import Terms
from storefront.sandbox import phone

MERCHANT, PASSWORD = "12345678901", "yamato01"  # of the simulator, no secret
SHOP = "さくら商店"
OPENING = Lock()


def address() -> str:
    """Where this process's simulator answers; it begins to serve at the first call."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with OPENING:
        if "yamato_simulator" not in app.extensions:
            app.extensions["yamato_simulator"] = in_thread(Simulator(app, terms(app)))
    return str(app.extensions["yamato_simulator"])


def terms(app: Flask) -> Terms:
    settings = app.config["SETTINGS"]
    return Terms(
        MERCHANT,
        PASSWORD,
        SHOP,
        settings.host,
        phone.take_from_yamato,
        lenient=settings.limits == "relaxed",
    )
