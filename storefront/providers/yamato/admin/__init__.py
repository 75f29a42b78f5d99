"""Connecting the shop to Yamato: contract, screenings, trying it out."""
