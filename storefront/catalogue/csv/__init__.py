"""Products as a table of CSV, on the way out and in."""
