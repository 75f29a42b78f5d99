"""What the shopper means to buy, priced from the catalogue every time."""
