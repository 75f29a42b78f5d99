"""The owner's own words in mails and texts."""
