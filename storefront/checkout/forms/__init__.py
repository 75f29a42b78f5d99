"""The checkout's forms."""
