"""The shop: create_app puts its parts together."""

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from storefront.config.settings import Settings
    from storefront.ports.registry import Providers


def create_app(settings: "Settings | None" = None, providers: "Providers | None" = None) -> "Flask":
    """Both arguments exist for tests: other settings, other providers."""
    collects = gc.isenabled()
    gc.disable()  # what is made here stays: looking for rubbish in it is a fifth of a start
    try:
        from storefront.app import factory  # not before: a client of a shop needs none of its parts

        return factory.make(settings, providers)
    finally:
        if collects:
            gc.enable()
