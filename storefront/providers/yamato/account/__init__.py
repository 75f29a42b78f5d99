"""The shop's contract with Yamato, and whether the connection works."""
