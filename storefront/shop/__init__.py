"""The shop's profile and legal texts."""
