"""The test shop's Yamato: its simulator's numbers, and the notices it sends."""
