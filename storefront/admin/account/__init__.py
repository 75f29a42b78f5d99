"""What a person may change about their own way in."""
