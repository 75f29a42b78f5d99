"""Orders for tests: made on demand, and events from outside that happen to them."""
