"""Placed orders, their snapshot and what happened to them."""
