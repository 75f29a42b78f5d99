"""Questions about many orders at once."""
