"""Signing in and out, and showing once more who one is."""
