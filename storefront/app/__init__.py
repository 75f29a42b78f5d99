"""The running shop: its parts wired together, its processes and its commands."""
