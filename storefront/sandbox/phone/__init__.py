"""The sandbox's phone and mailbox: what shoppers receive."""
