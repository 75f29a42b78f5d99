"""The shop's payment methods."""
