"""Programs for those who work on the shop; it needs none of them."""
