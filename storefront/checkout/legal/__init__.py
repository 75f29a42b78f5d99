"""What the law wants said: by a shop before it opens, and of an order, which remembers it."""
