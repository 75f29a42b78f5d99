"""Proving that a mobile phone is the shopper's: codes, guesses and their limits."""
