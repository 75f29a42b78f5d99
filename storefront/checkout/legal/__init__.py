"""What the law wants a shop to say before it may open."""
