"""How fast and how light the shop is: figures beside their budgets, from one run."""
