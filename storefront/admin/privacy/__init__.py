"""How long personal data are kept, and erasing what is known of one person."""
