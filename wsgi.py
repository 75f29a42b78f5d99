"""The shop's app for a server that is started in this folder, as wsgi:app."""

from storefront.wsgi import app

__all__ = ["app"]
