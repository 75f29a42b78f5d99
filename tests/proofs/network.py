"""Requests over the network, with the client that the other tests use."""

from storefront.testing.network import BROKEN_LINE, PATIENCE, client_of

__all__ = ["BROKEN_LINE", "PATIENCE", "client_of"]
