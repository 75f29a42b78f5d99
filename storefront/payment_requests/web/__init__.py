"""The page on which a shopper pays an order afterwards."""
