"""Who proves the shopper's phone or credit, and what is asked of it."""
