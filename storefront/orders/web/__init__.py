"""The shopper's pages of a placed order."""
