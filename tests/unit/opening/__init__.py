"""A shop of one's own, from an empty folder to real orders, over the network."""
