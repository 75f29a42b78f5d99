"""The first sign-in: choosing a second factor."""
