"""The shopper's phone and mailbox, as the test shop has them."""
