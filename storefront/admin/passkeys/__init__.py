"""Signing in with a passkey, and keeping new ones."""
