"""The test shop's Yamato: the simulator's numbers, and the notices it sends."""
