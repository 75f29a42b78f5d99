"""A visitor's page in a browser; needs Playwright."""

from storefront.gallery.browser import show

__all__ = ["show"]
