"""The checkout's pages."""
