"""Who sells, on which terms, and whether the shop is open."""
