"""Orders of the test shop: made on demand, and what happens to them outside."""
