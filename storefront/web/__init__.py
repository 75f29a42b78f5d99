"""What every page of the shop shares."""
