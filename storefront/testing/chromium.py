"""Which Chromium is used, and how it is started."""

from storefront.gallery.chromium import ON_PATH, arguments, found

__all__ = ["ON_PATH", "arguments", "found"]
