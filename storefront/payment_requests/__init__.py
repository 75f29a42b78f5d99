"""After delivery: asking for the payment, and the page where it is made."""
