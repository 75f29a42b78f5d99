"""The e-mails about an order."""
