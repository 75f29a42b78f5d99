"""Who else looks after the shop."""
