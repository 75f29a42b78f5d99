"""Every screen of the shop in every state it can be in, as a visitor meets it."""
