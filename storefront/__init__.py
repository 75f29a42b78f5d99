"""The shop: create_app puts its parts together."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from storefront.config.settings import Settings
    from storefront.ports.registry import Providers


def create_app(settings: "Settings | None" = None, providers: "Providers | None" = None) -> "Flask":
    """Both arguments exist for tests: other settings, other providers."""
    from storefront.app import factory  # not before: a client of a shop needs none of its parts

    return factory.make(settings, providers)
