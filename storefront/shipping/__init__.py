"""How parcels reach the shopper: where to, when, and what it costs."""
