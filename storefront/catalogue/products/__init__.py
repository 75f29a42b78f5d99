"""One product: reading, validating, saving it."""
