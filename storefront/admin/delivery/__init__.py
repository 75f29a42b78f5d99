"""Delivery methods, what they cost, and when the shop rests."""
