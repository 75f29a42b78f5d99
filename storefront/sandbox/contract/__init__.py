"""What programs of others may rely on, as one document: made from the code that the shop uses."""
