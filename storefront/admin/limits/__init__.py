"""How many texts the shop may send, and what they cost."""
