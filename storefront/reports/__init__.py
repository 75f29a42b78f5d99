"""Figures over all orders, for the owner."""
