"""The outside parties' adapters; only app and sandbox name them."""
