"""How an order can be paid."""
