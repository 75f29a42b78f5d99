"""One product: read, changed, taken out."""
