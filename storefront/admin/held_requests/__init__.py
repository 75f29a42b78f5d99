"""What was pressed and not done yet, shown again with one button to do it."""
