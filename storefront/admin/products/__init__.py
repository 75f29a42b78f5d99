"""The owner's products: one by one, by category, and as a table of CSV."""
