"""Yamato's messages on the wire: what is sent, what is answered, and each error code."""
